import type { Construct } from 'constructs';
import { DownloadEgress } from '../../src/constructs/download-egress.js';
import { NetworkHole, peerOf, podsOfNamespace } from '../../src/constructs/network-hole.js';
import { serverIdentity } from '../../src/constructs/vllm-server.js';
import { selectorLabels } from '../../src/kubernetes/labels.js';
import type { Plan, ServerPlan } from '../../src/plan/plan.js';

/** Who may call the server, and what the download may call. The server itself calls nobody. */
export function buildNetwork(chart: Construct, plan: Plan, server: ServerPlan): void {
  const { namespace, name: instance } = plan;
  const { weights, network } = server;

  for (const { name, why, from } of network.ingress) {
    new NetworkHole(chart, `${server.name}-${name}`, {
      namespace,
      instance,
      name: `${server.name}-${name}`,
      why,
      pods: selectorLabels(serverIdentity(instance, server.name)),
      direction: 'ingress',
      peers: [peerOf(from)],
      ports: [{ port: server.port, protocol: 'TCP' }],
    });
  }

  buildSolverHole(chart, plan, server);
  if (!network.downloadEgress) return;
  new DownloadEgress(chart, `${weights.volumeName}-egress`, {
    namespace,
    instance,
    name: weights.volumeName,
    pods: selectorLabels({ name: 'weights', instance, component: weights.volumeName }),
    hosts: weights.hosts,
    dns: server.platform.dns,
    metadataAddresses: server.platform.metadataAddresses,
    ...(weights.endpoint !== null && { endpoint: weights.endpoint }),
  });
}

/** Port and label of the pods with which cert-manager answers an ACME challenge by HTTP. */
const SOLVER_PORT = 8089;
const SOLVER_PODS = { 'acme.cert-manager.io/http01-solver': 'true' };

/** Without it a certificate of an ACME issuer is never issued: its solver runs in the certificate's namespace. */
function buildSolverHole(
  chart: Construct,
  { exposure, namespace, name: instance }: Plan,
  server: ServerPlan,
): void {
  const entry = server.network.ingress.find(({ name }) => name === 'from-entry')?.from;
  if (exposure?.tls?.issuer == null || entry === undefined || entry === 'same-namespace') return;
  new NetworkHole(chart, `${server.name}-certificate-from-entry`, {
    namespace,
    instance,
    name: `${server.name}-certificate-from-entry`,
    why: 'an issuer that proves the host by HTTP asks a short-lived pod of cert-manager; other issuers start none',
    pods: SOLVER_PODS,
    direction: 'ingress',
    peers: [podsOfNamespace(entry.namespace)],
    ports: [{ port: SOLVER_PORT, protocol: 'TCP' }],
  });
}
