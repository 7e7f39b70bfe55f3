import { Construct } from 'constructs';
import { NetworkHole, type NetworkPeer, podsOfNamespace } from './network-hole.js';

/** Whom pods ask for addresses. */
export interface Resolvers {
  /** Null where the cluster's resolvers are no pods. */
  readonly pods: {
    readonly namespace: string;
    /** Empty: every pod of the namespace. */
    readonly labels: Readonly<Record<string, string>>;
    readonly port: number;
  } | null;
  /** CIDRs. */
  readonly addresses: readonly string[];
}

/** Properties for `DnsHole`. */
export interface DnsHoleProps {
  readonly namespace: string;

  /** Installation that the policy belongs to, e.g. the selection's name. */
  readonly instance: string;
  /** Name of the policy. */
  readonly name: string;
  /** Labels of the pods that resolve names. */
  readonly pods: Readonly<Record<string, string>>;
  /** Who resolves names, for the policy's reason, e.g. `the download`. */
  readonly who: string;
  readonly dns: Resolvers;
}

/** Lets pods resolve names. */
export class DnsHole extends Construct {
  constructor(scope: Construct, id: string, { who, dns, ...props }: DnsHoleProps) {
    super(scope, id);
    const ports = [53, ...(dns.pods === null || dns.pods.port === 53 ? [] : [dns.pods.port])];
    new NetworkHole(this, 'hole', {
      ...props,
      why: reason(who, dns.pods?.namespace),
      direction: 'egress',
      peers: [...resolverPods(dns), ...dns.addresses.map((cidr) => ({ ipBlock: { cidr } }))],
      ports: ports.flatMap((port) => [
        { port, protocol: 'UDP' as const },
        { port, protocol: 'TCP' as const },
      ]),
    });
  }
}

function reason(who: string, namespace: string | undefined): string {
  return namespace === undefined
    ? `${who} resolves names: the resolvers' addresses that the selection names`
    : `${who} resolves names: cluster DNS in ${namespace}, or the node's own cache where there is one`;
}

function resolverPods({ pods }: Resolvers): NetworkPeer[] {
  if (pods === null) return [];
  const { namespaceSelector } = podsOfNamespace(pods.namespace);
  const named = Object.keys(pods.labels).length > 0;
  return [{ namespaceSelector, ...(named && { podSelector: { matchLabels: { ...pods.labels } } }) }];
}
