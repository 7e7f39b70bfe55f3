import type { ResolvedSelection } from '../selection/resolved.js';
import type { DashboardPlan } from './plan.js';

/** Where dashboards go; null where no Grafana loads them. */
export function dashboardPlan({ cluster }: Pick<ResolvedSelection, 'cluster'>): DashboardPlan | null {
  const { capabilities = [], grafana } = cluster;
  if (!capabilities.includes('grafana')) return null;
  return { namespace: grafana?.namespace ?? null, folder: grafana?.folder ?? null };
}
