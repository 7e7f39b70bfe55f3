import type { KubernetesObject } from '../inspect/types.js';

/** What others refer to comes first. Kinds that are not named stand between the two lists. */
const FIRST = [
  'Namespace',
  'PriorityClass',
  'ResourceQuota',
  'LimitRange',
  'ServiceAccount',
  'Role',
  'RoleBinding',
  'NetworkPolicy',
  'ExternalSecret',
  'ConfigMap',
  'PersistentVolumeClaim',
  'Service',
];
const LAST = [
  'PodDisruptionBudget',
  'Job',
  'Deployment',
  'StatefulSet',
  'LeaderWorkerSet',
  'ScaledObject',
  'PodMonitor',
  'PrometheusRule',
  'Certificate',
  'Gateway',
  'HTTPRoute',
  'Ingress',
];

/** The objects in the order in which to apply them; of one kind by name. */
export function inApplyOrder(objects: readonly KubernetesObject[]): KubernetesObject[] {
  return [...objects].sort(
    (a, b) =>
      rank(a.kind) - rank(b.kind) || compare(a.kind, b.kind) || compare(a.metadata.name, b.metadata.name),
  );
}

function rank(kind: string): number {
  if (FIRST.includes(kind)) return FIRST.indexOf(kind);
  return FIRST.length + 1 + LAST.indexOf(kind);
}

/** By code unit: the order must not depend on the locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
