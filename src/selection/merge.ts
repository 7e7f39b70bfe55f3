import type { Origin, Setting } from './resolved.js';

/** Values of one origin. Null removes what a weaker layer says; undefined says nothing. */
export interface Layer {
  readonly from: Origin;
  /** What the origin is called, e.g. the profile's id. */
  readonly detail?: string;
  readonly values: Readonly<Record<string, unknown>>;
}

interface Leaf {
  readonly value: unknown;
  readonly from: Origin;
  readonly detail?: string;
}
type Tree = Map<string, Tree | Leaf>;

/** What the layers say together, and where each value came from. */
export interface Merged {
  readonly values: Readonly<Record<string, unknown>>;
  /** One for each value, lists as a whole. */
  readonly settings: readonly Setting[];
}

/** Maps that say one thing together: half of one and half of the other would be a third. */
const WHOLE = new Set(['secretRef', 'model']);

/**
 * Joins layers, weakest first: maps merge, lists replace, null removes.
 * @param fallbacks Defaults for what is absent in the end: null in a layer brings them back, for it cannot remove them.
 */
export function mergeLayers(layers: readonly Layer[], fallbacks: readonly Layer[] = []): Merged {
  const tree = overlay(joined(fallbacks), joined(layers));
  return { values: toValues(tree), settings: toSettings(tree, []) };
}

function joined(layers: readonly Layer[]): Tree {
  return layers.reduce<Tree>((weaker, layer) => mergeMap(weaker, layer.values, layer), new Map());
}

/** The stronger tree, with what it lacks from the weaker one. */
function overlay(weaker: Tree, stronger: Tree): Tree {
  const merged: Tree = new Map(stronger);
  for (const [key, node] of weaker) {
    const above = stronger.get(key);
    if (above === undefined) merged.set(key, node);
    else if (above instanceof Map && node instanceof Map) merged.set(key, overlay(node, above));
  }
  return merged;
}

function mergeMap(weaker: Tree, values: Readonly<Record<string, unknown>>, layer: Layer): Tree {
  const merged: Tree = new Map(weaker);
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined) continue;
    if (value === null) merged.delete(key);
    else if (isMap(value) && !WHOLE.has(key)) {
      const below = merged.get(key);
      merged.set(key, mergeMap(below instanceof Map ? below : new Map(), value, layer));
    } else merged.set(key, leaf(value, layer));
  }
  return merged;
}

function leaf(value: unknown, { from, detail }: Layer): Leaf {
  return { value, from, ...(detail !== undefined && { detail }) };
}

function toValues(tree: Tree): Record<string, unknown> {
  return Object.fromEntries(
    [...tree].map(([key, node]) => [key, node instanceof Map ? toValues(node) : node.value]),
  );
}

function toSettings(tree: Tree, path: readonly string[]): Setting[] {
  return [...tree].flatMap(([key, node]) =>
    node instanceof Map ? toSettings(node, [...path, key]) : [{ key: [...path, key].join('.'), ...node }],
  );
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
