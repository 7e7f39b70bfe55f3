import type { ResolvedSelection } from '../selection/resolved.js';
import { labelsOf } from './node-selection.js';
import type { AcceleratorPlan, ServerPlan } from './plan.js';
import { clusterMode, forMode } from './platform.js';
import type { ComputeClassPlan, PoolPlan } from './platform-plan.js';

/** Node disk that holds the image (20 GiB unpacked) and a node's caches. */
const DEFAULT_DISK_GIB = 200;
/** Below it a pause of the callers takes nodes away that take minutes to come back with their weights. */
const CONSOLIDATE_AFTER_MINUTES = 30;
const CAPACITY_LABEL = 'karpenter.sh/capacity-type';
const ZONE_LABEL = 'topology.kubernetes.io/zone';
/** Room for the node's own pods, the volume's detachment and the drain's start. */
const SPARE_SECONDS = 300;

/** Kinds of pool that can be emitted: the others have no published definition to be checked against. */
const EMITTED = ['karpenter.sh/v1/NodePool', 'cloud.google.com/v1/ComputeClass'];
/** By it pods choose a ComputeClass; GKE taints the nodes of one with it. */
const COMPUTE_CLASS = 'cloud.google.com/compute-class';

/** The kind's pool object that Berth emits; undefined where there is none. */
export function poolObject(resolved: ResolvedSelection) {
  const pool = forMode(resolved.clusterKind?.autoscaling.pools ?? [], clusterMode(resolved));
  return pool !== undefined && EMITTED.includes(`${pool.apiVersion}/${pool.kind}`) ? pool : undefined;
}

/** Nodes for one server; null where the selection asks for none or the kind has no object for it. */
export function poolPlan(
  resolved: ResolvedSelection,
  {
    name,
    accelerator,
    replicas,
    lifecycle,
  }: Pick<ServerPlan, 'name' | 'accelerator' | 'replicas' | 'lifecycle'>,
): PoolPlan | null {
  const wish = resolved.cluster.pool;
  const poolName = `${resolved.namespace}-${name}`;
  const object = poolObject(resolved);
  if (object?.kind === 'ComputeClass') return computeClassPlan(resolved, poolName, accelerator);
  const nodeClass = object?.nodeClass;
  if (wish === undefined || nodeClass === undefined) return null;
  const { nodeLabel, nodeConditions } = accelerator;
  const [group = ''] = nodeClass.apiVersion.split('/');
  return {
    object: 'NodePool',
    name: poolName,
    nodeClass: { group, kind: nodeClass.kind, name: wish.nodeClass ?? poolName },
    ec2: wish.ec2 && wish.nodeClass === undefined ? { diskGib: DEFAULT_DISK_GIB, ...wish.ec2 } : null,
    requirements: [
      ...(nodeLabel === null ? [] : [{ ...nodeLabel, operator: 'In' as const }]),
      ...nodeConditions.filter(({ operator }) => operator === 'In'),
      { key: CAPACITY_LABEL, operator: 'In', values: wish.capacity ?? ['on-demand'] },
      ...(wish.zones === undefined ? [] : [{ key: ZONE_LABEL, operator: 'In' as const, values: wish.zones }]),
    ],
    taintKeys: [accelerator.resource],
    resource: accelerator.resource,
    accelerators: nodeAccelerators(resolved, accelerator.count) * replicas.max,
    consolidateAfterMinutes: CONSOLIDATE_AFTER_MINUTES,
    terminationGraceSeconds: lifecycle.terminationGraceSeconds + SPARE_SECONDS,
  };
}

/** Accelerators of the node that one replica takes: a machine comes whole. */
function nodeAccelerators({ cluster }: ResolvedSelection, count: number): number {
  const perNode = cluster.gpusPerNode ?? count;
  return Math.max(perNode, count);
}

/** Null where the selection asks for none, or where GKE has no name of the card. */
function computeClassPlan(
  resolved: ResolvedSelection,
  name: string,
  { id, count }: AcceleratorPlan,
): ComputeClassPlan | null {
  const { clusterKind, cluster } = resolved;
  const wish = cluster.pool;
  const cards = clusterKind === null ? undefined : labelsOf(clusterKind, cluster.mode)?.values[id];
  if (wish === undefined || cards === undefined) return null;
  return {
    object: 'ComputeClass',
    name,
    cards,
    cardsPerNode: nodeAccelerators(resolved, count),
    capacity: wish.capacity ?? ['on-demand'],
    zones: wish.zones ?? null,
    consolidateAfterMinutes: CONSOLIDATE_AFTER_MINUTES,
  };
}

/** What pods must ask for beside the card, so that their pool makes nodes for them. */
export function chosenPool(accelerator: AcceleratorPlan, pool: PoolPlan | null): AcceleratorPlan {
  if (pool?.object !== 'ComputeClass') return accelerator;
  return {
    ...accelerator,
    nodeConditions: [
      ...accelerator.nodeConditions,
      { key: COMPUTE_CLASS, operator: 'In', values: [pool.name] },
    ],
    tolerationKeys: [...accelerator.tolerationKeys, COMPUTE_CLASS],
  };
}
