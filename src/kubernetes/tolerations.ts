import type { IToleration } from 'kubernetes-models/v1';

/** Lets a pod onto nodes that are kept for accelerators, whatever value their taint carries. */
export function tolerations(keys: readonly string[]) {
  return keys.map((key) => ({ key, operator: 'Exists', effect: 'NoSchedule' }) satisfies IToleration);
}
