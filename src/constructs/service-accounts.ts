import { ServiceAccount } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { labels } from '../kubernetes/labels.js';

/** Properties for `ServiceAccounts`. */
export interface ServiceAccountsProps {
  readonly namespace: string;

  /** Installation that the accounts belong to, e.g. the selection's name. */
  readonly instance: string;

  /** One account each, named after the workload that runs as it. */
  readonly names: readonly string[];

  /**
   * Annotations by which a cloud hands credentials to their pods.
   *
   * @default - none.
   */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** An account for each workload: no workload talks to the Kubernetes API, so none carries a token. */
export class ServiceAccounts extends Construct {
  constructor(scope: Construct, id: string, props: ServiceAccountsProps) {
    super(scope, id);
    for (const name of props.names) {
      new ServiceAccount(this, name, {
        metadata: {
          name,
          namespace: props.namespace,
          labels: labels({ name, instance: props.instance, component: name }),
          ...(Object.keys(props.annotations ?? {}).length > 0 && { annotations: { ...props.annotations } }),
        },
        automountToken: false,
      });
    }
  }
}
