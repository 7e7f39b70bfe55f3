import type { Place } from '../error.js';

/** `error` blocks synth; a `question` names the key that the user must set; see design: severities. */
export type Severity = 'error' | 'question' | 'warning' | 'info';

/** What a check says. Plain JSON. */
export interface Finding {
  /** Id of the check, e.g. `fit/kv-cache`. */
  readonly check: string;
  readonly severity: Severity;
  /** What was found, with the numbers; lower case, no final period. */
  readonly message: string;
  /** What to do, most likely first. */
  readonly remedy: readonly string[];
  /** Key of the selection or place in a manifest that it is about, e.g. `environments.production.replicas`. */
  readonly subject?: string;
  readonly place?: Place;
  /** For a question: the key to set. */
  readonly key?: string;
  /** Set where a waiver accepts the finding: it then no longer blocks. */
  readonly waived?: { readonly reason: string; readonly by: string; readonly until: string };
}

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
