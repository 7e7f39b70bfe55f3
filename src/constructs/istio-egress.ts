import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { why } from '../kubernetes/annotations.js';
import { labels } from '../kubernetes/labels.js';

/** Where Istio's own control plane stands unless it was put elsewhere. */
export const MESH_NAMESPACE = 'istio-system';

/** Properties for `IstioEgress`. */
export interface IstioEgressProps {
  readonly namespace: string;

  /** Installation that the objects belong to, e.g. the selection's name. */
  readonly instance: string;
  /** Name of the ServiceEntry. */
  readonly name: string;
  /** Pods that may go out: the name of their Sidecar, and their labels. */
  readonly watched: readonly { readonly name: string; readonly pods: Readonly<Record<string, string>> }[];
  /** Hosts that they may reach at port 443. */
  readonly hosts: readonly string[];
  /** Where cluster DNS stands; null where the resolvers are no pods. */
  readonly dnsNamespace: string | null;
}

/**
 * A way out by names in a mesh: the hosts as services outside of it, and a sidecar that passes on nothing that the mesh does
 * not know. A guard rail, no wall: whoever gets around the sidecar is held by the NetworkPolicies alone, so these stay.
 */
export class IstioEgress extends Construct {
  constructor(scope: Construct, id: string, props: IstioEgressProps) {
    super(scope, id);
    const { name, namespace, instance, watched, dnsNamespace } = props;
    const metadata = (name: string, reason: string) => ({
      name,
      namespace,
      labels: labels({ name: 'network', instance, component: 'network' }),
      annotations: why(reason),
    });
    new ApiObject(this, 'hosts', {
      apiVersion: 'networking.istio.io/v1',
      kind: 'ServiceEntry',
      metadata: metadata(name, 'the hosts of the providers, known to this namespace only'),
      spec: {
        hosts: [...props.hosts],
        location: 'MESH_EXTERNAL',
        resolution: 'DNS',
        ports: [{ number: 443, name: 'tls', protocol: 'TLS' }],
        exportTo: ['.'],
      },
    });
    for (const one of watched)
      new ApiObject(this, one.name, {
        apiVersion: 'networking.istio.io/v1',
        kind: 'Sidecar',
        metadata: metadata(one.name, 'what the mesh does not know is not passed on'),
        spec: {
          workloadSelector: { labels: { ...one.pods } },
          // Names over TCP are asked of cluster DNS.
          egress: [
            {
              hosts: ['./*', `${MESH_NAMESPACE}/*`, ...(dnsNamespace === null ? [] : [`${dnsNamespace}/*`])],
            },
          ],
          outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
        },
      });
  }
}

/** Puts a sidecar beside the pod, whatever its namespace says. */
export function meshLabels(inMesh: boolean): Record<string, string> {
  return inMesh ? { 'sidecar.istio.io/inject': 'true' } : {};
}
