import { Construct } from 'constructs';
import { NetworkHole, type NetworkPeer, podsOfNamespace } from './network-hole.js';

/** Instance metadata of the public clouds: whoever reaches it may read the node's credentials. */
const METADATA_ADDRESS_V6 = 'fd00:ec2::254/128';

/** Properties for `DownloadEgress`. */
export interface DownloadEgressProps {
  readonly namespace: string;

  /** Installation that the policies belong to, e.g. the selection's name. */
  readonly instance: string;
  /** Start of the policies' names, e.g. `weights`. */
  readonly name: string;
  /** Labels of the download's pods. */
  readonly pods: Readonly<Record<string, string>>;
  /** Hosts that the download talks to, for the owner of an egress proxy; policies know addresses only. */
  readonly hosts: readonly string[];

  /** Whom the pods ask for addresses. */
  readonly dns: {
    /** Null where the cluster's resolvers are no pods. */
    readonly pods: {
      readonly namespace: string;
      /** Empty: every pod of the namespace. */
      readonly labels: Readonly<Record<string, string>>;
      readonly port: number;
    } | null;
    /** CIDRs. */
    readonly addresses: readonly string[];
  };

  /** Addresses of instance metadata, without a prefix length. */
  readonly metadataAddresses: readonly string[];

  /**
   * Address of a mirror in place of the public hub; its port is opened.
   *
   * @default - none: port 443.
   */
  readonly endpoint?: string;
}

/** Lets a download resolve names and reach its hub, and nothing else on the way out. */
export class DownloadEgress extends Construct {
  constructor(scope: Construct, id: string, props: DownloadEgressProps) {
    super(scope, id);
    const { namespace, instance, pods, dns } = props;
    new NetworkHole(this, 'dns', {
      namespace,
      instance,
      pods,
      name: `${props.name}-to-dns`,
      why: dnsReason(dns.pods?.namespace),
      direction: 'egress',
      peers: [...resolverPods(dns), ...dns.addresses.map((cidr) => ({ ipBlock: { cidr } }))],
      ports: [53, ...(dns.pods === null || dns.pods.port === 53 ? [] : [dns.pods.port])].flatMap((port) => [
        { port, protocol: 'UDP' as const },
        { port, protocol: 'TCP' as const },
      ]),
    });
    new NetworkHole(this, 'hub', {
      namespace,
      instance,
      pods,
      name: `${props.name}-to-hub`,
      why: "the download fetches the weights; addresses of hubs change, so any but the instance metadata's",
      annotations: { 'berth.dev/hosts': props.hosts.join(', ') },
      direction: 'egress',
      peers: [
        {
          ipBlock: { cidr: '0.0.0.0/0', except: props.metadataAddresses.map((address) => `${address}/32`) },
        },
        { ipBlock: { cidr: '::/0', except: [METADATA_ADDRESS_V6] } },
      ],
      ports: [{ port: hubPort(props.endpoint), protocol: 'TCP' }],
    });
  }
}

function dnsReason(namespace: string | undefined): string {
  return namespace === undefined
    ? "the download resolves names: the resolvers' addresses that the selection names"
    : `the download resolves names: cluster DNS in ${namespace}, or the node's own cache where there is one`;
}

function resolverPods({ pods }: DownloadEgressProps['dns']): NetworkPeer[] {
  if (pods === null) return [];
  const { namespaceSelector } = podsOfNamespace(pods.namespace);
  const named = Object.keys(pods.labels).length > 0;
  return [{ namespaceSelector, ...(named && { podSelector: { matchLabels: { ...pods.labels } } }) }];
}

function hubPort(endpoint: string | undefined): number {
  if (endpoint === undefined) return 443;
  const { port, protocol } = new URL(endpoint);
  if (port !== '') return Number(port);
  return protocol === 'http:' ? 80 : 443;
}
