import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { why } from '../kubernetes/annotations.js';
import { labels } from '../kubernetes/labels.js';

/** Properties for `DefaultDeny`. */
export interface DefaultDenyProps {
  readonly namespace: string;

  /** Installation that the policy belongs to, e.g. the selection's name. */
  readonly instance: string;
}

/** Closes a namespace both ways. What may pass is a `NetworkHole` each. */
export class DefaultDeny extends Construct {
  constructor(scope: Construct, id: string, { namespace, instance }: DefaultDenyProps) {
    super(scope, id);
    new ApiObject(this, 'policy', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: {
        name: 'default-deny',
        namespace,
        labels: labels({ name: 'network', instance, component: 'network' }),
        annotations: why(
          'nothing enters or leaves a pod of this namespace unless another policy here says so',
        ),
      },
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    } satisfies INetworkPolicy);
  }
}
