import { formatProblem, type Problem, UserError } from '../error.js';

/** Gathers the problems of several steps, so that a user sees every mistake at once. */
export interface Collector {
  readonly problems: readonly Problem[];
  /** The step's result, or undefined where it threw a UserError, whose problems are kept. */
  attempt<T>(step: () => T): T | undefined;
  add(problems: readonly Problem[]): void;
}

/** The same problem of several environments is kept once. */
export function collector(): Collector {
  const found = new Map<string, Problem>();
  const add = (problems: readonly Problem[]) => {
    for (const problem of problems) found.set(formatProblem(problem), problem);
  };
  return {
    get problems() {
      return [...found.values()];
    },
    add,
    attempt(step) {
      try {
        return step();
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        add(error.problems.length > 0 ? error.problems : [{ message: error.summary }]);
        return undefined;
      }
    },
  };
}
