import type { Api } from './api.js';
import { type KubeObject, objectId } from './kube-object.js';

/** What each workload still lacks, with the scheduler's reason where a pod found no node. */
export async function unreadyWorkloads(
  api: Api,
  workloads: readonly KubeObject[],
): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const workload of workloads) {
    const { body } = await api.get(workload);
    if (!isWhole({ ...body, kind: workload.kind }))
      missing.push(`${objectId(workload)} ${body.status?.conditions?.at(-1)?.message ?? ''}`);
  }
  if (missing.length > 0) missing.push(...(await unscheduledPods(api, workloads)));
  return missing;
}

/** All pods of the namespaces that the workloads live in, those that are being deleted too. */
export async function podsOf(api: Api, workloads: readonly KubeObject[]): Promise<readonly KubeObject[]> {
  const namespaces = [...new Set(workloads.map(({ metadata }) => metadata.namespace ?? 'default'))];
  return (await Promise.all(namespaces.map((namespace) => api.list('v1', 'Pod', namespace)))).flat();
}

export function isReady({ status, metadata }: KubeObject): boolean {
  const conditions = (status?.conditions ?? []) as readonly { type: string; status: string }[];
  return (
    !metadata.deletionTimestamp &&
    conditions.some((condition) => condition.type === 'Ready' && condition.status === 'True')
  );
}

/** Whether a controller has done all that the workload asks: current, complete, ready. */
export function isWhole({ kind, spec, status, metadata }: KubeObject): boolean {
  if (status?.observedGeneration !== undefined && status.observedGeneration !== metadata.generation)
    return false;
  switch (kind) {
    case 'Job':
      return (status?.succeeded ?? 0) >= (spec.completions ?? 1);
    case 'Pod':
      return status?.phase === 'Running';
    case 'CronJob':
      return true;
    case 'DaemonSet':
      return (status?.numberReady ?? 0) === (status?.desiredNumberScheduled ?? -1);
    default: {
      const wanted = spec?.replicas ?? 1;
      const counts = [status?.replicas, status?.updatedReplicas, status?.readyReplicas];
      return status?.observedGeneration !== undefined && counts.every((count) => (count ?? 0) === wanted);
    }
  }
}

async function unscheduledPods(api: Api, workloads: readonly KubeObject[]): Promise<readonly string[]> {
  return (await podsOf(api, workloads)).flatMap(({ metadata, status }) => {
    const conditions = (status?.conditions ?? []) as readonly {
      type: string;
      status: string;
      message?: string;
    }[];
    const refused = conditions.find(
      (condition) => condition.type === 'PodScheduled' && condition.status === 'False',
    );
    return refused ? [`${metadata.name}: ${refused.message}`] : [];
  });
}
