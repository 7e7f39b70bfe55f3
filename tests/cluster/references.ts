import type { Json, KubeObject } from './kube-object.js';
import { podTemplates } from './pod-templates.js';

export interface Reference {
  readonly kind:
    | 'Secret'
    | 'ConfigMap'
    | 'PersistentVolumeClaim'
    | 'ServiceAccount'
    | 'RuntimeClass'
    | 'PriorityClass';
  readonly name: string;
  readonly namespace: string;
  /** Keys of a Secret or ConfigMap that are named one by one. */
  readonly keys: readonly string[];
}

/** What the pods of a set of objects name and need, optional references left out. */
export function references(objects: readonly KubeObject[]): readonly Reference[] {
  return podTemplates(objects).flatMap(({ owner, template: { spec } }) => {
    const namespace = owner.metadata.namespace ?? 'default';
    const reference = (
      kind: Reference['kind'],
      name: string | undefined,
      keys: readonly string[] = [],
    ): readonly Reference[] => (name ? [{ kind, name, namespace, keys }] : []);
    const containers: readonly Json[] = [...(spec.initContainers ?? []), ...(spec.containers ?? [])];
    return [
      ...containers.flatMap((container) =>
        environmentSources(container).flatMap(([kind, source]) =>
          source.optional ? [] : reference(kind, source.name, source.key ? [source.key] : []),
        ),
      ),
      ...(spec.volumes ?? []).flatMap((volume: Json) =>
        volumeSources(volume).flatMap(([kind, name, keys]) => reference(kind, name, keys)),
      ),
      ...(spec.imagePullSecrets ?? []).flatMap((secret: Json) => reference('Secret', secret.name)),
      ...reference('ServiceAccount', spec.serviceAccountName),
      ...reference('RuntimeClass', spec.runtimeClassName),
      ...reference(
        'PriorityClass',
        spec.priorityClassName?.startsWith('system-') ? undefined : spec.priorityClassName,
      ),
    ];
  });
}

function environmentSources(container: Json): readonly (readonly ['Secret' | 'ConfigMap', Json])[] {
  const variables = (container.env ?? []).flatMap(({ valueFrom }: Json) => [
    ...(valueFrom?.secretKeyRef ? [['Secret', valueFrom.secretKeyRef] as const] : []),
    ...(valueFrom?.configMapKeyRef ? [['ConfigMap', valueFrom.configMapKeyRef] as const] : []),
  ]);
  const whole = (container.envFrom ?? []).flatMap(({ secretRef, configMapRef }: Json) => [
    ...(secretRef ? [['Secret', secretRef] as const] : []),
    ...(configMapRef ? [['ConfigMap', configMapRef] as const] : []),
  ]);
  return [...variables, ...whole];
}

function volumeSources(volume: Json): readonly (readonly [Reference['kind'], string, readonly string[]])[] {
  const keys = (source: Json): readonly string[] => (source.items ?? []).map(({ key }: Json) => key);
  const one = (source: Json): readonly (readonly [Reference['kind'], string, readonly string[]])[] => [
    ...(source.secret && !source.secret.optional
      ? [['Secret', source.secret.secretName ?? source.secret.name, keys(source.secret)] as const]
      : []),
    ...(source.configMap && !source.configMap.optional
      ? [['ConfigMap', source.configMap.name, keys(source.configMap)] as const]
      : []),
  ];
  const claim = volume.persistentVolumeClaim?.claimName;
  return [
    ...one(volume),
    ...(volume.projected?.sources ?? []).flatMap(one),
    ...(claim ? [['PersistentVolumeClaim', claim, []] as const] : []),
  ];
}
