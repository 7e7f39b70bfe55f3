import type { KubernetesObject } from '../../src/inspect/types.js';

/** Maps whose keys are the user's own: any key is right there. Everything else is a field that the API must know. */
const OWN_KEYS = new Set([
  'labels',
  'annotations',
  'additionalLabels',
  'matchLabels',
  'nodeSelector',
  'limits',
  'requests',
  'data',
  'stringData',
  'hard',
]);

/** One map of fields inside an object. */
export interface Spot {
  readonly object: KubernetesObject;
  /** Keys from the object to the map. */
  readonly path: readonly string[];
}

/** Every place in the objects where an unknown field is a mistake, the objects themselves included. */
export function spots(objects: readonly KubernetesObject[]): readonly Spot[] {
  return objects.flatMap((object) => below(object, []).map((path) => ({ object, path })));

  function below(value: unknown, path: readonly string[]): readonly (readonly string[])[] {
    if (typeof value !== 'object' || value === null || hasOwnKeys(path)) return [];
    const inner = Object.entries(value).flatMap(([key, each]) => below(each, [...path, key]));
    return Array.isArray(value) ? inner : [path, ...inner];
  }
}

function hasOwnKeys(path: readonly string[]): boolean {
  const last = path.at(-1) ?? '';
  // A Service's selector and a trigger's metadata are maps of texts; elsewhere these names are fields.
  const ofService = path.join('/') === 'spec/selector';
  const ofTrigger = path[1] === 'triggers' && last === 'metadata';
  return OWN_KEYS.has(last) || ofTrigger || ofService;
}

/** A copy of the object with a field at the spot that no API has. */
export function plant({ object, path }: Spot, field: string): KubernetesObject {
  const copy = structuredClone(object);
  let at = copy as Record<string, unknown>;
  for (const key of path) at = at[key] as Record<string, unknown>;
  at[field] = 'x';
  return copy;
}

/** Numbers in [0, 1) from a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `count` spots, in turn from every kind, each at a depth that is drawn first: deep fields are as likely as shallow ones. */
export function draw(all: readonly Spot[], count: number, random: () => number): readonly Spot[] {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const kinds = [...new Set(all.map(({ object }) => object.kind))];
  return Array.from({ length: count }, (_, index) => {
    const ofKind = all.filter(({ object }) => object.kind === kinds[index % kinds.length]);
    const depth = pick([...new Set(ofKind.map(({ path }) => path.length))]);
    return pick(ofKind.filter(({ path }) => path.length === depth));
  });
}
