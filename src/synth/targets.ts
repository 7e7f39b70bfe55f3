import { type Catalog, openCatalog } from '../catalog/catalog.js';
import { nearest } from '../catalog/nearest.js';
import { displayPath } from '../catalog/read-yaml.js';
import { byPlace } from '../catalog/schema-problems.js';
import { formatProblem, type Problem, UserError } from '../error.js';
import { collector } from '../selection/collect.js';
import { conflicts } from '../selection/conflicts.js';
import { type LoadedSelection, loadSelection } from '../selection/load.js';
import { loadLock } from '../selection/lock.js';
import { findSelections } from '../selection/project.js';
import { resolveTarget } from '../selection/resolve-target.js';
import type { ResolvedSelection } from '../selection/resolved.js';
import type { Scheme } from '../selection/scheme.js';
import { targetsOf } from '../selection/target.js';
import { unknownIds } from '../selection/unknown-ids.js';
import type { Failure } from './failure.js';
import type { SynthRequest } from './request.js';

/** The environments that are asked for, looked up. */
export interface Targets {
  readonly resolved: readonly ResolvedSelection[];
  readonly failures: readonly Failure[];
  readonly catalog: Catalog;
  /** Number of environments of a file, asked for or not. */
  readonly environmentsOf: (file: string) => number;
}

/** Reads the selections and looks their ids up. What is wrong with one keeps no other from being read. */
export function findTargets({ root, files, environment, templates: schemes }: SynthRequest): Targets {
  const all = findSelections(root);
  const asked = files ?? all;
  const catalog = openCatalog(root);
  const lock = loadLock(root);
  const failures: Failure[] = [];
  const loaded = load(asked, { root, schemes }, (failure, file) =>
    failures.push({
      ...failure,
      problems: [...failure.problems, ...unknownIds(file, root, catalog)].sort(byPlace),
    }),
  );
  const others = load(
    all.filter((file) => !asked.includes(file)),
    { root, schemes },
    () => {},
  );
  const counts = new Map(
    loaded.map(({ file, selection }) => [file, Object.keys(selection.environments).length]),
  );
  failures.push(...inConflict(loaded, others));
  const targets = loaded
    .flatMap(targetsOf)
    .filter((target) => environment === undefined || target.environment === environment);
  if (environment !== undefined && targets.length === 0 && loaded.length > 0)
    throw unknownEnvironment(environment, loaded);
  const resolved = targets.flatMap((target) => {
    const found = collector();
    const result = found.attempt(() => resolveTarget(target, { catalog, lock, root, schemes }, found));
    if (found.problems.length === 0 && result !== undefined) return [result];
    const { file } = target.loaded;
    failures.push({
      file,
      environment: target.environment,
      environments: counts.get(file),
      problems: found.problems,
    });
    return [];
  });
  return { resolved, failures, catalog, environmentsOf: (file) => counts.get(file) ?? 0 };
}

function load(
  files: readonly string[],
  { root, schemes }: { readonly root: string; readonly schemes: readonly Scheme[] },
  failed: (failure: Failure, file: string) => void,
): LoadedSelection[] {
  return files.flatMap((file) => {
    try {
      return [loadSelection(file, root, schemes)];
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const { problems, summary } = error;
      const place = { file: displayPath(file, root) };
      failed(
        { file: place.file, problems: problems.length > 0 ? problems : [{ place, message: summary }] },
        file,
      );
      return [];
    }
  });
}

/** Names and namespaces that two selections claim; those between selections that nobody asked for do not count. */
function inConflict(asked: readonly LoadedSelection[], others: readonly LoadedSelection[]): Failure[] {
  const known = new Set(conflicts(others).map(formatProblem));
  return conflicts([...others, ...asked])
    .filter((problem) => !known.has(formatProblem(problem)))
    .map((problem: Problem) => ({ file: problem.place?.file ?? '', problems: [problem] }));
}

function unknownEnvironment(environment: string, loaded: readonly LoadedSelection[]): UserError {
  const names = [...new Set(loaded.flatMap(({ selection }) => Object.keys(selection.environments)))];
  const where = loaded.length === 1 ? loaded[0]?.file : 'the selections';
  const near = nearest(environment, names);
  return new UserError('no such environment', [
    {
      message: `no environment '${environment}' in ${where}; there are: ${names.join(', ')}`,
      ...(near.length > 0 && { fix: `did you mean ${near.join(' or ')}?` }),
    },
  ]);
}
