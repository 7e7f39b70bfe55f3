import { describe, expect, test } from 'vitest';
import { openCatalog } from '../../src/catalog/catalog.js';
import { plansOf } from '../../src/plan/plan.js';
import { templates } from '../../templates/registry.js';
import { customValidator } from '../schemas/custom-schemas.js';
import { exampleProject } from '../templates/example.js';
import { answers } from './answers.js';

const catalog = openCatalog(process.cwd());
const kinds = catalog.ids('clusters');
const synth = exampleProject(templates);

function selection(cluster: Record<string, unknown>) {
  return {
    version: 1,
    name: 'chat',
    scheme: 'open-cloud',
    hosting: 'cluster',
    model: 'qwen3-8b',
    profile: 'small',
    environments: { production: { cluster } },
  };
}

test('there is an answer for each kind of cluster, and for no other', () => {
  expect(Object.keys(answers).sort()).toEqual([...kinds].sort());
});

describe.each(kinds)('%s', (kind) => {
  const { accelerator, ...said } = answers[kind] ?? { accelerator: '' };

  test('says what it must be asked where nobody answered, and never writes half of it', () => {
    const { problems, environments } = synth(selection({ kind, accelerator, gpusPerNode: 8, nodes: 2 }));
    const found = environments[0]?.plan.findings ?? [];
    const asked = [...problems.map(({ id, fix }) => `${id} ${fix}`), ...found.map(({ key }) => key)];
    expect(asked.filter((one) => one !== undefined)).not.toEqual([]);
    for (const problem of problems) expect(problem.fix ?? '', problem.message).not.toBe('');
  });

  test('comes out whole once it is answered', () => {
    const { problems, environments } = synth(
      selection({ kind, accelerator, gpusPerNode: 8, nodes: 2, capabilities: ['network-policy'], ...said }),
    );
    expect(problems.map(({ id, message }) => `${id} ${message}`)).toEqual([]);
    const [environment] = environments;
    if (environment === undefined) throw new Error('one environment was expected');
    const [server] = plansOf(environment.plan).flatMap(({ servers }) => servers);
    const deployment = environment.objects.find(({ kind: one }) => one === 'Deployment');
    const text = JSON.stringify(deployment);
    expect(server?.platform.kind).toBe(kind);
    expect(text).toContain(`"${server?.accelerator.resource}":${server?.accelerator.count}`);
    for (const key of server?.accelerator.tolerationKeys ?? []) expect(text).toContain(`"key":"${key}"`);
    // Nodes that come with it are those that the pod asks for.
    expect(server?.pool === null).toBe(!('pool' in said));
    const own = environment.objects.find(({ kind: one }) => one === 'NodePool' || one === 'ComputeClass');
    expect(own?.metadata.name).toBe(server?.pool?.name);
    if (own?.kind === 'ComputeClass') expect(text).toContain(`"values":["${own.metadata.name}"]`);
    for (const value of server?.accelerator.nodeLabel?.values ?? []) expect(text).toContain(`"${value}"`);
    // What is open is open in PLAN.md too: nothing of it is asked a second time as a blocking problem.
    for (const object of environment.objects) {
      const validate = customValidator(`${object.apiVersion}/${object.kind}`);
      if (validate) expect(validate(object), JSON.stringify(validate.errors)).toBe(true);
    }
  });
});
