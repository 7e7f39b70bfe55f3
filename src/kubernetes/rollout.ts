import type { IDeploymentSpec } from 'kubernetes-models/apps/v1';

/**
 * How pods that hold accelerators are replaced. A surge pod would wait for what only the pod it replaces can give back;
 * `recreate` is for pods that cannot share a volume.
 */
export function withoutSurge(recreate: boolean) {
  return (
    recreate
      ? { type: 'Recreate' as const }
      : { type: 'RollingUpdate' as const, rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }
  ) satisfies IDeploymentSpec['strategy'];
}
