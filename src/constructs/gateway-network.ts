import { Construct } from 'constructs';
import { selectorLabels } from '../kubernetes/labels.js';
import type { GatewayPlan } from '../plan/gateway/gateway-plan.js';
import { DnsHole, type Resolvers } from './dns-hole.js';
import { FqdnEgress } from './fqdn-egress.js';
import { egressIdentity, gatewayIdentity } from './gateway.js';
import { IstioEgress, MESH_NAMESPACE } from './istio-egress.js';
import {
  NetworkHole,
  type NetworkHoleProps,
  type NetworkPeer,
  peerOf,
  podsOfNamespace,
} from './network-hole.js';
import { translatorIdentity } from './translator.js';

/** Link-local addresses: among them the instance metadata of every public cloud, which hands out the node's credentials. */
const LINK_LOCAL = '169.254.0.0/16';
/** The same of IPv6, and where AWS answers it. */
const LINK_LOCAL_V6 = ['fe80::/10', 'fd00:ec2::254/128'];

/** Properties for `GatewayNetwork`. */
export interface GatewayNetworkProps {
  readonly namespace: string;

  /** Installation that the policies belong to, e.g. the selection's name. */
  readonly instance: string;
  readonly gateway: GatewayPlan;
  readonly dns: Resolvers;
  /** Where clouds hand out the node's credentials, beside the link-local addresses. Version 4, without a prefix length. */
  readonly metadataAddresses: readonly string[];
}

type Hole = Pick<NetworkHoleProps, 'name' | 'why' | 'peers' | 'ports'> &
  Partial<Pick<NetworkHoleProps, 'annotations'>>;

/** Who may call a gateway, and whom it may call: names, its egress proxy, and nothing else. */
export class GatewayNetwork extends Construct {
  constructor(scope: Construct, id: string, props: GatewayNetworkProps) {
    super(scope, id);
    const { namespace, instance, gateway, dns } = props;
    const { name, egress, port, adminPort, translator } = gateway;
    const any = anyBut(props.metadataAddresses);
    const hole = (pods: Record<string, string>, direction: 'ingress' | 'egress', hole: Hole) =>
      new NetworkHole(this, hole.name, { namespace, instance, pods, direction, ...hole });
    const resolves = (of: string, pods: Record<string, string>, who: string) =>
      new DnsHole(this, `${of}-to-dns`, { namespace, instance, name: `${of}-to-dns`, pods, who, dns });
    const pods = selectorLabels(gatewayIdentity(instance, name));
    const behind = translator && selectorLabels(translatorIdentity(instance, translator.name));
    // Who may use the way out.
    const outward = [
      { name, pods },
      ...(translator && behind ? [{ name: translator.name, pods: behind }] : []),
    ];

    const goOut = (who: string, from: Record<string, string>) => {
      const { hosts, names } = egress;
      const policy = `${who}-to-providers`;
      if (names === 'cilium')
        new FqdnEgress(this, policy, { namespace, instance, name: policy, pods: from, hosts });
      else hole(from, 'egress', outside(who, gateway, any));
    };

    for (const { name: from, why, from: peer, port: which } of gateway.ingress)
      hole(pods, 'ingress', {
        name: `${name}-${from}`,
        why,
        peers: [peerOf(peer)],
        ports: [{ port: which === 'clients' ? port : adminPort, protocol: 'TCP' }],
      });
    resolves(name, pods, 'the gateway');
    for (const each of egress.cluster)
      hole(pods, 'egress', {
        name: `${name}-to-${each.namespace}`,
        why: `the gateway asks what stands in ${each.namespace}`,
        peers: [podsOfNamespace(each.namespace)],
        ports: [{ port: each.port, protocol: 'TCP' }],
      });
    if (translator !== null && behind !== null) {
      const ports = [{ port: translator.port, protocol: 'TCP' as const }];
      hole(pods, 'egress', {
        name: `${name}-to-translator`,
        why: 'the gateway hands on what must be translated',
        peers: [podsWith(behind)],
        ports,
      });
      hole(behind, 'ingress', {
        name: `${translator.name}-from-gateway`,
        why: 'only the gateway, which asks for a key, may use the translator, which asks for none',
        peers: [podsWith(pods)],
        ports,
      });
      resolves(translator.name, behind, 'the translator');
    }
    if (egress.own !== null) {
      const proxy = selectorLabels(egressIdentity(instance, egress.own.name));
      const ports = [{ port: egress.own.port, protocol: 'TCP' as const }];
      for (const one of outward)
        hole(one.pods, 'egress', {
          name: `${one.name}-to-egress`,
          why: 'providers are reached through the egress proxy only',
          peers: [podsWith(proxy)],
          ports,
        });
      hole(proxy, 'ingress', {
        name: `${egress.own.name}-from-gateway`,
        why:
          translator === null
            ? 'only the gateway may use the way out'
            : 'only the gateway and its translator may use the way out',
        peers: outward.map((one) => podsWith(one.pods)),
        ports,
      });
      resolves(egress.own.name, proxy, 'the egress proxy');
      goOut(egress.own.name, proxy);
    }
    if (egress.via === 'direct') for (const one of outward) goOut(one.name, one.pods);
    if (egress.names === 'istio') {
      const own = egress.own && {
        name: egress.own.name,
        pods: selectorLabels(egressIdentity(instance, egress.own.name)),
      };
      const watched = own ? [own] : egress.via === 'direct' ? outward : [];
      if (watched.length > 0)
        new IstioEgress(this, 'mesh', {
          namespace,
          instance,
          name: `${name}-providers`,
          watched,
          hosts: egress.hosts,
          dnsNamespace: dns.pods?.namespace ?? null,
        });
      for (const one of watched)
        hole(one.pods, 'egress', {
          name: `${one.name}-to-istiod`,
          why: 'its sidecar asks the mesh which hosts it may pass on',
          peers: [podsOfNamespace(MESH_NAMESPACE)],
          ports: [{ port: 15012, protocol: 'TCP' }],
        });
    }
    const { proxy } = egress;
    if (proxy === null) return;
    for (const one of outward)
      hole(one.pods, 'egress', {
        name: `${one.name}-to-proxy`,
        why: `providers are reached through ${proxy.host} only`,
        peers: proxy.namespace === null ? any : [podsOfNamespace(proxy.namespace)],
        ports: [{ port: proxy.port, protocol: 'TCP' }],
      });
  }
}

function podsWith(matchLabels: Record<string, string>): NetworkPeer {
  return { podSelector: { matchLabels } };
}

/** Any address but those where a cloud hands out the node's credentials. */
function anyBut(metadataAddresses: readonly string[]): NetworkPeer[] {
  const others = metadataAddresses.filter((address) => !address.startsWith('169.254.'));
  const except = [LINK_LOCAL, ...others.map((address) => `${address}/32`)];
  return [{ ipBlock: { cidr: '0.0.0.0/0', except } }, { ipBlock: { cidr: '::/0', except: LINK_LOCAL_V6 } }];
}

function outside(name: string, { egress }: GatewayPlan, peers: NetworkPeer[]): Hole {
  return {
    name: `${name}-to-providers`,
    why: "addresses of providers change, so any but those where a cloud hands out the node's credentials",
    annotations: { 'berth.dev/hosts': egress.hosts.join(', ') },
    peers,
    ports: [{ port: 443, protocol: 'TCP' }],
  };
}
