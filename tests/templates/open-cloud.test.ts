import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { templates } from '../../templates/registry.js';
import { changed, exampleOf, exampleProject } from './example.js';

const synth = exampleProject(templates);
const home = join(import.meta.dirname, '../../templates');
const gateway = exampleOf(join(home, 'closed-cloud'));
const api = {
  ...gateway,
  scheme: 'open-cloud',
  hosting: 'api',
  model: 'qwen3-8b',
  data: { classification: 'internal', personalInformation: false },
  organization: { country: 'CN' },
};
const problemsOf = (selection: Record<string, unknown>) =>
  synth(selection).problems.map(({ id, message, fix }) => `${id ?? ''} ${message} → ${fix ?? ''}`);

describe('an open model behind an API', () => {
  test('is the gateway of closed-cloud, and no server', () => {
    const { environments, problems } = synth(api);
    expect(problems).toEqual([]);
    const [environment] = environments;
    expect(environment?.plan.servers).toEqual([]);
    expect(environment?.plan.gateways).toHaveLength(1);
    const bare = synth(gateway).environments[0]?.objects.map(
      ({ kind, metadata }) => `${kind}/${metadata.name}`,
    );
    expect(environment?.objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual(bare);
  });

  test('keeps its licence: research weights are refused there too', () => {
    expect(problemsOf({ ...api, model: 'mistral-large-2407' }).join()).toContain('licence/commercial-use');
  });

  test('is the one that the catalogue knows under the id of a route', () => {
    const target = (model: string) => ({
      ...api,
      model: 'deepseek-v3.2',
      providers: { ds: { profile: 'deepseek', key: { secretRef: { name: 'ds', key: 'key' } } } },
      routes: { chat: { targets: [{ provider: 'ds', model }] } },
    });
    expect(synth(target('deepseek-v3.2')).environments[0]?.plan.assumptions.join()).toContain(
      'ds serves deepseek-v3.2 as deepseek-v3.2',
    );
    expect(problemsOf(target('deepseek-r1'))[0]).toContain(
      'ds serves deepseek-r1 as deepseek-r1, and model is',
    );
  });

  test('is refused for sensitive data, at its provider', () => {
    const sensitive = { ...api, data: { classification: 'sensitive', personalInformation: true } };
    const found = problemsOf(sensitive).join('\n');
    expect(found).toMatch(/data\/private-only.*sensitive data would go to ernie, a provider’s API/);
    expect(found).toContain('open-private or closed-private');
  });

  test('needs its model, its accounts, and no accelerator', () => {
    expect(problemsOf(changed(api, ['model'], undefined))[0]).toContain("missing key 'model'");
    expect(problemsOf(changed(api, ['providers'], undefined)).join()).toMatch(/providers/);
    expect(problemsOf({ ...api, profile: 'small' })[0]).toContain('the provider decides');
  });
});

describe('an open model on rented nodes', () => {
  const example = exampleOf(join(home, 'open-cloud'));

  test('needs to know whose they are', () => {
    expect(
      problemsOf(changed(example, ['environments', 'production', 'cluster', 'kind'], undefined))[0],
    ).toContain("missing key 'kind' in cluster");
  });

  test('is refused for sensitive data: nodes of a public cloud are not one’s own', () => {
    expect(problemsOf({ ...example, data: { classification: 'sensitive' } }).join()).toContain(
      'data/private-only',
    );
  });

  test('has no gateway beside it', () => {
    expect(problemsOf({ ...example, routes: gateway.routes })[0]).toContain('belong to hosting: api');
  });
});
