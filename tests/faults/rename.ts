import type { KubernetesObject } from '../../src/inspect/types.js';

// biome-ignore lint/suspicious/noExplicitAny: fields of many kinds
type Json = any;

/** Gives an object another name; pods that mount it and routes that lead to it follow. */
export function rename(objects: readonly KubernetesObject[], target: KubernetesObject, name: string): void {
  const { kind, metadata } = target;
  for (const object of objects)
    walk(object, (field, value) => follow(field, value, kind, metadata.name, name));
  (metadata as { name: string }).name = name;
}

function follow(field: string, value: Json, kind: string, from: string, to: string): void {
  if (kind === 'PersistentVolumeClaim' && field === 'persistentVolumeClaim' && value.claimName === from)
    value.claimName = to;
  if (kind !== 'Service') return;
  if (field === 'service' && value.name === from) value.name = to;
  if (field === 'backendRefs') {
    for (const backend of value)
      if ((backend.kind ?? kind) === kind && backend.name === from) backend.name = to;
  }
}

function walk(node: Json, visit: (field: string, value: Json) => void): void {
  if (typeof node !== 'object' || node === null) return;
  for (const [field, value] of Object.entries<Json>(node)) {
    if (typeof value === 'object' && value !== null) visit(field, value);
    walk(value, visit);
  }
}
