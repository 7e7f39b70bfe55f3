import { listAt } from '../../inspect/field.js';
import type { Inspected, Server } from '../../inspect/inspected.js';
import { fewestPods } from './disruption.js';
import { type ManifestCheck, warning } from './manifest-check.js';

/** Servers of which several replicas always run; the workers of a group live and die with their leader. */
function repeated(inspected: Inspected): readonly Server[] {
  return inspected.servers.filter(
    ({ workload }) => workload.role !== 'worker' && fewestPods(inspected, workload) > 1,
  );
}

export const availabilityChecks: readonly ManifestCheck[] = [
  {
    id: 'availability/budget',
    title: 'several replicas have a disruption budget',
    why: 'A drain may evict all of them at once, and each needs minutes to load again.',
    source: 'Kubernetes docs, disruptions',
    inputs: ['servers', 'scalers', 'budgets'],
    run: (inspected) =>
      repeated(inspected)
        .filter(({ workload }) => !inspected.budgets.some(({ workloads }) => workloads.includes(workload)))
        .map(({ workload }) =>
          warning(
            workload.subject,
            'no disruption budget keeps some of its replicas during a drain',
            'add a PodDisruptionBudget with maxUnavailable: 1',
          ),
        ),
  },
  {
    id: 'availability/spread',
    title: 'several replicas do not lie on one node',
    why: 'The scheduler packs accelerators: one lost node would be a lost service.',
    source: 'Kubernetes docs, topology spread constraints',
    inputs: ['servers', 'scalers'],
    run: (inspected) =>
      repeated(inspected)
        .filter(({ workload: { pod } }) => {
          const apart = ['preferred', 'required'].flatMap((how) =>
            listAt(pod.spec, 'affinity', 'podAntiAffinity', `${how}DuringSchedulingIgnoredDuringExecution`),
          );
          return apart.length + listAt(pod.spec, 'topologySpreadConstraints').length === 0;
        })
        .map(({ workload }) =>
          warning(
            workload.subject,
            'nothing spreads its replicas over nodes',
            'add a topologySpreadConstraint on kubernetes.io/hostname with whenUnsatisfiable: ScheduleAnyway',
          ),
        ),
  },
];
