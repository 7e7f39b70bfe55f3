import type { IConfigMap } from 'kubernetes-models/v1';
import { contentHash } from '../kubernetes/content-hash.js';
import { type Identity, labels } from '../kubernetes/labels.js';

/** What tells a dashboard's ConfigMap from others. */
export interface DashboardPlace {
  /** Name of what is shown: of its Deployment and its PodMonitor. */
  readonly name: string;
  readonly namespace: string;
  readonly identity: Identity;

  /**
   * Namespace of the ConfigMap: one that Grafana's sidecar reads.
   *
   * @default - that of what is shown
   */
  readonly grafanaNamespace?: string;

  /**
   * Folder in Grafana.
   *
   * @default - Grafana's general one
   */
  readonly folder?: string;
}

/** A dashboard in a ConfigMap that the sidecar of Grafana's chart loads by its label. */
export function dashboardConfigMap(
  { name, namespace, identity, grafanaNamespace = namespace, folder }: DashboardPlace,
  dashboard: (uid: string) => object,
) {
  // In a namespace of others a name must say whose it is.
  const own = `${name}-dashboard`;
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: grafanaNamespace === namespace ? own : `${namespace}-${own}`,
      namespace: grafanaNamespace,
      labels: { ...labels(identity), grafana_dashboard: '1' },
      ...(folder !== undefined && { annotations: { grafana_folder: folder } }),
    },
    // The sidecar writes every dashboard of the cluster into one folder: the file's name must differ from all others.
    data: {
      [`${namespace}-${name}.json`]: JSON.stringify(dashboard(`berth-${contentHash({ namespace, name })}`)),
    },
  } satisfies IConfigMap;
}
