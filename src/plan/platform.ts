import type { ClusterKindProfile } from '../catalog/cluster-kind.js';
import type { ResolvedSelection } from '../selection/resolved.js';
import type { DnsPlan, PlatformPlan } from './platform-plan.js';

/** Where NodeLocal DNSCache listens on every node that runs it. */
const NODE_LOCAL_DNS = '169.254.20.10/32';
/** Instance metadata of most public clouds. */
const METADATA_ADDRESS = '169.254.169.254';

/** What the kind of the selection's cluster asks of the objects. */
export function platformPlan(resolved: ResolvedSelection): PlatformPlan {
  const { cluster, clusterKind: kind } = resolved;
  const signsIn = cluster.identity !== undefined;
  return {
    kind: kind?.id ?? null,
    mode: clusterMode(resolved),
    podAnnotations: kind?.autoscaling.podAnnotations ?? {},
    podLabels: signsIn ? (kind?.identity.podLabels ?? {}) : {},
    namespaceLabels: signsIn ? (kind?.identity.namespaceLabels ?? {}) : {},
    serviceAccountAnnotations: cluster.identity?.annotations ?? {},
    schedulerName: kind?.gpu.schedulerName ?? null,
    imagePullSecret: cluster.imagePullSecretName ?? null,
    dns: dnsPlan(resolved),
    metadataAddresses: [...new Set([METADATA_ADDRESS, ...(kind?.network.metadataAddresses ?? [])])],
    loadBalancer: internalAnnotations(resolved),
  };
}

/** The mode that the selection names, or the only one; null where several are possible. */
export function clusterMode({ cluster, clusterKind }: ResolvedSelection): string | null {
  if (cluster.mode !== undefined) return cluster.mode;
  const modes = clusterKind?.modes ?? [];
  return modes.length === 1 ? (modes[0] ?? null) : null;
}

function dnsPlan(resolved: ResolvedSelection): DnsPlan {
  const { cluster, clusterKind: kind } = resolved;
  const { kubeDns, pods, addresses, addressesByMode } = kind?.network.dns ?? {
    kubeDns: true,
    pods: null,
    addresses: [],
    addressesByMode: {},
  };
  const known = [...addresses, ...(addressesByMode[clusterMode(resolved) ?? ''] ?? [])];
  return {
    // Labels are left out: resolvers of a cluster carry several names, and the namespace holds nothing of a tenant's.
    pods: pods ?? (kubeDns === true ? { namespace: 'kube-system', labels: {}, port: 53 } : null),
    addresses: [...new Set([NODE_LOCAL_DNS, ...known.map(asCidr), ...(cluster.dnsAddresses ?? [])])],
  };
}

/** Annotations that keep the load balancer of an own Gateway inside: the kind's, with the selection's in their place. */
function internalAnnotations(resolved: ResolvedSelection): Record<string, string> {
  const { cluster, expose } = resolved;
  if (expose.mode !== 'internal' || cluster.gateway?.className === undefined) return {};
  if (cluster.gateway.name !== undefined) return {};
  const known = Object.entries(internalAnnotationsOf(resolved)).filter(([, value]) => value !== null);
  return { ...(Object.fromEntries(known) as Record<string, string>), ...cluster.loadBalancer?.annotations };
}

/** The same as the catalogue has them: null where the owner of the cluster must give the value. */
export function internalAnnotationsOf(resolved: ResolvedSelection): Readonly<Record<string, string | null>> {
  const { cluster, clusterKind: kind } = resolved;
  // Classes of the cloud's own make no Service: they are internal or public by their name.
  if (kind === null || Object.values(kind.exposure.gatewayClasses).includes(cluster.gateway?.className ?? ''))
    return {};
  return forMode(kind.exposure.internalService, clusterMode(resolved))?.annotations ?? {};
}

/** The entry of the mode, else the one that holds for every mode. */
export function forMode<T extends { readonly mode?: string | undefined }>(
  entries: readonly T[],
  mode: string | null,
): T | undefined {
  return entries.find((one) => one.mode === mode) ?? entries.find((one) => one.mode === undefined);
}

/** Whether the cluster gives each namespace user ids of its own, so that pods must not choose theirs. */
export function assignsUserIds(kind: ClusterKindProfile | null, mode: string | null): boolean {
  return (
    kind !== null &&
    (mode === null ? kind.assignsUserIds.length === kind.modes.length : kind.assignsUserIds.includes(mode))
  );
}

export function asCidr(address: string): string {
  if (address.includes('/')) return address;
  return `${address}/${address.includes(':') ? 128 : 32}`;
}
