import type { IPodSpec } from 'kubernetes-models/v1';

/** Pods on different nodes where that can be had. `DoNotSchedule` would block a rollout without surge on few nodes. */
export function spreadOverNodes(selector: Readonly<Record<string, string>>) {
  return [
    {
      maxSkew: 1,
      topologyKey: 'kubernetes.io/hostname',
      whenUnsatisfiable: 'ScheduleAnyway' as const,
      labelSelector: { matchLabels: { ...selector } },
    },
  ] satisfies IPodSpec['topologySpreadConstraints'];
}
