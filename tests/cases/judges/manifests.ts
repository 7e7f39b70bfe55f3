import { expect } from 'vitest';

import { restrictedViolations } from '../../../src/checks/manifest/restricted.js';
import type { Container } from '../../../src/inspect/container.js';
import { mapMatches } from '../../../src/inspect/selector.js';
import type { Workload } from '../../../src/inspect/workload.js';
import type { Judges } from '../judge.js';

interface SecurityContext {
  readonly runAsNonRoot?: boolean;
  readonly seccompProfile?: { readonly type?: string };
  readonly allowPrivilegeEscalation?: boolean;
  readonly capabilities?: { readonly drop?: readonly string[] };
}

/** What of the four fields does not hold, at the container or at its pod. */
function openFields({ pod, subject }: Workload, container: Container): string[] {
  const own = container.securityContext as SecurityContext;
  const ofPod = (pod.spec.securityContext ?? {}) as SecurityContext;
  const seccomp = (own.seccompProfile ?? ofPod.seccompProfile)?.type ?? '';
  const holds = {
    runAsNonRoot: (own.runAsNonRoot ?? ofPod.runAsNonRoot) === true,
    seccompProfile: ['RuntimeDefault', 'Localhost'].includes(seccomp),
    allowPrivilegeEscalation: own.allowPrivilegeEscalation === false,
    capabilities: own.capabilities?.drop?.includes('ALL') === true,
  };
  return Object.entries(holds)
    .filter(([, good]) => !good)
    .map(([field]) => `${subject} ${container.name} ${field}`);
}

/** What a vendor states of a container that stands on no CUDA image. */
const LICENSED = {
  vendor: 'a vendor',
  image: `registry.example/licensed/model:1.0.0@sha256:${'a'.repeat(64)}`,
  servedModelName: 'model',
  wire: 'openai-chat',
  port: 8080,
  gpu: { resource: 'nvidia.com/gpu', count: 1 },
  resources: { cpus: 8, memoryGib: 32, ephemeralStorageGib: 20 },
  user: { uid: 1000, gid: 1000 },
  licence: { kind: 'contract-only' },
  probes: 'vendor-does-not-document',
  metrics: 'vendor-does-not-document',
  startupSeconds: 600,
  egressHosts: [],
  cudaBaseImage: false,
};

export const manifestJudges: Judges = {
  'manifests-driver-path-only-where-needed': {
    licensed: async (trial) => {
      const served = { model: undefined, profile: undefined, engine: undefined };
      const change = { ...served, scheme: 'closed-private', container: LICENSED };
      const paths = async (environment: string) =>
        (await trial.one(change, environment)).inspected.workloads
          .flatMap(({ pod }) => pod.containers)
          .flatMap(({ env }) => env)
          .filter(({ name }) => name === 'LD_LIBRARY_PATH')
          .map(({ value }) => value);
      expect(await paths('gke')).toEqual([expect.stringContaining('/usr/local/nvidia/lib64')]);
      expect(await paths('onprem')).toEqual([]);
    },
    engine: async (trial) => {
      for (const environment of ['gke', 'onprem']) {
        const { inspected } = await trial.one({}, environment);
        const containers = inspected.workloads.flatMap(({ pod }) => [
          ...pod.containers,
          ...pod.initContainers,
        ]);
        expect(containers.length).toBeGreaterThan(1);
        expect(containers.flatMap(({ env }) => env).filter(({ name }) => name === 'LD_LIBRARY_PATH')).toEqual(
          [],
        );
      }
    },
  },
  'manifests-lws-disruption-budget-in-groups': {
    once: async (trial) => {
      const { ofKind, inspected } = await trial.one({ 'sizing.replicas': { min: 4, max: 4 } });
      const selectors = ofKind('PodDisruptionBudget').map(
        ({ spec }) => (spec as { selector: { matchLabels: Record<string, string> } }).selector.matchLabels,
      );
      for (const { pod } of inspected.workloads)
        expect(selectors.filter((labels) => mapMatches(labels, pod.labels)).length).toBeLessThanOrEqual(1);
    },
  },
  'manifests-restricted-also-for-jobs': {
    fields: async (trial) => {
      const { inspected } = await trial.one();
      const { workloads } = inspected;
      expect(workloads.map(({ kind }) => kind).sort()).toEqual(['Deployment', 'Job']);
      const open = workloads.flatMap((workload) =>
        [...workload.pod.containers, ...workload.pod.initContainers].flatMap((one) =>
          openFields(workload, one),
        ),
      );
      expect(open).toEqual([]);
    },
    profile: async (trial) => {
      const { inspected, ofKind } = await trial.one();
      expect(ofKind('Namespace')[0]?.metadata).toMatchObject({
        labels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
      });
      expect(inspected.workloads.flatMap(({ pod }) => restrictedViolations(pod))).toEqual([]);
    },
  },
};
