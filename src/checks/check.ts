import type { Finding } from '../plan/finding.js';

export type { Finding, Severity } from '../plan/finding.js';

/**
 * A named test, with what it means and where its facts come from. `run` is pure.
 * @typeParam Input A `Plan` for plan checks, an `Inspected` set of Kubernetes objects for manifest checks.
 */
export interface Check<Input> {
  readonly id: string;
  /** One line for `berth list` and `berth explain`. */
  readonly title: string;
  /** Why it matters and what goes wrong without it, for `berth explain`. */
  readonly why: string;
  readonly source: string;
  /** What it reads, as keys of the input. */
  readonly inputs: readonly string[];
  /** Guards licence, data class or security: its questions block where the environment says `strict`. */
  readonly guards?: boolean;
  /** Traps of running the engine on Kubernetes that it covers, by number (docs/traps.md). */
  readonly traps?: readonly number[];
  readonly run: (input: Input) => readonly Omit<Finding, 'check'>[];
}
