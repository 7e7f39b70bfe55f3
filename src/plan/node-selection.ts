import type { AcceleratorProfile } from '../catalog/accelerator.js';
import type { ClusterKindProfile } from '../catalog/cluster-kind.js';
import type { ResolvedSelection } from '../selection/resolved.js';
import type { NodeCondition } from './platform-plan.js';

/** How pods find the nodes that have their accelerators. */
export interface NodeSelection {
  /** Resource of a whole card; empty where nobody knows it. */
  readonly resource: string;
  readonly nodeLabel: { readonly key: string; readonly values: readonly string[] } | null;
  readonly nodeConditions: readonly NodeCondition[];
  readonly taintKeys: readonly string[];
}

const MACHINE_LABEL = 'node.kubernetes.io/instance-type';
type Where = Pick<ResolvedSelection, 'cluster' | 'clusterKind'>;
/** What must be known of a card: its id in the catalogue, and what upstream Kubernetes calls it. */
type Card = {
  readonly id: string;
  readonly kubernetes: Pick<
    AcceleratorProfile['kubernetes'],
    'resource' | 'productLabelKey' | 'productLabels'
  >;
};
type Labels = ClusterKindProfile['gpu']['labels'][number];

/**
 * Resource, label and taints of the nodes: what the selection says, else what the kind of cluster has of its own, else what
 * the device plugins of upstream Kubernetes give. Labels of two families never stand in one term.
 * @param count Accelerators of one pod: machines with fewer do not count.
 */
export function nodeSelection(where: Where, accelerator: Card, count: number): NodeSelection {
  const { cluster, clusterKind } = where;
  const entry = clusterKind && labelsOf(clusterKind, cluster.mode);
  const nodeLabel = cluster.nodeLabel ?? labelOf(where, accelerator, entry, count);
  const apart = cluster.nodeLabel === undefined ? entry?.apart[accelerator.id] : undefined;
  const own = clusterKind?.gpu.resourceOf[accelerator.id];
  const nothing = clusterKind !== null && clusterKind.gpu.resources.length === 0;
  const resource = cluster.resource ?? own ?? (nothing ? '' : (accelerator.kubernetes.resource ?? ''));
  return {
    resource,
    nodeLabel,
    nodeConditions: [
      ...(apart && nodeLabel?.key === entry?.key ? [{ ...apart, operator: 'In' as const }] : []),
      ...(clusterKind?.gpu.sharedWhere ?? []).map(({ key, values }) =>
        values.length === 0
          ? { key, operator: 'DoesNotExist' as const, values }
          : { key, operator: 'NotIn' as const, values },
      ),
    ],
    taintKeys: [
      ...(clusterKind?.gpu.taints ?? []).map(({ key }) => key),
      ...(resource === '' ? [] : [resource]),
    ],
  };
}

/** The labels of one mode; undefined where modes differ and nobody says which it is. */
export function labelsOf(kind: ClusterKindProfile, mode: string | undefined): Labels | undefined {
  const general = kind.gpu.labels.find((labels) => labels.mode === undefined);
  return kind.gpu.labels.find((labels) => labels.mode === mode && mode !== undefined) ?? general;
}

function labelOf(
  { cluster, clusterKind }: Where,
  accelerator: Card,
  entry: Labels | null | undefined,
  count: number,
): NodeSelection['nodeLabel'] {
  const { productLabelKey, productLabels } = accelerator.kubernetes;
  const product = productLabels.length === 0 ? null : { key: productLabelKey, values: productLabels };
  if (clusterKind === null) return product;
  const known = entry?.key == null ? undefined : entry.values[accelerator.id];
  if (entry?.key != null && known !== undefined) return { key: entry.key, values: known };
  if (entry?.key === productLabelKey) return product;
  const machines =
    cluster.machine === undefined ? machinesWith(clusterKind, accelerator.id, count) : [cluster.machine];
  // A kind that has no label of cards may still have been read with its machines; names of machines are a label everywhere.
  return machines.length === 0 ? null : { key: MACHINE_LABEL, values: machines };
}

/** Machines of the kind that were read with enough of the accelerator, in the order of the catalogue. */
export function machinesWith(kind: ClusterKindProfile, accelerator: string, count: number): string[] {
  const machines = kind.regions.flatMap((region) => region.machines);
  return [
    ...new Set(
      machines
        .filter((machine) => machine.accelerator === accelerator && (machine.count ?? 0) >= count)
        .map(({ type }) => type),
    ),
  ];
}
