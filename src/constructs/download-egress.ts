import { Construct } from 'constructs';
import { NetworkHole, podsOfNamespace } from './network-hole.js';

/** Instance metadata of the public clouds: whoever reaches it may read the node's credentials. */
const METADATA_ADDRESS = '169.254.169.254/32';
const METADATA_ADDRESS_V6 = 'fd00:ec2::254/128';
/** Where NodeLocal DNSCache listens on every node that runs it. */
const NODE_LOCAL_DNS = '169.254.20.10/32';

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
    const { namespace, instance, pods } = props;
    new NetworkHole(this, 'dns', {
      namespace,
      instance,
      pods,
      name: `${props.name}-to-dns`,
      why: "the download resolves names: cluster DNS in kube-system, or the node's own cache where there is one",
      direction: 'egress',
      peers: [podsOfNamespace('kube-system'), { ipBlock: { cidr: NODE_LOCAL_DNS } }],
      ports: [
        { port: 53, protocol: 'UDP' },
        { port: 53, protocol: 'TCP' },
      ],
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
        { ipBlock: { cidr: '0.0.0.0/0', except: [METADATA_ADDRESS] } },
        { ipBlock: { cidr: '::/0', except: [METADATA_ADDRESS_V6] } },
      ],
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
