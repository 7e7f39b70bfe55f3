import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { IConfigMap } from 'kubernetes-models/v1';
import { contentHash } from '../kubernetes/content-hash.js';
import type { Identity } from '../kubernetes/labels.js';
import { labels } from '../kubernetes/labels.js';
import { grafanaDashboard } from '../monitoring/grafana.js';
import type { DashboardInput } from '../monitoring/panel.js';

/** Properties for `Dashboards`. */
export interface DashboardsProps extends Omit<DashboardInput, 'job'> {
  /** Name of the server: of its Deployment and its PodMonitor. */
  readonly name: string;
  readonly identity: Identity;

  /**
   * Namespace of the ConfigMap: one that Grafana's sidecar reads.
   *
   * @default - the server's own
   */
  readonly grafanaNamespace?: string;

  /**
   * Folder in Grafana.
   *
   * @default - Grafana's general one
   */
  readonly folder?: string;
}

/** The dashboard of a server, as a ConfigMap that the sidecar of Grafana's chart loads by its label. */
export class Dashboards extends Construct {
  constructor(scope: Construct, id: string, props: DashboardsProps) {
    super(scope, id);
    const { name, namespace, identity, grafanaNamespace = namespace, folder } = props;
    // In a namespace of others a name must say whose it is.
    const own = `${name}-dashboard`;
    const dashboard = grafanaDashboard(
      { ...props, job: `${namespace}/${name}` },
      `berth-${contentHash({ namespace, name })}`,
    );
    new ApiObject(this, 'dashboard', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: grafanaNamespace === namespace ? own : `${namespace}-${own}`,
        namespace: grafanaNamespace,
        labels: { ...labels(identity), grafana_dashboard: '1' },
        ...(folder !== undefined && { annotations: { grafana_folder: folder } }),
      },
      // The sidecar writes every dashboard of the cluster into one folder: the file's name must differ from all others.
      data: { [`${namespace}-${name}.json`]: JSON.stringify(dashboard) },
    } satisfies IConfigMap);
  }
}
