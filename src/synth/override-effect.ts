import { isDeepStrictEqual } from 'node:util';
import type { Override } from '../selection/override.js';

/** Something that an override wants to see in the manifest; `value` undefined: that must be gone. */
export interface Expectation {
  /** Keys below the override that say where it stands in the user's file. */
  readonly place: readonly (string | number)[];
  readonly path: readonly string[];
  readonly value: unknown;
}

/** Everything that must hold of a manifest in which the override has worked. */
export function expectations({ merge, patch }: Override): Expectation[] {
  if (merge !== undefined) return leaves(merge, []);
  return (patch ?? []).flatMap((operation, index): Expectation[] => {
    const path = pointer(operation.path);
    const place = ['patch', index];
    if (operation.op === 'add' || operation.op === 'replace')
      return [{ place, path, value: operation.value }];
    // An array closes the gap: what stands at the index afterwards is another element.
    const isIndex = /^(\d+|-)$/.test(path.at(-1) ?? '');
    return operation.op === 'remove' && !isIndex ? [{ place, path, value: undefined }] : [];
  });
}

/** Whether a manifest, as read from its YAML, shows what was expected. */
export function holds({ path, value }: Expectation, manifest: unknown): boolean {
  return value === undefined ? !present(manifest, path) : present(manifest, path, value);
}

/** Kubernetes drops a field that is null: as if it had never been written. */
export function hasNull(value: unknown): boolean {
  if (value === null) return true;
  return typeof value === 'object' && Object.values(value as object).some(hasNull);
}

function leaves(value: unknown, path: readonly string[]): Expectation[] {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (isMap && Object.keys(value).length > 0)
    return Object.entries(value).flatMap(([key, below]) => leaves(below, [...path, key]));
  return [{ place: ['merge', ...path], path, value: value === null ? undefined : value }];
}

/** Elements of an array move when others come and go: any of them counts. */
function present(within: unknown, path: readonly string[], ...wanted: readonly unknown[]): boolean {
  const [key, ...rest] = path;
  if (key === undefined) return wanted.length === 0 || isDeepStrictEqual(within, wanted[0]);
  if (Array.isArray(within)) return within.some((element) => present(element, rest, ...wanted));
  if (typeof within !== 'object' || within === null || !Object.hasOwn(within, key)) return false;
  return present((within as Record<string, unknown>)[key], rest, ...wanted);
}

function pointer(path: string): string[] {
  return path
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}
