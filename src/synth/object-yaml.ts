import { stringify } from 'yaml';
import type { KubernetesObject } from '../inspect/types.js';

const OBJECT_ORDER = ['apiVersion', 'kind', 'metadata'];
const METADATA_ORDER = ['name', 'namespace', 'labels', 'annotations'];

/** One object as YAML: identity first, the rest as built, no line wrapped, nothing that a parser could take for another type. */
export function objectYaml(object: KubernetesObject): string {
  const metadata = ordered(object.metadata, METADATA_ORDER);
  return yaml({ ...ordered(object, OBJECT_ORDER), metadata });
}

/**
 * Kubernetes' tools read YAML 1.1, editors 1.2: a string is quoted where either would take it for something else
 * (`on`, `1.36`, `0755`, `1:30`).
 */
export function yaml(value: unknown): string {
  return stringify(value, { lineWidth: 0, compat: 'yaml-1.1', aliasDuplicateObjects: false });
}

/** The named keys first, the others in their order. */
function ordered<T extends object>(value: T, first: readonly string[]): Record<string, unknown> {
  const entries = Object.entries(value);
  const named = first.flatMap((name) => entries.filter(([key]) => key === name));
  return Object.fromEntries([...named, ...entries.filter(([key]) => !first.includes(key))]);
}
