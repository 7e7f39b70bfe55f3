import { key, type PlanCheck, type PlanFinding } from './planned.js';

export const securityNetworkPolicy: PlanCheck = {
  id: 'security/network-policy',
  title: 'the cluster enforces NetworkPolicies',
  why: 'a network plug-in without policy support accepts the objects and lets everything pass',
  source: 'Kubernetes: NetworkPolicy needs a plug-in',
  inputs: ['cluster.capabilities'],
  guards: true,
  run: (planned): PlanFinding[] =>
    // A kind of cluster has its own check: provider/netpol-enforced.
    planned.resolved.cluster.capabilities?.includes('network-policy') || planned.resolved.clusterKind !== null
      ? []
      : [
          {
            severity: 'question',
            message:
              'nothing says that this cluster enforces NetworkPolicies: the closed network of this plan may be open',
            remedy: [
              'add network-policy to cluster.capabilities after trying it: a pod of another namespace must not reach the server',
            ],
            key: key(planned, 'cluster.capabilities'),
          },
        ],
};
