import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { INamespace } from 'kubernetes-models/v1';
import { KEEP } from '../kubernetes/annotations.js';

/** Properties for `Namespace`. */
export interface NamespaceProps {
  readonly name: string;

  /** Installation that the namespace belongs to, e.g. the selection's name. */
  readonly instance: string;

  /** Kubernetes minor whose Pod Security profile holds, e.g. `1.36`. */
  readonly kubernetes: string;

  /**
   * Pod Security profile that is enforced; `restricted` is asked for in warnings and audits either way.
   *
   * @default 'restricted'
   */
  readonly enforce?: 'restricted' | 'baseline';

  /**
   * Further labels.
   *
   * @default - none.
   */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A namespace that admits `restricted` pods only by default, by the standard of a fixed version: an upgrade cannot tighten it unseen. */
export class Namespace extends Construct {
  constructor(scope: Construct, id: string, props: NamespaceProps) {
    super(scope, id);
    const version = `v${props.kubernetes}`;
    new ApiObject(this, 'namespace', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: props.name,
        labels: {
          ...props.labels,
          'app.kubernetes.io/part-of': props.instance,
          'app.kubernetes.io/managed-by': 'berth',
          'pod-security.kubernetes.io/enforce': props.enforce ?? 'restricted',
          'pod-security.kubernetes.io/enforce-version': version,
          'pod-security.kubernetes.io/warn': 'restricted',
          'pod-security.kubernetes.io/warn-version': version,
          'pod-security.kubernetes.io/audit': 'restricted',
          'pod-security.kubernetes.io/audit-version': version,
        },
        // Whoever deletes the namespace deletes the volume in it.
        annotations: { ...KEEP },
      },
    } satisfies INamespace);
  }
}
