import type { Api } from './api.js';
import { type Json, type KubeObject, objectId } from './kube-object.js';
import { type PodTemplate, podTemplates, replicas } from './pod-templates.js';

/** A Pod as a controller makes it from a template, for a dry run. */
export function podFrom({ owner, template, role }: PodTemplate): KubeObject {
  const { labels, annotations } = template.metadata ?? {};
  const { name, namespace = 'default' } = owner.metadata;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `${name}-${role}-try`, namespace, labels, annotations },
    spec: template.spec,
  };
}

/**
 * Does for each LeaderWorkerSet what its controller (v0.10) does: one StatefulSet of leaders and one of workers per
 * group, from the emitted templates, with its labels and variables. Restarts of whole groups and exclusive topology
 * are not simulated.
 * @returns the StatefulSets made
 */
export async function simulateLeaderWorkerSets(
  api: Api,
  objects: readonly KubeObject[],
): Promise<readonly KubeObject[]> {
  const made: KubeObject[] = [];
  for (const owner of objects.filter(({ kind }) => kind === 'LeaderWorkerSet')) {
    const { uid } = (await api.get(owner)).body.metadata;
    for (const set of leaderWorkerStatefulSets(owner, replicas(owner, objects), uid ?? '')) {
      const { failure, body } = await api.create(set);
      if (failure) throw new Error(`${objectId(set)}: ${failure}`);
      made.push(body);
    }
  }
  return made;
}

/** How many pods of these objects a simulated controller makes, and of which kinds it is. */
export function simulatedPods(objects: readonly KubeObject[]): {
  readonly count: number;
  readonly kinds: readonly string[];
} {
  const templates = podTemplates(objects).filter(({ realController }) => !realController);
  return {
    count: templates.reduce((sum, { pods }) => sum + pods, 0),
    kinds: [...new Set(templates.map(({ owner }) => owner.kind))],
  };
}

export function leaderWorkerStatefulSets(
  owner: KubeObject,
  groups: number,
  uid: string,
): readonly KubeObject[] {
  const { size = 1, leaderTemplate, workerTemplate } = owner.spec.leaderWorkerTemplate;
  const { name } = owner.metadata;
  const leaders = statefulSet({
    owner,
    uid,
    size,
    name,
    replicas: groups,
    firstOrdinal: 0,
    template: leaderTemplate ?? workerTemplate,
    labels: { [label('worker-index')]: '0' },
  });
  const workers = Array.from({ length: groups }, (_, group) =>
    statefulSet({
      owner,
      uid,
      size,
      name: `${name}-${group}`,
      replicas: size - 1,
      firstOrdinal: 1,
      template: workerTemplate,
      labels: { [label('group-index')]: String(group) },
    }),
  );
  return [leaders, ...workers];
}

interface StatefulSetProps {
  readonly owner: KubeObject;
  readonly uid: string;
  readonly size: number;
  readonly name: string;
  readonly replicas: number;
  readonly firstOrdinal: number;
  readonly template: PodTemplate['template'];
  readonly labels: Readonly<Record<string, string>>;
}

function statefulSet({
  owner,
  uid,
  size,
  name,
  replicas: count,
  firstOrdinal,
  template,
  labels,
}: StatefulSetProps): KubeObject {
  const { kind, metadata } = owner;
  const controller = { apiVersion: owner.apiVersion, kind, name: metadata.name, uid, controller: true };
  const { name: set, namespace = 'default' } = metadata;
  const podLabels = { ...template.metadata?.labels, ...labels, [label('name')]: set };
  const index = { fieldRef: { fieldPath: "metadata.labels['apps.kubernetes.io/pod-index']" } };
  const env = [
    {
      name: 'LWS_LEADER_ADDRESS',
      value: `${set}-${labels[label('group-index')] ?? '0'}.${set}.${namespace}`,
    },
    { name: 'LWS_GROUP_SIZE', value: String(size) },
    { name: 'LWS_WORKER_INDEX', ...(firstOrdinal === 0 ? { value: '0' } : { valueFrom: index }) },
  ];
  // The controller's variables come first, so that arguments and later variables can refer to them.
  const withEnv = (container: Json) => ({ ...container, env: [...env, ...(container.env ?? [])] });
  const { containers, initContainers, ...rest } = template.spec;
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: {
      name,
      namespace,
      labels: podLabels,
      ownerReferences: [controller],
    },
    spec: {
      serviceName: set,
      replicas: count,
      podManagementPolicy: 'Parallel',
      ordinals: { start: firstOrdinal },
      selector: { matchLabels: { [label('name')]: set, ...labels } },
      ...(owner.spec.leaderWorkerTemplate.volumeClaimTemplates && {
        volumeClaimTemplates: owner.spec.leaderWorkerTemplate.volumeClaimTemplates,
      }),
      template: {
        metadata: {
          labels: podLabels,
          annotations: { ...template.metadata?.annotations, [label('size')]: String(size) },
        },
        spec: {
          ...rest,
          containers: containers.map(withEnv),
          ...(initContainers && { initContainers: initContainers.map(withEnv) }),
        },
      },
    },
  };
}

function label(name: string): string {
  return `leaderworkerset.sigs.k8s.io/${name}`;
}
