import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { why } from '../kubernetes/annotations.js';
import { labels } from '../kubernetes/labels.js';

/** The other side of a hole: pods of this namespace, pods of other ones, or addresses. */
export type NetworkPeer =
  | { readonly podSelector: { readonly matchLabels?: Record<string, string> } }
  | {
      readonly namespaceSelector: { readonly matchLabels: Record<string, string> };
      readonly podSelector?: { readonly matchLabels: Record<string, string> };
    }
  | { readonly ipBlock: { readonly cidr: string; readonly except?: string[] } };

/** Properties for `NetworkHole`. */
export interface NetworkHoleProps {
  readonly namespace: string;

  /** Installation that the policy belongs to, e.g. the selection's name. */
  readonly instance: string;
  /** What it lets through, e.g. `server-from-prometheus`. */
  readonly name: string;
  /** Why it is there, in words. */
  readonly why: string;
  /** Labels of the pods that it is about; none: every pod of the namespace. */
  readonly pods: Readonly<Record<string, string>>;
  readonly direction: 'ingress' | 'egress';
  /** The other side. */
  readonly peers: readonly NetworkPeer[];
  /** Numbers, not names: not every network plugin resolves a port's name. */
  readonly ports: readonly { readonly port: number; readonly protocol: 'TCP' | 'UDP' }[];

  /**
   * Further annotations.
   *
   * @default - none.
   */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** One explained exception from `DefaultDeny`. */
export class NetworkHole extends Construct {
  constructor(scope: Construct, id: string, props: NetworkHoleProps) {
    super(scope, id);
    const { name, namespace, instance } = props;
    const peers = props.peers.map((peer) => ({ ...peer }));
    const ports = props.ports.map((port) => ({ ...port }));
    new ApiObject(this, 'policy', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: {
        name,
        namespace,
        labels: labels({ name: 'network', instance, component: 'network' }),
        annotations: { ...why(props.why), ...props.annotations },
      },
      spec: {
        podSelector: Object.keys(props.pods).length === 0 ? {} : { matchLabels: { ...props.pods } },
        ...(props.direction === 'ingress'
          ? { policyTypes: ['Ingress'] as const, ingress: [{ from: peers, ports }] }
          : { policyTypes: ['Egress'] as const, egress: [{ to: peers, ports }] }),
      },
    } satisfies INetworkPolicy);
  }
}

/** Instance metadata of the public clouds: whoever reaches it may read the node's credentials. */
const METADATA_ADDRESS_V6 = 'fd00:ec2::254/128';

/**
 * Every address but those of instance metadata, as peers.
 * @param metadataAddresses Addresses of version 4 without a prefix length.
 */
export function outside(metadataAddresses: readonly string[]): NetworkPeer[] {
  return [
    { ipBlock: { cidr: '0.0.0.0/0', except: metadataAddresses.map((address) => `${address}/32`) } },
    { ipBlock: { cidr: '::/0', except: [METADATA_ADDRESS_V6] } },
  ];
}

/** Who may come in, as a peer: pods of this namespace, or of another. */
export function peerOf(from: 'same-namespace' | { readonly namespace: string }): NetworkPeer {
  return from === 'same-namespace' ? { podSelector: {} } : podsOfNamespace(from.namespace);
}

/** All pods of one namespace, as a peer. */
export function podsOfNamespace(namespace: string) {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } };
}
