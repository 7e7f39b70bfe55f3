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
