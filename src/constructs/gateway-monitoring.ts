import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { labels } from '../kubernetes/labels.js';
import { gatewayDashboard } from '../monitoring/gateway/gateway-dashboard.js';
import { gatewayRules } from '../monitoring/gateway/gateway-rules.js';
import type { GatewayMonitoringPlan, GatewayPlan } from '../plan/gateway/gateway-plan.js';
import { dashboardConfigMap } from './dashboard-config-map.js';
import { gatewayIdentity } from './gateway.js';
import { podMonitor, prometheusRule } from './prometheus-operator.js';

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
    new ApiObject(
      this,
      'pod-monitor',
      podMonitor(metadata, {
        identity,
        port: 'admin',
        scrapeIntervalSeconds: monitoring.scrapeIntervalSeconds,
      }),
    );

    const groups = gatewayRules({ namespace, job: `${namespace}/${name}`, spend: monitoring.spend });
    new ApiObject(this, 'rules', prometheusRule(metadata, groups));

    const { dashboard } = monitoring;
    if (dashboard === null) return;
    const place = {
      ...{ name, namespace, identity },
      ...(dashboard.namespace !== null && { grafanaNamespace: dashboard.namespace }),
      ...(dashboard.folder !== null && { folder: dashboard.folder }),
    };
    const input = { title: `Gateway: ${instance}`, namespace, job: `${namespace}/${name}` };
    new ApiObject(
      this,
      'dashboard',
      dashboardConfigMap(place, (uid) => gatewayDashboard(input, uid)),
    );
  }
}
