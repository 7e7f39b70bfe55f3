import { DEFAULT_PROMETHEUS_NAMESPACE } from '../selection/defaults.js';
import type { ResolvedSelection } from '../selection/resolved.js';
import type { ExposurePlan, NetworkPlan } from './plan.js';

/** Who may reach the server, each with its reason. Everything else is denied, both ways. */
export function networkPlan(
  resolved: ResolvedSelection,
  exposure: ExposurePlan | null,
  scraped: boolean,
): NetworkPlan {
  const { cluster, expose } = resolved;
  const prometheus = cluster.prometheus?.namespace ?? DEFAULT_PROMETHEUS_NAMESPACE;
  const entry = exposure && entryNamespace(resolved, exposure);
  return {
    enforced: cluster.capabilities?.includes('network-policy') ?? null,
    ingress: [
      { name: 'from-namespace', why: 'pods of this namespace call the model', from: 'same-namespace' },
      ...(expose.allowFrom ?? []).map((namespace) => ({
        // Longer than the other names, so that no namespace of the user's can be called like one of them.
        name: `from-namespace-${namespace}`,
        why: `expose.allowFrom names ${namespace}`,
        from: { namespace },
      })),
      ...(entry
        ? [
            {
              name: `from-entry`,
              why: `${exposure.via} in ${entry} forwards ${exposure.host}`,
              from: { namespace: entry },
            },
          ]
        : []),
      ...(scraped
        ? [
            {
              name: 'from-prometheus',
              why: `Prometheus in ${prometheus} scrapes /metrics`,
              from: { namespace: prometheus },
            },
          ]
        : []),
    ],
    downloadEgress: true,
  };
}

/** Namespace of the pods that forward requests; null where the selection does not say. */
export function entryNamespace({ cluster }: ResolvedSelection, exposure: ExposurePlan): string | null {
  if (exposure.via === 'ingress') return cluster.ingress?.namespace ?? null;
  return cluster.gateway?.namespace ?? null;
}
