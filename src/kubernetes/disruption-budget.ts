import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';

interface Metadata {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Record<string, string>;
}

/** Lets a drain take one pod after the other. `minAvailable: 1` would block every drain where there is one replica. */
export function disruptionBudget(metadata: Metadata, selector: Record<string, string>) {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata,
    spec: {
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: selector },
    },
  } satisfies IPodDisruptionBudget;
}
