import { key, onServers, type PlanCheck, type PlanFinding } from './planned.js';

export const capacityNode: PlanCheck = {
  id: 'capacity/node',
  title: 'one replica fits one node',
  why: 'a pod takes all its accelerators from one node; a replica that spans nodes needs LeaderWorkerSets',
  source: 'Kubernetes: extended resources are counted per node',
  inputs: ['servers[].accelerator.count', 'cluster.gpusPerNode'],
  run: onServers(({ accelerator }, planned): PlanFinding[] => {
    const has = planned.resolved.cluster.gpusPerNode;
    if (has === undefined || accelerator.count <= has) return [];
    return [
      {
        severity: 'error',
        message: `one replica needs ${accelerator.count} × ${accelerator.id}, a node has ${has}; replicas that span nodes are not emitted yet`,
        remedy: [
          `set sizing.gpusPerReplica to at most ${has} with a smaller precision or context`,
          'take nodes with more accelerators',
        ],
        subject: key(planned, 'sizing.gpusPerReplica'),
      },
    ];
  }),
};

export const capacityCluster: PlanCheck = {
  id: 'capacity/cluster',
  title: 'the replicas fit the cluster',
  why: 'an autoscaler that may ask for more accelerators than there are leaves pods Pending and alerts red',
  source: 'replicas.max × accelerators per replica ≤ nodes × accelerators per node',
  inputs: ['servers[].replicas', 'servers[].accelerator.count', 'cluster.nodes', 'cluster.gpusPerNode'],
  run: onServers(({ accelerator, replicas }, planned): PlanFinding[] => {
    const { nodes, gpusPerNode } = planned.resolved.cluster;
    const subject = key(planned, 'sizing.replicas');
    if (nodes === undefined || gpusPerNode === undefined) {
      const missing = nodes === undefined ? 'cluster.nodes' : 'cluster.gpusPerNode';
      return [
        {
          severity: 'question',
          message: `cannot tell whether ${replicas.max} replicas of ${accelerator.count} × ${accelerator.id} fit: ${missing} is not set`,
          remedy: [`set ${missing}`],
          key: key(planned, missing),
        },
      ];
    }
    const perNode = Math.floor(gpusPerNode / accelerator.count);
    const fits = perNode * nodes;
    if (replicas.max <= fits) return [];
    return [
      {
        severity: 'error',
        message: `up to ${replicas.max} replicas of ${accelerator.count} × ${accelerator.id} are planned, ${nodes} nodes of ${gpusPerNode} hold ${fits}`,
        remedy: [
          fits >= replicas.min ? `set sizing.replicas.max to ${fits}` : 'add nodes, or plan fewer replicas',
        ],
        subject,
      },
    ];
  }),
};
