import type { ClusterKindProfile } from '../../src/catalog/cluster-kind.js';
import type { ServerPlan } from '../../src/plan/plan.js';
import type { PoolPlan } from '../../src/plan/platform-plan.js';

/** What the owner of the cluster must see to: the pool where none is emitted, and what only the live cluster tells. */
export function nodesToMake(kind: ClusterKindProfile, server: ServerPlan | undefined): string[] {
  if (server === undefined) return [];
  const { accelerator, pool, replicas } = server;
  const open = kind.questions.filter(({ key }) => key === null).map(({ ask }) => ask);
  const taints = (kind.gpu.taints ?? []).map(({ key }) => key);
  return [
    pool === null
      ? `the pool of nodes is made outside of the cluster: ${accelerator.count} × ${accelerator.resource} a replica, ${replicas.min} to ${replicas.max} replicas, ${labels(accelerator)}, taint ${taints.length > 0 ? taints.join(' or ') : 'nvidia.com/gpu'}; ${toZero(kind)}`
      : made(pool),
    ...(open.length > 0 ? [`to be looked at on the cluster: ${open.join(', ')}`] : []),
    ...kind.driver.notes.map((note) => `driver: ${note}`),
    ...(kind.podSecurity.length > 0 ? kind.podSecurity.map((note) => `pod security: ${note}`) : []),
  ];
}

function made(pool: PoolPlan): string {
  const goes = `${pool.consolidateAfterMinutes} minutes after the last pod they go, down to none`;
  return pool.object === 'NodePool'
    ? `nodes come from NodePool ${pool.name}, up to ${pool.accelerators} × ${pool.resource}; ${goes}`
    : `nodes come from ComputeClass ${pool.name}, ${pool.cardsPerNode} × ${pool.cards.join(' or ')} each; ${goes}; how many at most only the cluster's own limits of node auto-provisioning say`;
}

function labels({ nodeLabel }: ServerPlan['accelerator']): string {
  return nodeLabel === null
    ? 'no label is needed'
    : `label ${nodeLabel.key} in ${nodeLabel.values.join(', ')}`;
}

function toZero({ autoscaling }: ClusterKindProfile): string {
  if (autoscaling.scaleToZero === null) return 'whether it can shrink to no node is not known';
  return autoscaling.scaleToZero ? 'it can shrink to no node' : 'it keeps its nodes';
}
