import type { Construct } from 'constructs';
import { DnsHole } from '../../src/constructs/dns-hole.js';
import { licensedIdentity } from '../../src/constructs/licensed-server.js';
import { NetworkHole, outside, peerOf, podsOfNamespace } from '../../src/constructs/network-hole.js';
import { operatorLabels } from '../../src/constructs/nim-service.js';
import { selectorLabels } from '../../src/kubernetes/labels.js';
import type { LicensedPlan } from '../../src/plan/licensed-plan.js';
import type { Plan } from '../../src/plan/plan.js';

/** Who may call the container, and the little that it may call: its licence server, and the hosts that were named. */
export function buildNetwork(
  chart: Construct,
  { namespace, name: instance }: Plan,
  licensed: LicensedPlan,
): void {
  const { name, port, network, licence, egressHosts, metrics, platform, operator } = licensed;
  const pods = operator ? operatorLabels(instance) : selectorLabels(licensedIdentity(instance, name));
  const common = { namespace, instance, pods };
  // The operator's own Job fills the cache, under labels of its own: nothing else is in this namespace.
  const out = operator ? { ...common, pods: {} } : common;

  for (const { name: hole, why, from } of network.ingress) {
    new NetworkHole(chart, `${name}-${hole}`, {
      ...common,
      name: `${name}-${hole}`,
      why,
      direction: 'ingress',
      peers: [peerOf(from)],
      ports: [{ port: hole === 'from-prometheus' ? (metrics?.port ?? port) : port, protocol: 'TCP' }],
    });
  }
  if (licence.kind === 'licence-server') {
    new NetworkHole(chart, `${name}-to-licence`, {
      ...out,
      name: `${name}-to-licence`,
      why: `the container asks its licence server at ${licence.host}`,
      direction: 'egress',
      peers: [
        'namespace' in licence.at
          ? podsOfNamespace(licence.at.namespace)
          : { ipBlock: { cidr: licence.at.cidr } },
      ],
      ports: [{ port: licence.port, protocol: 'TCP' }],
    });
  }
  if (licence.kind === 'licence-server' || egressHosts.length > 0)
    new DnsHole(chart, `${name}-to-dns`, {
      ...out,
      name: `${name}-to-dns`,
      who: 'the container',
      dns: platform.dns,
    });
  if (egressHosts.length === 0) return;
  new NetworkHole(chart, `${name}-to-vendor`, {
    ...out,
    name: `${name}-to-vendor`,
    why: "the container calls its vendor; policies know no names, so any address but the instance metadata's",
    annotations: { 'berth.dev/hosts': egressHosts.join(', ') },
    direction: 'egress',
    peers: outside(platform.metadataAddresses),
    ports: [{ port: 443, protocol: 'TCP' }],
  });
}
