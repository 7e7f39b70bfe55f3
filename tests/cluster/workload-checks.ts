import type { Api } from './api.js';
import { addTwin, drainNode, uncordon } from './drain.js';
import { deviceOf } from './fleet.js';
import { heldDevices, takeFreeGpus, totalDevices } from './gpu-accounting.js';
import { type KubeObject, objectId } from './kube-object.js';
import { type Stage, waitUntilReady } from './stage.js';
import { isNodeBound } from './volumes.js';
import { waitUntil } from './wait.js';
import { isReady, isWhole, podsOf } from './workloads.js';

const FILLERS = 'proving-ground-fillers';

/** Claims that one node only can mount, once they have a volume. */
export async function nodeBoundClaims(
  api: Api,
  { environment }: Pick<Stage, 'environment'>,
): Promise<readonly KubeObject[]> {
  const claims = environment.objects.filter(
    ({ kind, spec }) => kind === 'PersistentVolumeClaim' && isNodeBound(spec),
  );
  return (await Promise.all(claims.map((claim) => api.get(claim))))
    .map(({ body }) => body)
    .filter(({ spec }) => spec.volumeName);
}

/**
 * Replaces the servers that use a node-bound volume while a like node stands empty beside theirs.
 * @returns the node of the volume, and the nodes on which its pods ran and run
 */
export async function replaceUsersOf(
  api: Api,
  stage: Stage,
  claim: KubeObject,
): Promise<{ readonly node: string; readonly users: readonly string[] }> {
  const volume = (
    await api.get({ apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: claim.spec.volumeName } })
  ).body;
  const node = volume.spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0].values[0] as string;
  const users = async () =>
    (await podsOf(api, stage.workloads)).filter((pod) => mounts(pod, claim.metadata.name));
  const before = await users();
  const servers = before.filter(isReady);
  const home = stage.nodes.find(({ metadata }) => metadata.name === node) as KubeObject;
  const twin = await addTwin(api, home, `${node}-twin`);
  for (const server of servers) await api.remove(server);
  const gone = new Set(servers.map(({ metadata }) => metadata.uid));
  await waitUntil(
    'pods deleted',
    async () => !(await users()).some(({ metadata }) => gone.has(metadata.uid)) || 'still there',
  );
  await waitUntilReady(api, stage);
  await api.remove(twin);
  return { node, users: [...before, ...(await users())].map(({ spec }) => spec.nodeName as string) };
}

/** Pods seen during a rollout, against what the GPUs hold. */
export interface Rollout {
  readonly workload: string;
  readonly mostPods: number;
  readonly replicas: number;
  readonly mostDevices: number;
  readonly totalDevices: number;
}

/** Changes one annotation of each GPU workload's pods while every GPU is taken, and waits until the change is through. */
export async function rollOutOnFullNodes(api: Api, stage: Stage): Promise<readonly Rollout[]> {
  const namespace = FILLERS;
  await takeFreeGpus(api, stage.nodes, namespace);
  const rollouts: Rollout[] = [];
  for (const workload of gpuWorkloads(stage))
    rollouts.push(await rollOut(api, workload, totalDevices(stage.nodes)));
  await api.request('DELETE', `/api/v1/namespaces/${namespace}/pods?gracePeriodSeconds=0`);
  await waitUntil(
    'fillers gone',
    async () => (await api.list('v1', 'Pod', namespace)).length === 0 || 'still there',
  );
  return rollouts;
}

/** Drains every node that holds ready pods, one after the other. @throws where a disruption budget never lets one go */
export async function drainEveryNode(api: Api, stage: Stage): Promise<number> {
  let drained = 0;
  for (const node of stage.nodes) {
    const pods = (await podsOf(api, stage.workloads)).filter(
      (pod) => pod.spec.nodeName === node.metadata.name && isReady(pod),
    );
    if (pods.length === 0) continue;
    const owners = pods.map(({ metadata }) => metadata.ownerReferences?.[0]?.uid);
    // Two pods of one workload on a node can leave one after the other only where the first finds another place.
    const twin =
      new Set(owners).size < owners.length
        ? await addTwin(api, node, `${node.metadata.name}-twin`)
        : undefined;
    await drainNode(api, node);
    await uncordon(api, node);
    await waitUntilReady(api, stage);
    if (twin) {
      await drainNode(api, twin);
      await api.remove(twin);
      await waitUntilReady(api, stage);
    }
    drained += 1;
  }
  return drained;
}

async function rollOut(api: Api, workload: KubeObject, total: number): Promise<Rollout> {
  const annotations = { 'proving-ground/rollout': new Date().toISOString() };
  const { status, failure } = await api.merge(workload, {
    spec: { template: { metadata: { annotations } } },
  });
  if (status > 299) throw new Error(`${objectId(workload)}: ${failure}`);
  let [mostPods, mostDevices, replicas] = [0, 0, 1];
  await waitUntil(
    `rollout of ${objectId(workload)}`,
    async () => {
      const pods = (await api.list('v1', 'Pod')).filter(({ metadata }) => !metadata.deletionTimestamp);
      mostPods = Math.max(mostPods, ownPods(pods, workload).length);
      mostDevices = Math.max(mostDevices, heldDevices(pods));
      const { body } = await api.get(workload);
      replicas = body.spec.replicas ?? 1;
      const messages = (body.status?.conditions ?? []).map(({ message }: { message: string }) => message);
      return isWhole({ ...body, kind: workload.kind }) || messages.join('; ');
    },
    { timeoutMs: 90_000, everyMs: 100 },
  );
  return { workload: objectId(workload), mostPods, replicas, mostDevices, totalDevices: total };
}

function gpuWorkloads({ workloads }: Stage): readonly KubeObject[] {
  return workloads.filter(
    ({ kind, spec }) => ['Deployment', 'StatefulSet'].includes(kind) && deviceOf(spec.template.spec),
  );
}

function mounts({ spec }: KubeObject, claim: string): boolean {
  const volumes = (spec.volumes ?? []) as readonly { persistentVolumeClaim?: { claimName: string } }[];
  return volumes.some((volume) => volume.persistentVolumeClaim?.claimName === claim);
}

function ownPods(
  pods: readonly KubeObject[],
  { metadata: { name, namespace }, kind }: KubeObject,
): readonly KubeObject[] {
  const isOwner = (owner: { kind: string; name: string }) =>
    kind === 'Deployment'
      ? owner.kind === 'ReplicaSet' && owner.name.replace(/-[^-]+$/, '') === name
      : owner.kind === kind && owner.name === name;
  return pods.filter(
    (pod) => pod.metadata.namespace === namespace && pod.metadata.ownerReferences?.some(isOwner),
  );
}
