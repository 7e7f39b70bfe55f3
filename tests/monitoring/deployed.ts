import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inspect } from '../../src/inspect/inspect.js';
import type { Query } from '../../src/inspect/query.js';
import type { RuleGroup } from '../../src/monitoring/rule.js';
import { type Plan, plansOf, type ServerPlan } from '../../src/plan/plan.js';
import { findEnvironments } from '../cluster/environments.js';
import { type Dashboard, dashboardsOf } from './grafana.js';

/** What one environment of dist/ deploys to watch its server. */
export interface Monitored {
  /** `<selection>/<environment>` */
  readonly id: string;
  readonly plan: Plan;
  readonly server: ServerPlan;
  /** Groups of its PrometheusRules, as emitted. */
  readonly groups: readonly RuleGroup[];
  /** Every query of its manifests: rules, triggers, dashboards. */
  readonly queries: readonly Query[];
  readonly dashboards: readonly Dashboard[];
}

/** @throws where no environment has rules: nothing would be tested */
export function findMonitored(): readonly Monitored[] {
  const found = findEnvironments().flatMap(({ id, folder, objects }): Monitored[] => {
    const rules = objects.filter(({ kind }) => kind === 'PrometheusRule');
    if (rules.length === 0) return [];
    const plan: Plan = JSON.parse(
      readFileSync(join(dirname(folder), `${id.split('/')[1]}.plan.json`), 'utf8'),
    );
    // What watches gateways has scenarios of its own.
    return plansOf(plan).flatMap((part) =>
      part.servers.slice(0, 1).map((server) => {
        const own = objects.filter(({ metadata }) => metadata.namespace === part.namespace);
        const { queries } = inspect(own as never, () => undefined);
        const groups = own.filter(({ kind }) => kind === 'PrometheusRule').flatMap(({ spec }) => spec.groups);
        return { id, plan: part, server, groups, queries, dashboards: dashboardsOf(own) };
      }),
    );
  });
  if (found.length === 0) throw new Error('no environment of dist/ has a PrometheusRule');
  return found;
}
