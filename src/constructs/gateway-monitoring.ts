import type {
  IPodMonitor,
  IPrometheusRule,
} from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { labels, selectorLabels } from '../kubernetes/labels.js';
import { gatewayRules } from '../monitoring/gateway/gateway-rules.js';
import type { GatewayMonitoringPlan, GatewayPlan } from '../plan/gateway/gateway-plan.js';
import { gatewayIdentity } from './gateway.js';

/** Properties for `GatewayMonitoring`. */
export interface GatewayMonitoringProps {
  readonly namespace: string;

  /** Installation that the gateway belongs to, e.g. the selection's name. */
  readonly instance: string;
  readonly gateway: Pick<GatewayPlan, 'name'>;
  readonly monitoring: GatewayMonitoringPlan;
}

/** Scrapes every pod of a gateway, and watches providers, limits and what tokens cost. */
export class GatewayMonitoring extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { namespace, instance, gateway, monitoring }: GatewayMonitoringProps,
  ) {
    super(scope, id);
    const { name } = gateway;
    const identity = gatewayIdentity(instance, name);
    const metadata = { name, namespace, labels: { ...labels(identity), ...monitoring.labels } };
    new ApiObject(this, 'pod-monitor', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata,
      spec: {
        namespaceSelector: { matchNames: [namespace] },
        selector: { matchLabels: selectorLabels(identity) },
        podMetricsEndpoints: [
          {
            port: 'admin',
            path: '/metrics',
            interval: `${monitoring.scrapeIntervalSeconds}s`,
            scrapeTimeout: `${Math.min(10, monitoring.scrapeIntervalSeconds)}s`,
          },
        ],
      },
    } satisfies IPodMonitor);

    const groups = gatewayRules({ namespace, job: `${namespace}/${name}`, spend: monitoring.spend });
    new ApiObject(this, 'rules', {
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
    } satisfies IPrometheusRule);
  }
}
