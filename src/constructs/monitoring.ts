import type {
  IPodMonitor,
  IPrometheusRule,
} from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { Identity } from '../kubernetes/labels.js';
import { labels, selectorLabels } from '../kubernetes/labels.js';
import type { RuleInput } from '../monitoring/rule.js';
import { ruleGroups } from '../monitoring/rules.js';

/** Properties for `Monitoring`. */
export interface MonitoringProps extends Omit<RuleInput, 'job'> {
  /** Name of the PodMonitor and the PrometheusRule. */
  readonly name: string;
  /** Identity of the server's pods. */
  readonly identity: Identity;
  /** Labels that the operator's PodMonitor and rule selectors want, e.g. `release: kube-prometheus-stack`. */
  readonly extraLabels: Readonly<Record<string, string>>;
  readonly scrapeIntervalSeconds: number;
}

/** Scrapes every pod of a vLLM server, and watches it. */
export class Monitoring extends Construct {
  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    const { name, namespace, identity } = props;
    const metadata = { name, namespace, labels: { ...labels(identity), ...props.extraLabels } };

    // Pods, not the Service: a scrape through a Service reaches one replica by chance.
    new ApiObject(this, 'pod-monitor', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata,
      spec: {
        namespaceSelector: { matchNames: [namespace] },
        selector: { matchLabels: selectorLabels(identity) },
        podMetricsEndpoints: [
          {
            port: 'http',
            path: '/metrics',
            interval: `${props.scrapeIntervalSeconds}s`,
            scrapeTimeout: `${Math.min(10, props.scrapeIntervalSeconds)}s`,
          },
        ],
      },
    } satisfies IPodMonitor);

    new ApiObject(this, 'rules', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata,
      spec: {
        groups: ruleGroups({ ...props, job: `${namespace}/${name}` }).map((group) => ({
          name: group.name,
          rules: group.rules.map((rule) =>
            'record' in rule
              ? { ...rule }
              : { ...rule, labels: { ...rule.labels }, annotations: { ...rule.annotations } },
          ),
        })),
      },
    } satisfies IPrometheusRule);
  }
}
