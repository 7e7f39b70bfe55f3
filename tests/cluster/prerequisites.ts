import type { Api } from './api.js';
import { type KubeObject, objectId } from './kube-object.js';
import { operatorClaims } from './nim-operator.js';
import { references } from './references.js';
import { storageClasses } from './volumes.js';

const CLUSTER_KINDS = { RuntimeClass: 'node.k8s.io/v1', PriorityClass: 'scheduling.k8s.io/v1' } as const;

/**
 * What an owner or an operator provides before the manifests are applied: namespaces that are not emitted, Secrets
 * (dummy values), storage classes, runtime and priority classes.
 */
export function prerequisites(objects: readonly KubeObject[]): readonly KubeObject[] {
  const emitted = new Set(
    objects.map(({ kind, metadata }) => `${kind}/${metadata.namespace ?? ''}/${metadata.name}`),
  );
  const secrets = new Map<string, KubeObject>();
  const others = new Map<string, KubeObject>();
  for (const { kind, name, namespace, keys } of references(objects)) {
    if (kind === 'Secret' && !emitted.has(`Secret/${namespace}/${name}`)) {
      const known = secrets.get(`${namespace}/${name}`)?.stringData ?? {};
      const stringData = { ...known, ...Object.fromEntries(keys.map((key) => [key, 'dummy'])) };
      secrets.set(`${namespace}/${name}`, {
        apiVersion: 'v1',
        kind,
        metadata: { name, namespace },
        type: 'Opaque',
        stringData,
      });
    } else if (kind === 'RuntimeClass' || kind === 'PriorityClass') {
      const own = kind === 'RuntimeClass' ? { handler: name } : { value: 1000 };
      if (!emitted.has(`${kind}//${name}`))
        others.set(`${kind}/${name}`, { apiVersion: CLUSTER_KINDS[kind], kind, metadata: { name }, ...own });
    }
  }
  const namespaces = [...new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []))]
    .filter((name) => !emitted.has(`Namespace//${name}`))
    .map((name): KubeObject => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
  return [...namespaces, ...storageClasses(objects), ...others.values(), ...secrets.values()];
}

/** What pods name and neither the manifests nor an owner provide: a pod would wait for it for ever. */
export function danglingReferences(objects: readonly KubeObject[]): readonly string[] {
  const emitted = new Set(
    [...objects, ...operatorClaims(objects)].map(
      ({ kind, metadata }) => `${kind}/${metadata.namespace ?? ''}/${metadata.name}`,
    ),
  );
  return references(objects)
    .filter(({ kind }) => ['ConfigMap', 'PersistentVolumeClaim', 'ServiceAccount'].includes(kind))
    .filter(({ kind, name, namespace }) => !emitted.has(`${kind}/${namespace}/${name}`))
    .filter(({ kind, name }) => !(kind === 'ServiceAccount' && name === 'default'))
    .map(({ kind, name, namespace }) => `${namespace}/${kind}/${name}`);
}

/** Applies objects in their order and returns what was refused, or applied with a warning. */
export async function applyAll(api: Api, objects: readonly KubeObject[]): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const object of objects) {
    const { failure } = await api.apply(object);
    if (failure) failures.push(`${objectId(object)}: ${failure}`);
  }
  return failures;
}
