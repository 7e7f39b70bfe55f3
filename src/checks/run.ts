import type { Check, Finding } from './check.js';

/** Runs checks in their order and names each finding after its check. Pure where the checks are. */
export function runChecks<Input>(checks: readonly Check<Input>[], input: Input): Finding[] {
  return checks.flatMap((check) => check.run(input).map((finding) => ({ check: check.id, ...finding })));
}

/** What decides whether a finding blocks. */
export interface BlockingProps {
  /** The environment's `strict`. */
  readonly strict: boolean;
  /** The checks that ran: questions block only where their check guards licence, data class or security. */
  readonly checks: readonly Pick<Check<never>, 'id' | 'guards'>[];
}

/** The findings that keep manifests from being written: unwaived errors and, where strict, unwaived guarded questions. */
export function blocking(findings: readonly Finding[], { strict, checks }: BlockingProps): Finding[] {
  const guarding = new Set(checks.filter(({ guards }) => guards).map(({ id }) => id));
  return findings.filter(({ check, severity, waived }) => {
    if (waived !== undefined) return false;
    return severity === 'error' || (severity === 'question' && strict && guarding.has(check));
  });
}
