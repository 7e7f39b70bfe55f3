import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDist } from './dist.js';
import { KUBERNETES_VERSIONS } from './kubernetes-schemas.js';
import { kustomizationProblems } from './kustomization.js';
import { schemaProblems } from './validate.js';

const environments = readDist();

describe.each(environments)('$name', ({ name, objects, kustomization }) => {
  it.each(KUBERNETES_VERSIONS)('is accepted by the strict schemas of Kubernetes %s', (version) => {
    expect(objects.length).toBeGreaterThan(0);
    expect(objects.flatMap((object) => schemaProblems(version, object))).toEqual([]);
  });

  it('lists every manifest in its kustomization, and nothing else', () => {
    expect(kustomizationProblems(kustomization)).toEqual([]);
    const folder = join(import.meta.dirname, '../../dist', name);
    const files = readdirSync(folder).filter(
      (file) => file.endsWith('.yaml') && file !== 'kustomization.yaml',
    );
    expect([...(kustomization as { resources: string[] }).resources].sort()).toEqual(files.sort());
  });
});
