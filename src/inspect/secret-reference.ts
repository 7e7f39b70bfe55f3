import { listAt, textAt, valueAt } from './field.js';
import type { KubernetesObject } from './types.js';
import { namespaceOf, subjectOf, type Workload } from './workload.js';

/** One place where manifests name a Secret of the namespace. Never its value. */
export interface SecretReference {
  readonly subject: string;
  readonly namespace: string;
  readonly name: string;
  /** Undefined where all keys are taken. */
  readonly key?: string;
  readonly how: 'env' | 'envFrom' | 'volume' | 'imagePull' | 'tls';
}

/** A Secret that an operator fills: from an external store, or with a certificate. */
export interface ManagedSecret {
  readonly subject: string;
  readonly namespace: string;
  readonly name: string;
  /** Undefined where the manifest does not say which keys it will have. */
  readonly keys?: readonly string[];
  readonly refreshInterval?: string;
}

export function readSecretReferences(workload: Workload): readonly SecretReference[] {
  const { pod, namespace, subject } = workload;
  const base = { subject, namespace };
  return [
    ...[...pod.initContainers, ...pod.containers].flatMap((container) => [
      ...container.env.flatMap(({ secret }) => (secret ? [{ ...base, ...secret, how: 'env' as const }] : [])),
      ...container.envFromSecrets.map((name) => ({ ...base, name, how: 'envFrom' as const })),
    ]),
    ...pod.volumes.flatMap(({ fields }) =>
      secretVolumes(fields).map((found) => ({ ...base, ...found, how: 'volume' as const })),
    ),
    ...listAt(pod.spec, 'imagePullSecrets').map((secret) => ({
      ...base,
      name: textAt(secret, 'name') ?? '',
      how: 'imagePull' as const,
    })),
  ];
}

function secretVolumes(fields: unknown): readonly { name: string; key?: string }[] {
  const withItems = (name: string | undefined, source: unknown) => {
    if (name === undefined) return [];
    const keys = listAt(source, 'items').flatMap((item) => textAt(item, 'key') ?? []);
    return keys.length > 0 ? keys.map((key) => ({ name, key })) : [{ name }];
  };
  const projected = listAt(fields, 'projected', 'sources').flatMap((source) =>
    withItems(textAt(source, 'secret', 'name'), valueAt(source, 'secret')),
  );
  const own = valueAt(fields, 'secret');
  return [...withItems(textAt(own, 'secretName'), own), ...projected];
}

/** Secrets that Gateways and Ingresses take their certificates from. */
export function readTlsReferences(object: KubernetesObject): readonly SecretReference[] {
  const base = { subject: subjectOf(object), namespace: namespaceOf(object), how: 'tls' as const };
  const names =
    object.kind === 'Ingress'
      ? listAt(object, 'spec', 'tls').flatMap((tls) => textAt(tls, 'secretName') ?? [])
      : object.kind === 'Gateway'
        ? listAt(object, 'spec', 'listeners').flatMap((listener) =>
            listAt(listener, 'tls', 'certificateRefs').flatMap(
              (reference) => textAt(reference, 'name') ?? [],
            ),
          )
        : [];
  return names.map((name) => ({ ...base, name }));
}

export function readManagedSecret(object: KubernetesObject): readonly ManagedSecret[] {
  const base = { subject: subjectOf(object), namespace: namespaceOf(object) };
  const own = textAt(object, 'metadata', 'name') ?? '';
  if (object.kind === 'ExternalSecret') {
    const data = listAt(object, 'spec', 'data').flatMap((entry) => textAt(entry, 'secretKey') ?? []);
    const opaque =
      listAt(object, 'spec', 'dataFrom').length > 0 ||
      valueAt(object, 'spec', 'target', 'template') !== undefined;
    return [
      {
        ...base,
        name: textAt(object, 'spec', 'target', 'name') ?? own,
        keys: opaque ? undefined : data,
        refreshInterval: textAt(object, 'spec', 'refreshInterval'),
      },
    ];
  }
  const certificate = object.kind === 'Certificate' ? textAt(object, 'spec', 'secretName') : undefined;
  return certificate === undefined
    ? []
    : [{ ...base, name: certificate, keys: ['tls.crt', 'tls.key', 'ca.crt'] }];
}
