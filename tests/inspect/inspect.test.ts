import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { manifestChecks } from '../../src/checks/manifest/all.js';
import { runChecks } from '../../src/checks/run.js';
import { inspect } from '../../src/inspect/inspect.js';
import type { KubernetesObject } from '../../src/inspect/types.js';
import { base } from '../checks/manifest/base.js';
import { baseGroup } from '../checks/manifest/base-group.js';
import { engines } from '../checks/manifest/engines.js';

const read = (objects: readonly KubernetesObject[]) => inspect(objects, engines);

describe('a set of manifests', () => {
  const { servers, services, budgets, scalers, monitors, claims, queries, secretReferences } = read(base());
  const [server] = servers;

  it('tells which servers it starts', () => {
    expect(servers).toHaveLength(1);
    expect(server?.engine).toMatchObject({
      version: '0.32.0',
      entry: 'image',
      model: '/models/qwen3-32b',
      servedModelNames: ['qwen3-32b'],
      port: 8000,
      tensorParallelSize: 2,
      headless: false,
      cpuBuild: false,
    });
    expect(server?.workload.pod.gpus).toBe(2);
    expect(server?.maxReplicas).toBe(4);
    expect(server?.container.probes.startup?.budgetSeconds).toBe(900);
    expect(server?.container.preStopSeconds).toBe(15);
  });

  it('tells what belongs to them', () => {
    const subject = 'Deployment/server';
    for (const each of [services, budgets, scalers, monitors]) {
      expect(each.map(({ workloads }) => workloads.map((workload) => workload.subject))).toEqual([[subject]]);
    }
    expect(claims.map(({ workloads }) => workloads.map((workload) => workload.kind))).toEqual([
      ['Job', 'Deployment'],
    ]);
    expect(queries.map(({ from }) => from)).toEqual([
      'record',
      'alert',
      'alert',
      'alert',
      'alert',
      'scaler',
      'scaler',
    ]);
    expect(secretReferences.map(({ name, key, how }) => [name, key, how])).toEqual([
      ['client-keys', 'key', 'env'],
      ['server-tls', undefined, 'tls'],
    ]);
  });

  it('tells leader and workers of a group apart', () => {
    const group = read(baseGroup());
    expect(
      group.servers.map(({ workload, engine }) => [workload.role, engine.headless, engine.nodes]),
    ).toEqual([
      ['leader', false, 2],
      ['worker', true, 2],
    ]);
    expect(group.services.find(({ name }) => name === 'server')?.workloads.map(({ role }) => role)).toEqual([
      'leader',
    ]);
  });

  it('may be a List', () => {
    const list = { apiVersion: 'v1', kind: 'List', metadata: { name: '' }, items: base() };
    expect(read([list]).servers).toHaveLength(1);
  });
});

describe('manifests that anybody wrote', () => {
  it('never break the reader or a check, whatever stands in a field', () => {
    const seed = Date.now() % 2 ** 31;
    console.log(`seed ${seed}`);
    const sets = [base(), baseGroup()];
    const wreck = fc.record({
      set: fc.nat(1),
      object: fc.nat(),
      path: fc.array(fc.nat(), { maxLength: 12 }),
      value: fc.jsonValue(),
    });
    fc.assert(
      fc.property(wreck, ({ set, object, path, value }) => {
        const objects = structuredClone(sets[set] ?? []);
        replace(objects[object % objects.length] as object, path, value);
        for (const finding of runChecks(manifestChecks, read(objects)))
          expect(finding.message).not.toContain('undefined');
      }),
      { seed, numRuns: 200 },
    );
  });
});

/** Puts a value somewhere below an object: each number picks the next key. Kind and name stay, as every loader demands them. */
function replace(target: object, path: readonly number[], value: unknown): void {
  let at = target as Record<string, unknown>;
  for (const [depth, pick] of path.entries()) {
    const keys = Object.keys(at).filter(
      (key) => depth > 0 || !['apiVersion', 'kind', 'metadata'].includes(key),
    );
    const key = keys[pick % keys.length];
    if (key === undefined) return;
    const next = at[key];
    if (depth === path.length - 1 || typeof next !== 'object' || next === null) {
      at[key] = value;
      return;
    }
    at = next as Record<string, unknown>;
  }
}
