import { apply as mergePatch } from 'json-merge-patch';
import { applyPatch, type Operation } from 'rfc6902';
import { parse } from 'yaml';
import { type Place, type Problem, UserError } from '../error.js';
import type { KubernetesObject } from '../inspect/types.js';
import type { Override } from '../selection/override.js';
import { objectYaml } from './object-yaml.js';
import { expectations, hasNull, holds } from './override-effect.js';
import { matches, missed } from './override-target.js';

/** Finds the place of a key of the selection, as its environment sees it. */
type PlaceOf = (path: readonly (string | number)[]) => Place;

/**
 * The objects with the selection's overrides applied, in their order.
 * @throws UserError for each override that matches nothing, cannot be applied, or cannot be found in the YAML afterwards.
 */
export function applyOverrides(
  objects: readonly KubernetesObject[],
  overrides: readonly Override[],
  placeOf: PlaceOf,
): readonly KubernetesObject[] {
  if (overrides.length === 0) return objects;
  const problems: Problem[] = [];
  const changed = objects.map((object) => structuredClone(object));
  // An override is matched against what was built: one that renames an object does not hide it from the next.
  const targets = overrides.map(({ target }) =>
    objects.flatMap((object, index) => (matches(object, target) ? [index] : [])),
  );
  overrides.forEach((override, at) => {
    const path = ['overrides', at];
    const indexes = targets[at] ?? [];
    if (indexes.length === 0)
      problems.push({ place: placeOf([...path, 'target']), ...missed(objects, override.target) });
    for (const index of indexes) {
      const result = applyOne(changed[index] as KubernetesObject, override);
      changed[index] = result.object;
      for (const { place, message } of result.problems)
        problems.push({ place: placeOf([...path, ...place]), message });
    }
  });
  if (problems.length === 0) {
    problems.push(...identityProblems(changed, placeOf));
    if (problems.length === 0) problems.push(...lost(changed, overrides, targets, placeOf));
  }
  if (problems.length > 0) throw new UserError('the overrides do not work', problems);
  return changed;
}

interface Applied {
  readonly object: KubernetesObject;
  readonly problems: readonly { place: (string | number)[]; message: string }[];
}

function applyOne(object: KubernetesObject, { merge, patch }: Override): Applied {
  if (merge !== undefined) return { object: mergePatch(object, merge) as KubernetesObject, problems: [] };
  const copy = structuredClone(object);
  const results = applyPatch(copy, (patch ?? []) as Operation[]);
  const problems = results.flatMap((error, index) =>
    error === null ? [] : [{ place: ['patch', index], message: `${describe(object)}: ${reason(error)}` }],
  );
  return { object: copy, problems };
}

function reason(error: Error): string {
  const path = (error as { path?: string }).path;
  if (error.name === 'MissingError') return `there is nothing at ${path}`;
  if (error.name === 'TestError') return `the test fails: ${error.message.replace(/^Test failed: /, '')}`;
  return error.message;
}

/** An object without a name, or two with one, make no file. */
function identityProblems(objects: readonly KubernetesObject[], placeOf: PlaceOf): Problem[] {
  const place = placeOf(['overrides']);
  const seen = new Set<string>();
  return objects.flatMap((object): Problem[] => {
    const words = [object?.apiVersion, object?.kind, object?.metadata?.name];
    if (!words.every((word) => typeof word === 'string' && word !== ''))
      return [{ place, message: 'an object is left without apiVersion, kind or name' }];
    const key = `${object.kind}/${object.metadata.name}`.toLowerCase();
    if (seen.has(key)) return [{ place, message: `two objects are called ${describe(object)}` }];
    seen.add(key);
    return [];
  });
}

/** What the overrides wanted and the emitted YAML does not show. */
function lost(
  objects: readonly KubernetesObject[],
  overrides: readonly Override[],
  targets: readonly (readonly number[])[],
  placeOf: PlaceOf,
): Problem[] {
  const emitted = new Map<number, unknown>();
  for (const index of new Set(targets.flat()))
    emitted.set(index, parse(objectYaml(objects[index] as KubernetesObject), { version: '1.1' }));
  return overrides.flatMap((override, at) =>
    expectations(override).flatMap((expected): Problem[] => {
      const place = placeOf(['overrides', at, ...expected.place]);
      const field = expected.path.join('.');
      if (hasNull(expected.value))
        return [{ place, message: `${field} would be null, which Kubernetes drops`, fix: 'leave it out' }];
      const missing = (targets[at] ?? []).filter((index) => !holds(expected, emitted.get(index)));
      if (missing.length === 0) return [];
      const where = missing.map((index) => describe(objects[index] as KubernetesObject)).join(', ');
      const message = `${field} does not arrive in ${where}`;
      return [{ place, message, fix: 'look for another override of the same field, or a misspelt path' }];
    }),
  );
}

function describe({ kind, metadata }: KubernetesObject): string {
  return `${kind}/${metadata.name}`;
}
