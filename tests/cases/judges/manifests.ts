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

export const manifestJudges: Judges = {
  'manifests-driver-path-only-where-needed': {
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
