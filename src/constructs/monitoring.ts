import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { Identity } from '../kubernetes/labels.js';
import { labels } from '../kubernetes/labels.js';
import type { RuleInput } from '../monitoring/rule.js';
import { ruleGroups } from '../monitoring/rules.js';
import { podMonitor, prometheusRule } from './prometheus-operator.js';

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

    new ApiObject(
      this,
      'pod-monitor',
      podMonitor(metadata, { identity, port: 'http', scrapeIntervalSeconds: props.scrapeIntervalSeconds }),
    );

    new ApiObject(
      this,
      'rules',
      prometheusRule(metadata, ruleGroups({ ...props, job: `${namespace}/${name}` })),
    );
  }
}
