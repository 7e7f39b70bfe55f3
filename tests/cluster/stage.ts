import type { Api } from './api.js';
import type { Environment } from './environments.js';
import { fleet } from './fleet.js';
import { type KubeObject, objectId } from './kube-object.js';
import { simulateNimOperator } from './nim-operator.js';
import { podTemplates } from './pod-templates.js';
import { prerequisites } from './prerequisites.js';
import { simulateLeaderWorkerSets } from './simulated-controllers.js';
import { provisionVolumes } from './volumes.js';
import { waitUntil } from './wait.js';
import { unreadyWorkloads } from './workloads.js';

/** One environment on the cluster, with the nodes that an owner provides. */
export interface Stage {
  readonly environment: Environment;
  readonly nodes: readonly KubeObject[];
  /** What whole-pod workloads run: the emitted ones, and those made in place of a controller that cannot run here. */
  readonly workloads: readonly KubeObject[];
}

export interface StageProps {
  /** Start of the nodes' names. */
  readonly name: string;
  /** GPU nodes of each kind beyond what the pods at rest fill. @default 0 */
  readonly spare?: number;
  /** Changes the nodes before they are made. @default none */
  readonly prepare?: (node: KubeObject, index: number) => KubeObject;
}

/**
 * Applies an environment and what an owner provides around it.
 * @returns the warnings that objects were applied with
 * @throws with every object that was refused
 */
export async function applyEnvironment(api: Api, environment: Environment): Promise<readonly string[]> {
  const refused: string[] = [];
  const warnings: string[] = [];
  // Secrets and the like that an owner makes lie in namespaces that the manifests bring.
  const namespaces = environment.objects.filter(({ kind }) => kind === 'Namespace');
  const rest = environment.objects.filter(({ kind }) => kind !== 'Namespace');
  for (const object of [...namespaces, ...prerequisites(environment.objects), ...rest]) {
    const answer = await api.apply(object);
    if (answer.status > 299) refused.push(`${objectId(object)}: ${answer.failure}`);
    warnings.push(...answer.warnings.map((warning) => `${objectId(object)}: ${warning}`));
  }
  if (refused.length > 0) throw new Error(`${environment.id}: ${refused.join('\n')}`);
  return warnings;
}

/** Applies an environment, gives it nodes, and waits until every pod that it asks for is ready and every Job done. */
export async function stageEnvironment(
  api: Api,
  environment: Environment,
  { name, spare, prepare = (node) => node }: StageProps,
): Promise<Stage> {
  const nodes = fleet({ templates: podTemplates(environment.objects), name, spare }).map(prepare);
  await createNodes(api, nodes);
  await applyEnvironment(api, environment);
  await scaleToMinimum(api, environment);
  const real = podTemplates(environment.objects).filter(({ realController }) => realController);
  const stage = {
    environment,
    nodes,
    workloads: [
      ...real.map(({ owner }) => owner),
      ...(await simulateLeaderWorkerSets(api, environment.objects)),
      ...(await simulateNimOperator(api, environment.objects)),
    ],
  };
  await waitUntilReady(api, stage);
  return stage;
}

// The manifests leave replicas to the autoscaler, which does not run here: it would start with its minimum.
async function scaleToMinimum(api: Api, { objects }: Environment): Promise<void> {
  for (const { owner, pods, realController } of podTemplates(objects)) {
    if (
      !realController ||
      !['Deployment', 'StatefulSet'].includes(owner.kind) ||
      owner.spec.replicas !== undefined
    )
      continue;
    const { failure } = await api.merge(owner, { spec: { replicas: pods } }, 'scale');
    if (failure) throw new Error(`${objectId(owner)}: ${failure}`);
  }
}

export async function createNodes(api: Api, nodes: readonly KubeObject[]): Promise<void> {
  for (const node of nodes) {
    const { failure } = await api.create(node);
    if (failure) throw new Error(`${objectId(node)}: ${failure}`);
  }
}

/** Waits until all workloads are whole, provisioning volumes meanwhile. Returns the milliseconds it took. */
export async function waitUntilReady(
  api: Api,
  { environment, workloads }: Pick<Stage, 'environment' | 'workloads'>,
  timeoutMs = 60_000,
): Promise<number> {
  return waitUntil(
    `${environment.id} ready`,
    async () => {
      for (const namespace of environment.namespaces) await provisionVolumes(api, namespace);
      const missing = await unreadyWorkloads(api, workloads);
      return missing.length === 0 || missing.join('; ');
    },
    { timeoutMs },
  );
}

/** Deletes all that an environment and its stage put on the cluster: its nodes are those whose names start so. */
export async function strike(api: Api, { objects, namespaces }: Environment, nodes?: string): Promise<void> {
  for (const object of [...objects, ...prerequisites(objects)]) {
    if (object.kind !== 'Namespace') await api.remove(object);
  }
  // Pods first and at once: a namespace that finds pods waits for half of their grace period.
  await waitUntil('pods gone', async () => {
    const pods = (await Promise.all(namespaces.map((namespace) => api.list('v1', 'Pod', namespace)))).flat();
    for (const pod of pods) await api.request('DELETE', `${await api.path(pod)}?gracePeriodSeconds=0`);
    return pods.length === 0 || pods.map(({ metadata }) => metadata.name).join(', ');
  });
  for (const name of namespaces)
    await api.remove({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  for (const node of await api.list('v1', 'Node')) {
    if (nodes && node.metadata.name.startsWith(nodes)) await api.remove(node);
  }
  for (const volume of await api.list('v1', 'PersistentVolume')) {
    if (namespaces.includes(volume.spec.claimRef?.namespace)) await api.remove(volume);
  }
}

/** Waits until namespaces that were deleted are gone and their names are free again. */
export async function waitUntilGone(api: Api, namespaces: readonly string[]): Promise<void> {
  await waitUntil(`${namespaces.join(', ')} gone`, async () => {
    const left = (await api.list('v1', 'Namespace')).filter(({ metadata }) =>
      namespaces.includes(metadata.name),
    );
    return (
      left.length === 0 ||
      left
        .map(({ metadata, status }) => `${metadata.name}: ${status?.conditions?.at(-1)?.message}`)
        .join('; ')
    );
  });
}
