import { formatProblem, type Problem, UserError } from '../error.js';

/** Why one environment, or a whole file, cannot be deployed. */
export interface Failure {
  /** The selection's file as the user would type it. */
  readonly file: string;
  /** Absent where the problem is the file's. */
  readonly environment?: string;
  /** How many environments the file has; tells whether naming one says anything. */
  readonly environments?: number;
  readonly problems: readonly Problem[];
}

/** Every problem of every failure, each once, as one error. */
export function joinFailures(failures: readonly Failure[]): UserError {
  const files = [...new Set(failures.map(({ file }) => file))];
  const what = files.length === 1 ? files[0] : `${files.length} selections`;
  return new UserError(
    `${what} cannot be deployed`,
    files.flatMap((file) => problemsOf(failures.filter((failure) => failure.file === file))),
  );
}

/** A problem that not every environment has names those that do. */
function problemsOf(failures: readonly Failure[]): Problem[] {
  const found = new Map<string, { problem: Problem; environments: string[] }>();
  for (const { environment, problems } of failures) {
    for (const problem of problems) {
      const key = formatProblem(problem);
      const entry = found.get(key) ?? { problem, environments: [] };
      if (environment !== undefined && !entry.environments.includes(environment))
        entry.environments.push(environment);
      found.set(key, entry);
    }
  }
  const total = Math.max(...failures.map(({ environments }) => environments ?? 0));
  return [...found.values()].map(({ problem, environments }) =>
    environments.length === 0 || environments.length === total
      ? problem
      : { ...problem, message: `${problem.message} (${environments.join(', ')})` },
  );
}
