import { textAt, valueAt } from './field.js';
import { selectorMatches } from './selector.js';
import type { KubernetesObject } from './types.js';
import { namespaceOf, subjectOf, type Workload } from './workload.js';

export interface DisruptionBudget {
  readonly subject: string;
  readonly namespace: string;
  readonly minAvailable?: string | number;
  readonly maxUnavailable?: string | number;
  readonly unhealthyPodEvictionPolicy?: string;
  /** Workloads whose pods it protects. */
  readonly workloads: readonly Workload[];
}

export function readDisruptionBudget(
  object: KubernetesObject,
  workloads: readonly Workload[],
): readonly DisruptionBudget[] {
  if (object.kind !== 'PodDisruptionBudget') return [];
  const namespace = namespaceOf(object);
  const bound = (key: string) => {
    const value = valueAt(object, 'spec', key);
    return typeof value === 'string' || typeof value === 'number' ? value : undefined;
  };
  const selector = valueAt(object, 'spec', 'selector');
  return [
    {
      subject: subjectOf(object),
      namespace,
      minAvailable: bound('minAvailable'),
      maxUnavailable: bound('maxUnavailable'),
      unhealthyPodEvictionPolicy: textAt(object, 'spec', 'unhealthyPodEvictionPolicy'),
      workloads: workloads.filter(
        (each) => each.namespace === namespace && selectorMatches(selector, each.pod.labels),
      ),
    },
  ];
}
