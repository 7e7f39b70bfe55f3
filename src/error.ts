/** A place in a user's file. Lines and columns count from 1. */
export interface Place {
  /** Path as the user would type it, relative to the project's root where it lies inside. */
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** One mistake in the user's input: where, what was found and what is allowed, and the likely fix. */
export interface Problem {
  readonly place?: Place;
  /** Id of the check or rule that found it, e.g. `fit/weights`. */
  readonly id?: string;
  /** What was found and what is allowed; lower case, no final period. */
  readonly message: string;
  /** The likely fixes, most likely first. */
  readonly fix?: string | readonly string[];
}

/**
 * A mistake in the user's input, with every problem found, not only the first.
 * The command line prints it without a stack trace and exits with 1; any other error is a bug of ours.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly problems: readonly Problem[];

  /** @param summary What could not be done, in the user's terms, e.g. `selections/chat.yaml cannot be deployed`. */
  constructor(
    readonly summary: string,
    problems: readonly Problem[] = [],
  ) {
    super([summary, ...problems.map(formatProblem)].join('\n'));
    this.problems = problems;
  }
}

/** `7:12  fit/weights: found this\n        → do that`, indented to stand below a summary. */
export function formatProblem(problem: Problem): string {
  const { place, id, message, fix } = problem;
  const where = place ? `${formatPlace(place)}  ` : '';
  const fixes = fix === undefined ? [] : typeof fix === 'string' ? [fix] : fix;
  return [`  ${where}${id ? `${id}: ` : ''}${message}`, ...fixes.map((line) => `        → ${line}`)].join(
    '\n',
  );
}

/** `file:line:column`, with what is unknown left out. */
export function formatPlace({ file, line, column }: Place): string {
  return [file, line, column].filter((part) => part !== undefined).join(':');
}
