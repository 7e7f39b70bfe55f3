import type { Severity } from '../plan/finding.js';
import { RULES, type RuleId } from './rules.js';

/** What a rule says of one proposal. Plain JSON. */
export interface Ruling {
  /** Id of the check that reports it, e.g. `data/private-only`. */
  readonly check: DataCheckId;
  readonly severity: Severity;
  /** What was found, with the rule's source at its end. */
  readonly message: string;
  readonly remedy: readonly string[];
  readonly rule: RuleId;
  /** Key of the selection that it is about. */
  readonly subject?: string;
  /** For a question: the key to set. */
  readonly key?: string;
}

export const DATA_CHECKS = [
  'data/class',
  'data/private-only',
  'data/residency',
  'data/cross-border',
  'data/fallback',
  'data/domestic-provider',
  'data/public-service',
] as const;
export type DataCheckId = (typeof DATA_CHECKS)[number];

/** A ruling that cites its rule. */
export function ruling(
  check: DataCheckId,
  severity: Severity,
  rule: RuleId,
  message: string,
  remedy: readonly string[],
  about: Pick<Ruling, 'subject' | 'key'> = {},
): Ruling {
  return { check, severity, rule, message: `${message} (${RULES[rule].source})`, remedy, ...about };
}
