import { Construct } from 'constructs';
import { DnsHole, type Resolvers } from './dns-hole.js';
import { NetworkHole, outside } from './network-hole.js';

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
  readonly dns: Resolvers;

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
    new DnsHole(this, 'dns', {
      namespace,
      instance,
      pods,
      dns,
      name: `${props.name}-to-dns`,
      who: 'the download',
    });
    new NetworkHole(this, 'hub', {
      namespace,
      instance,
      pods,
      name: `${props.name}-to-hub`,
      why: "the download fetches the weights; addresses of hubs change, so any but the instance metadata's",
      annotations: { 'berth.dev/hosts': props.hosts.join(', ') },
      direction: 'egress',
      peers: outside(props.metadataAddresses),
      ports: [{ port: hubPort(props.endpoint), protocol: 'TCP' }],
    });
  }
}

function hubPort(endpoint: string | undefined): number {
  if (endpoint === undefined) return 443;
  const { port, protocol } = new URL(endpoint);
  if (port !== '') return Number(port);
  return protocol === 'http:' ? 80 : 443;
}
