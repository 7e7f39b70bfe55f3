import { type Problem, UserError } from '../error.js';
import { type Collector, collector } from './collect.js';
import { conflicts } from './conflicts.js';
import type { LoadedSelection } from './load.js';
import { resolveTarget, type Sources } from './resolve-target.js';
import type { ResolvedSelection } from './resolved.js';
import { targetsOf } from './target.js';

/**
 * Looks up every id and applies precedence: one result for each environment, in the order of the files.
 * @throws UserError with every mistake of every selection.
 */
export function resolveSelections(loaded: readonly LoadedSelection[], sources: Sources): ResolvedSelection[] {
  const found: Collector = collector();
  found.add(conflicts(loaded));
  const resolved = loaded.flatMap(targetsOf).flatMap((target) => resolveTarget(target, sources, found) ?? []);
  if (found.problems.length === 0) return resolved;
  const files = [...new Set(loaded.map(({ file }) => file))];
  const summary = `${files.length === 1 ? files[0] : 'the selections'} cannot be deployed`;
  throw new UserError(summary, inOrder(found.problems, files));
}

/** By file, as the selections were given, then by line. */
function inOrder(problems: readonly Problem[], files: readonly string[]): Problem[] {
  const rank = ({ place }: Problem) => {
    const index = files.indexOf(place?.file ?? '');
    return index === -1 ? files.length : index;
  };
  const line = ({ place }: Problem) => place?.line ?? 0;
  const column = ({ place }: Problem) => place?.column ?? 0;
  return [...problems].sort((a, b) => rank(a) - rank(b) || line(a) - line(b) || column(a) - column(b));
}
