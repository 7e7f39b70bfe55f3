import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findEnvironments } from '../cluster/environments.js';
import type { Json, KubeObject } from '../cluster/kube-object.js';
import { KUBERNETES_VERSIONS, type Version } from '../schemas/kubernetes-schemas.js';
import { writeSchemaFiles } from '../schemas/schema-files.js';
import { goTool } from './install.js';
import { runScanner } from './run-scanner.js';

interface Report {
  readonly resources: readonly { readonly kind: string; readonly status: string; readonly msg: string }[];
  readonly summary: {
    readonly valid: number;
    readonly invalid: number;
    readonly errors: number;
    readonly skipped: number;
  };
}

const environments = findEnvironments();
const documents = environments.flatMap(({ folder }) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml') && name !== 'kustomization.yaml')
    .map((name) => readFileSync(join(folder, name), 'utf8')),
);

describe('kubeconform', () => {
  const schemas = mkdtempSync(join(tmpdir(), 'berth-schemas-'));
  let program: string;

  beforeAll(async () => {
    program = await goTool('kubeconform');
    for (const version of KUBERNETES_VERSIONS) writeSchemaFiles(join(schemas, version), version);
  });
  afterAll(() => rmSync(schemas, { recursive: true, force: true }));

  /** What it says of YAML or JSON on its standard input; it knows no schema but our files. */
  function conform(version: Version, input: string): Report {
    const location = join(schemas, version, '{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json');
    const options = ['-strict', '-summary', '-output', 'json', '-kubernetes-version', `${version}.0`];
    return JSON.parse(runScanner(program, [...options, '-schema-location', location, '-'], input)) as Report;
  }

  it.each(KUBERNETES_VERSIONS)('finds every object of dist/ valid for Kubernetes %s', (version) => {
    const { resources, summary } = conform(version, documents.join('\n---\n'));
    console.log(`kubeconform ${version}: ${summary.valid} valid of ${environments.length} environments`);
    expect(resources).toEqual([]);
    expect(summary).toMatchObject({ invalid: 0, errors: 0, skipped: 0 });
    expect(summary.valid).toBe(environments.flatMap(({ objects }) => objects).length);
  });

  describe.each(KUBERNETES_VERSIONS)('for Kubernetes %s refuses', (version) => {
    const example = (kind: string) => {
      const object = environments.flatMap(({ objects }) => objects).find((each) => each.kind === kind);
      if (!object) throw new Error(`dist/ holds no ${kind}`);
      return structuredClone(object);
    };

    it.each([
      [
        'in a container',
        'Deployment',
        (object: KubeObject): Json => object.spec.template.spec.containers[0],
        'imagePullPolice',
      ],
      ['in a custom object', 'ScaledObject', (object: KubeObject): Json => object.spec, 'minReplicas'],
      [
        'in a trigger of a custom object',
        'ScaledObject',
        (object: KubeObject): Json => object.spec.triggers[0],
        'treshold',
      ],
      [
        'in the metadata of a custom object',
        'PodMonitor',
        (object: KubeObject): Json => object.metadata,
        'label',
      ],
    ])('an unknown field %s', (_, kind, place, field) => {
      const object = example(kind);
      expect(conform(version, JSON.stringify(object)).summary).toMatchObject({ valid: 1, invalid: 0 });
      place(object)[field] = 'IfNotPresent';
      const { resources, summary } = conform(version, JSON.stringify(object));
      expect(summary).toMatchObject({ valid: 0, invalid: 1 });
      expect(resources[0]?.msg).toContain(field);
    });

    it('a kind that has no schema', () => {
      const { summary } = conform(version, JSON.stringify({ ...example('Service'), kind: 'Sevice' }));
      expect(summary).toMatchObject({ valid: 0, errors: 1 });
    });
  });
});
