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

/** How pods without accelerators are replaced: the next one answers before one goes, which may still stream for its grace. */
export function surgeFirst(replicas: number, terminationGraceSeconds: number) {
  return {
    replicas,
    revisionHistoryLimit: 3,
    minReadySeconds: 5,
    progressDeadlineSeconds: terminationGraceSeconds + 300,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
  } satisfies Partial<IDeploymentSpec>;
}
