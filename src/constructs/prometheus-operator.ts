import type {
  IPodMonitor,
  IPrometheusRule,
} from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import { type Identity, selectorLabels } from '../kubernetes/labels.js';
import type { RuleGroup } from '../monitoring/rule.js';

interface Metadata {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Record<string, string>;
}

/** Scrapes every pod by itself: a scrape through a Service reaches one replica by chance. */
export function podMonitor(
  metadata: Metadata,
  {
    identity,
    port,
    path = '/metrics',
    scrapeIntervalSeconds,
  }: {
    readonly identity: Identity;
    /** Name of the container's port. */
    readonly port: string;
    /** @default '/metrics' */
    readonly path?: string;
    readonly scrapeIntervalSeconds: number;
  },
) {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata,
    spec: {
      namespaceSelector: { matchNames: [metadata.namespace] },
      selector: { matchLabels: selectorLabels(identity) },
      podMetricsEndpoints: [
        {
          port,
          path,
          interval: `${scrapeIntervalSeconds}s`,
          scrapeTimeout: `${Math.min(10, scrapeIntervalSeconds)}s`,
        },
      ],
    },
  } satisfies IPodMonitor;
}

/** Recording rules and alerts, as the operator reads them. */
export function prometheusRule(metadata: Metadata, groups: readonly RuleGroup[]) {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata,
    spec: {
      groups: groups.map((group) => ({
        name: group.name,
        rules: group.rules.map((rule) =>
          'record' in rule
            ? { ...rule }
            : { ...rule, labels: { ...rule.labels }, annotations: { ...rule.annotations } },
        ),
      })),
    },
  } satisfies IPrometheusRule;
}
