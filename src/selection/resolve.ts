import type { Catalog } from '../catalog/catalog.js';
import { UserError } from '../error.js';
import { type Collector, collector } from './collect.js';
import { conflicts } from './conflicts.js';
import type { LoadedSelection } from './load.js';
import { resolveTarget } from './resolve-target.js';
import type { Lock, ResolvedSelection } from './resolved.js';
import { targetsOf } from './target.js';

/**
 * Looks up every id and applies precedence: one result for each environment, in the order of the files.
 * @param root The project's root, below which clusters/ lies.
 * @throws UserError with every mistake of every selection.
 */
export function resolveSelections(
  loaded: readonly LoadedSelection[],
  catalog: Catalog,
  lock: Lock,
  root: string,
): ResolvedSelection[] {
  const found: Collector = collector();
  found.add(conflicts(loaded));
  const resolved = loaded
    .flatMap(targetsOf)
    .flatMap((target) => resolveTarget(target, { catalog, lock, root }, found) ?? []);
  if (found.problems.length === 0) return resolved;
  const files = [...new Set(loaded.map(({ file }) => file))];
  throw new UserError(
    `${files.length === 1 ? files[0] : 'the selections'} cannot be deployed`,
    found.problems,
  );
}
