import type { Api } from './api.js';
import type { Environment } from './environments.js';
import { type KubeObject, objectId } from './kube-object.js';
import { prerequisites } from './prerequisites.js';

/** Objects that GitOps tools and Helm leave in place when their manifest goes, by their annotations. */
export function keptObjects({ objects }: Environment): readonly KubeObject[] {
  return objects.filter(({ metadata: { annotations = {} } }) => {
    const argo = annotations['argocd.argoproj.io/sync-options'] ?? '';
    return (
      /(Prune|Delete)=false/.test(argo) ||
      annotations['kustomize.toolkit.fluxcd.io/prune'] === 'disabled' ||
      annotations['helm.sh/resource-policy'] === 'keep'
    );
  });
}

/**
 * Deletes an environment as a GitOps tool prunes it: all but the kept objects.
 * @throws where that would delete the namespace of a kept object, and the object with it
 */
export async function removeEnvironment(api: Api, environment: Environment): Promise<void> {
  const kept = new Set(keptObjects(environment));
  for (const object of [...environment.objects].reverse().filter((candidate) => !kept.has(candidate))) {
    const doomed = [...kept].filter(
      ({ metadata }) => object.kind === 'Namespace' && metadata.namespace === object.metadata.name,
    );
    if (doomed.length > 0)
      throw new Error(`removing ${objectId(object)} takes ${doomed.map(objectId).join(', ')} along`);
    const { failure, status } = await api.remove(object);
    if (failure && status !== 404) throw new Error(`${objectId(object)}: ${failure}`);
  }
}

// What controllers make beside the emitted kinds.
const DERIVED = [
  ['v1', 'Pod'],
  ['apps/v1', 'ReplicaSet'],
  ['apps/v1', 'StatefulSet'],
  ['apps/v1', 'ControllerRevision'],
  ['apps/v1', 'Deployment'],
  ['batch/v1', 'Job'],
  ['discovery.k8s.io/v1', 'EndpointSlice'],
  ['autoscaling/v2', 'HorizontalPodAutoscaler'],
] as const;

/** Objects of a removed environment that are still there: kept ones, the namespace's own and the owner's left out. */
export async function leftOvers(api: Api, environment: Environment): Promise<readonly string[]> {
  const kinds = new Map<string, readonly [string, string]>();
  for (const kind of [
    ...DERIVED,
    ...environment.objects.map((object) => [object.apiVersion, object.kind] as const),
  ])
    kinds.set(kind.join(' '), kind);
  const allowed = new Set([...keptObjects(environment), ...prerequisites(environment.objects)].map(objectId));
  const keptUids = await keptWithOwned(api, environment);
  const left: string[] = [];
  for (const [apiVersion, kind] of kinds.values()) {
    const emitted = environment.objects.filter((object) => object.kind === kind);
    const live = (await api.isNamespaced(apiVersion, kind))
      ? (
          await Promise.all(environment.namespaces.map((namespace) => api.list(apiVersion, kind, namespace)))
        ).flat()
      : (await api.list(apiVersion, kind)).filter(({ metadata }) =>
          emitted.some((object) => object.metadata.name === metadata.name),
        );
    left.push(
      ...live
        .filter(({ metadata }) => !keptUids.has(metadata.uid ?? ''))
        .map(objectId)
        .filter(
          (id) => !allowed.has(id) && !/\/(ServiceAccount\/default|ConfigMap\/kube-root-ca.crt)$/.test(id),
        ),
    );
  }
  return left;
}

/** Kept objects and the Jobs and Pods that a controller made for them: they go when their owner goes. */
async function keptWithOwned(api: Api, environment: Environment): Promise<ReadonlySet<string>> {
  const kept = await Promise.all(keptObjects(environment).map((object) => api.get(object)));
  const uids = new Set(kept.flatMap(({ body }) => body.metadata?.uid ?? []));
  for (const [apiVersion, kind] of [
    ['batch/v1', 'Job'],
    ['v1', 'Pod'],
  ] as const)
    for (const namespace of environment.namespaces)
      for (const { metadata } of await api.list(apiVersion, kind, namespace))
        if (metadata.ownerReferences?.some(({ uid }) => uids.has(uid))) uids.add(metadata.uid ?? '');
  return uids;
}
