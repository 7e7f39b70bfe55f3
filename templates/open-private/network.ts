import type { Chart } from 'cdk8s';
import { DownloadEgress } from '../../src/constructs/download-egress.js';
import { NetworkHole, podsOfNamespace } from '../../src/constructs/network-hole.js';
import { serverIdentity } from '../../src/constructs/vllm-server.js';
import { selectorLabels } from '../../src/kubernetes/labels.js';
import type { Plan, ServerPlan } from '../../src/plan/plan.js';

/** Who may call the server, and what the download may call. The server itself calls nobody. */
export function buildNetwork(chart: Chart, plan: Plan, server: ServerPlan): void {
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
      peers: [from === 'same-namespace' ? { podSelector: {} } : podsOfNamespace(from.namespace)],
      ports: [{ port: server.port, protocol: 'TCP' }],
    });
  }

  if (!network.downloadEgress) return;
  new DownloadEgress(chart, `${weights.volumeName}-egress`, {
    namespace,
    instance,
    name: weights.volumeName,
    pods: selectorLabels({ name: 'weights', instance, component: weights.volumeName }),
    hosts: weights.hosts,
    ...(weights.endpoint !== null && { endpoint: weights.endpoint }),
  });
}
