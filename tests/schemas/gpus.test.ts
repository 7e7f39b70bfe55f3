import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../src/inspect/types.js';
import { type Plan, plansOf } from '../../src/plan/plan.js';
import { readDist } from './dist.js';

const environments = readDist();

interface Container {
  readonly args?: readonly string[];
  readonly resources?: {
    readonly limits?: Record<string, string | number>;
    readonly requests?: Record<string, string | number>;
  };
}
interface Spec {
  readonly replicas?: number;
  readonly minReplicaCount?: number;
  readonly maxReplicaCount?: number;
  readonly template: {
    readonly spec: {
      /** Absent where the template is one of nodes. */
      readonly containers?: readonly Container[];
      readonly initContainers?: readonly Container[];
    };
  };
}

const specOf = (object: KubernetesObject | undefined) => object?.spec as Spec | undefined;

/** Extended resources, whatever their name: everything with a domain. Counted from the manifest alone. */
function devices(containers: readonly Container[], which: 'limits' | 'requests'): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { resources } of containers) {
    for (const [name, count] of Object.entries(resources?.[which] ?? {})) {
      if (name.includes('/')) sums[name] = (sums[name] ?? 0) + Number(count);
    }
  }
  return sums;
}

describe.each(environments)('$name', ({ objects, plan }) => {
  const plans = plansOf(plan as Plan);
  const servers = plans.flatMap((part) => part.servers);
  const licensed = plans.flatMap((part) => part.licensed ?? []);

  it.each(licensed)('$name of $vendor has as many as in the plan', ({ name, accelerator, replicas }) => {
    const wanted = { [accelerator.resource]: accelerator.count };
    const own = objects.find(
      ({ kind, metadata }) => ['Deployment', 'NIMService'].includes(kind) && metadata.name === name,
    );
    const spec = own?.spec as (Spec & Container) | undefined;
    const containers = spec?.template?.spec.containers ?? [{ resources: spec?.resources }];
    for (const which of ['limits', 'requests'] as const) expect(devices(containers, which)).toEqual(wanted);
    expect(spec?.replicas).toBe(replicas);
  });

  it.each(servers)('$name has as many accelerators in its manifest as in the plan', (server) => {
    const { accelerator, replicas, scaling, sizing } = server;
    const workload = specOf(
      objects.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === server.name),
    );
    const { containers = [], initContainers = [] } = workload?.template.spec ?? {};
    expect(accelerator.count).toBeGreaterThan(0);
    for (const which of ['limits', 'requests'] as const) {
      expect(devices(containers, which)).toEqual({ [accelerator.resource]: accelerator.count });
      expect(devices(initContainers, which)).toEqual({});
    }
    expect(accelerator.count).toBe(sizing.settings.tensorParallelSize * sizing.settings.pipelineParallelSize);

    const scaler = specOf(
      objects.find(({ kind, metadata }) => kind === 'ScaledObject' && metadata.name === server.name),
    );
    if (scaling) {
      expect(workload?.replicas).toBeUndefined();
      expect({ min: scaler?.minReplicaCount, max: scaler?.maxReplicaCount }).toEqual(replicas);
    } else expect(workload?.replicas).toBe(replicas.min);
  });

  it('asks for accelerators in no other workload', () => {
    const names = new Set([...servers, ...licensed].map(({ name }) => name));
    const views = plans.flatMap((part) => part.imageTo3d ?? []);
    const isViews = ({ kind, metadata }: KubernetesObject) =>
      views.length > 0 && ['Deployment', 'Job'].includes(kind) && metadata.name.startsWith('views');
    const cards = objects
      .filter(isViews)
      .map((object) => devices(specOf(object)?.template.spec.containers ?? [], 'limits'));
    expect(cards).toEqual(views.map(({ accelerator }) => ({ [accelerator.resource]: accelerator.count })));
    const others = objects.filter(
      (object) => !isViews(object) && !(object.kind === 'Deployment' && names.has(object.metadata.name)),
    );
    const taken = others.flatMap((object) => {
      const pod = specOf(object)?.template?.spec;
      return pod?.containers
        ? Object.keys(devices([...pod.containers, ...(pod.initContainers ?? [])], 'limits'))
        : [];
    });
    expect(taken).toEqual([]);
  });
});
