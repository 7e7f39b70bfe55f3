import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { grafanaDashboard } from '../monitoring/grafana.js';
import type { DashboardInput } from '../monitoring/panel.js';
import { type DashboardPlace, dashboardConfigMap } from './dashboard-config-map.js';

/** Properties for `Dashboards`. */
export interface DashboardsProps extends Omit<DashboardInput, 'job'>, DashboardPlace {}

/** The dashboard of a server. */
export class Dashboards extends Construct {
  constructor(scope: Construct, id: string, props: DashboardsProps) {
    super(scope, id);
    const input = { ...props, job: `${props.namespace}/${props.name}` };
    new ApiObject(
      this,
      'dashboard',
      dashboardConfigMap(props, (uid) => grafanaDashboard(input, uid)),
    );
  }
}
