import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RuleGroup } from '../../src/monitoring/rule.js';
import type { GatewayPlan } from '../../src/plan/gateway/gateway-plan.js';
import { type Plan, plansOf } from '../../src/plan/plan.js';
import { findEnvironments } from '../cluster/environments.js';
import type { KubeObject } from '../cluster/kube-object.js';
import { type Dashboard, dashboardsOf } from './grafana.js';

/** A gateway of dist/ that is watched. */
export interface WatchedGateway {
  /** `<selection>/<environment> <name>` */
  readonly id: string;
  readonly namespace: string;
  readonly gateway: GatewayPlan;
  /** Its rules as emitted. */
  readonly groups: readonly RuleGroup[];
  readonly dashboards: readonly Dashboard[];
}

export function findGateways(): readonly WatchedGateway[] {
  return findEnvironments().flatMap(({ id, folder, objects }) => {
    const file = join(dirname(folder), `${id.split('/')[1]}.plan.json`);
    const plan: Plan = JSON.parse(readFileSync(file, 'utf8'));
    return plansOf(plan).flatMap(({ gateways, namespace }) =>
      gateways.flatMap((gateway): readonly WatchedGateway[] => {
        const named = (wanted: string) => (object: KubeObject) =>
          object.kind === wanted &&
          object.metadata.name === gateway.name &&
          object.metadata.namespace === namespace;
        const rules = objects.find(named('PrometheusRule'));
        const shown = objects.filter(({ data }) => data?.[`${namespace}-${gateway.name}.json`] !== undefined);
        const dashboards = dashboardsOf(shown);
        return rules
          ? [{ id: `${id} ${gateway.name}`, namespace, gateway, groups: rules.spec.groups, dashboards }]
          : [];
      }),
    );
  });
}
