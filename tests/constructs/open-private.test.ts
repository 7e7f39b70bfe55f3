import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EngineTable } from '../../src/catalog/engine.js';
import { manifestChecks } from '../../src/checks/manifest/all.js';
import { runChecks } from '../../src/checks/run.js';
import { inspect } from '../../src/inspect/inspect.js';
import type { Plan } from '../../src/plan/plan.js';
import type { Manifest } from './objects.js';
import { objectsOf, podTemplates } from './objects.js';
import * as fixture from './plan-fixture.js';

const { planFixture } = fixture;
const table = join(import.meta.dirname, '../../profiles/engines/vllm-0.32.0.json');
const engine = EngineTable.parse(JSON.parse(readFileSync(table, 'utf8')));
const plans: { readonly name: string; readonly plan: Plan }[] = [
  { name: 'single GPU', plan: planFixture() },
  { name: 'eight GPUs', plan: planFixture(fixture.eightGpus()) },
  { name: 'node-bound', plan: planFixture(fixture.nodeBound()) },
  { name: 'gated', plan: planFixture(fixture.gated()) },
  { name: 'mirrored', plan: planFixture(fixture.mirrored('https://mirror.example.cn')) },
  {
    name: 'by gateway, with keys',
    plan: planFixture(fixture.withKeys(), { exposure: fixture.byGateway, secrets: fixture.storedSecrets }),
  },
  { name: 'by ingress, with keys', plan: planFixture(fixture.withKeys(), { exposure: fixture.byIngress }) },
  { name: 'without capabilities', plan: planFixture(fixture.withoutCapabilities()) },
];

const gpusOf = (objects: readonly Manifest[]): number =>
  podTemplates(objects)
    .flatMap(({ spec }) => [...(spec.initContainers ?? []), ...spec.containers])
    .reduce((sum, container) => sum + (container.resources.limits['nvidia.com/gpu'] ?? 0), 0);

describe.each(plans)('open-private, $name', ({ plan }) => {
  const objects = objectsOf(plan);

  it('asks for as many GPUs as the plan says', () => {
    expect(gpusOf(objects)).toBe(plan.servers[0]?.accelerator.count);
  });

  it('puts every object but the namespace into the namespace', () => {
    const outside = objects.filter(
      ({ kind, metadata }) => kind !== 'Namespace' && metadata.namespace !== plan.namespace,
    );
    expect(outside).toEqual([]);
  });

  it('names every object once', () => {
    const names = objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it('names objects shortly, by what they are', () => {
    for (const { metadata } of objects) expect(metadata.name).toMatch(/^[a-z][a-z0-9-]{1,40}$/);
  });

  it('labels every object as its own', () => {
    for (const { metadata } of objects) expect(metadata.labels['app.kubernetes.io/managed-by']).toBe('berth');
  });

  it('runs every container restricted', () => {
    for (const { spec } of podTemplates(objects)) {
      expect(spec.securityContext).toMatchObject({
        runAsNonRoot: true,
        runAsUser: 2000,
        runAsGroup: 0,
        fsGroup: 0,
        fsGroupChangePolicy: 'OnRootMismatch',
        seccompProfile: { type: 'RuntimeDefault' },
      });
      for (const container of [...(spec.initContainers ?? []), ...spec.containers]) {
        expect(container.securityContext.allowPrivilegeEscalation).toBe(false);
        expect(container.securityContext.capabilities).toEqual({ drop: ['ALL'] });
      }
    }
  });

  it('gives no pod a token of the Kubernetes API, or the environment of Services', () => {
    for (const { spec } of podTemplates(objects)) {
      expect([spec.automountServiceAccountToken, spec.enableServiceLinks]).toEqual([false, false]);
    }
  });

  it('runs every pod as an account that it makes', () => {
    const accounts = objects
      .filter(({ kind }) => kind === 'ServiceAccount')
      .map(({ metadata }) => metadata.name);
    for (const { spec } of podTemplates(objects)) expect(accounts).toContain(spec.serviceAccountName);
  });

  it('uses one image, by exact tag', () => {
    const images = podTemplates(objects).flatMap(({ spec }) =>
      [...(spec.initContainers ?? []), ...spec.containers].map(({ image }) => image),
    );
    expect(new Set(images)).toEqual(new Set(['vllm/vllm-openai:v0.32.0']));
  });

  it('is found without fault by every check that reads manifests', () => {
    const findings = runChecks(
      manifestChecks,
      inspect(objects, () => engine),
    );
    expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it('is the same twice', () => {
    expect(objectsOf(plan)).toEqual(objects);
  });
});
