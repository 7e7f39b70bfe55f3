import type { DisruptionBudget } from '../../inspect/disruption-budget.js';
import type { Inspected } from '../../inspect/inspected.js';
import type { Workload } from '../../inspect/workload.js';
import { error, type ManifestCheck, warning } from './manifest-check.js';

/** Fewest pods of a workload in normal operation. */
export function fewestPods({ scalers }: Inspected, workload: Workload): number {
  const own = scalers
    .filter((scaler) => scaler.workloads.includes(workload))
    .map((scaler) => scaler.minReplicas);
  return Math.max(...own, workload.replicas ?? 1);
}

/** Whether a budget allows no eviction at all while every one of `pods` is healthy. Percentages round up. */
function allowsNone({ minAvailable, maxUnavailable }: DisruptionBudget, pods: number): boolean {
  const absolute = (bound: string | number) =>
    typeof bound === 'number' ? bound : Math.ceil((Number.parseFloat(bound) / 100) * pods);
  if (maxUnavailable !== undefined) return absolute(maxUnavailable) === 0;
  return minAvailable !== undefined && absolute(minAvailable) >= pods;
}

export const disruptionChecks: readonly ManifestCheck[] = [
  {
    id: 'availability/drain',
    title: 'a node can be drained',
    why: 'A budget that allows no eviction stops every drain until its timeout, and with it upgrades and autoscaling of nodes.',
    source: 'Kubernetes docs, disruptions; seen with kube-apiserver 1.36.3',
    inputs: ['budgets', 'scalers'],
    run: (inspected) =>
      inspected.budgets.flatMap((budget) =>
        budget.workloads
          .filter(({ role }) => role !== 'worker')
          .filter((workload) => allowsNone(budget, fewestPods(inspected, workload)))
          .map((workload) =>
            error(
              budget.subject,
              `no pod of ${workload.subject} may ever be evicted (${fewestPods(inspected, workload)} at the least)`,
              'set maxUnavailable: 1',
            ),
          ),
      ),
  },
  {
    id: 'availability/one-budget',
    title: 'a pod has one disruption budget',
    why: 'The eviction API refuses a pod that two budgets name: the drain never ends.',
    source: 'Kubernetes docs, specifying a disruption budget',
    inputs: ['budgets', 'workloads'],
    run: ({ budgets, workloads }) =>
      workloads
        .map(({ subject, ...workload }) => ({
          subject,
          own: budgets.filter((budget) =>
            budget.workloads.some(
              (each) => each.subject === subject && each.namespace === workload.namespace,
            ),
          ),
        }))
        .filter(({ own }) => own.length > 1)
        .map(({ subject, own }) =>
          error(
            subject,
            `${own.map((budget) => budget.subject).join(' and ')} name the same pods`,
            'keep one of them',
          ),
        ),
  },
  {
    id: 'availability/budget-target',
    title: 'a disruption budget protects pods that exist',
    why: 'A budget whose selector matches nothing protects nothing, without a word.',
    source: 'Kubernetes docs, specifying a disruption budget',
    inputs: ['budgets'],
    run: ({ budgets }) =>
      budgets
        .filter(({ workloads }) => workloads.length === 0)
        .map(({ subject }) =>
          error(
            subject,
            'no pod of these manifests has the labels of its selector',
            'make the selector equal to the pod labels',
          ),
        ),
  },
  {
    id: 'availability/broken-pods',
    title: 'pods that never became ready do not block a drain',
    why: 'By default a budget also guards pods that are not ready: one that cannot load keeps its node for ever.',
    source: 'Kubernetes docs, unhealthyPodEvictionPolicy (stable since 1.31)',
    inputs: ['budgets'],
    run: ({ budgets }) =>
      budgets
        .filter(({ unhealthyPodEvictionPolicy }) => unhealthyPodEvictionPolicy !== 'AlwaysAllow')
        .map(({ subject }) =>
          warning(
            subject,
            'pods that are not ready cannot be evicted',
            'set unhealthyPodEvictionPolicy: AlwaysAllow',
          ),
        ),
  },
];
