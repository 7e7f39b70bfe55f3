import type { Waiver } from '../selection/waiver.js';
import type { Finding } from './check.js';

/**
 * Marks the findings that a person has accepted, and says which acceptances have ended or have nothing to accept.
 * A waiver holds on its last day. It accepts every finding of its check in the environment.
 *
 * @param asOf Day of the judgement, `YYYY-MM-DD`. Undefined where the result must not depend on the day: no waiver
 * ends then.
 */
export function applyWaivers(
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  asOf: string | undefined,
): Finding[] {
  const holds = ({ until }: Waiver) => asOf === undefined || asOf <= until;
  const judged = findings.map((finding) => {
    const [waiver] = waivers
      .filter((one) => one.check === finding.check && holds(one))
      .sort((a, b) => (a.until < b.until ? 1 : a.until > b.until ? -1 : 0));
    return waiver === undefined ? finding : { ...finding, waived: acceptance(waiver) };
  });
  return [...judged, ...waivers.flatMap((waiver, index) => remarks(waiver, index, findings, holds(waiver)))];
}

function acceptance({ reason, by, until }: Waiver): Finding['waived'] {
  return { reason, by, until };
}

function remarks(waiver: Waiver, index: number, findings: readonly Finding[], holds: boolean): Finding[] {
  const { check, by, until, reason } = waiver;
  const subject = `waivers[${index}]`;
  if (!findings.some((finding) => finding.check === check)) {
    const message = `the waiver of ${check} accepts nothing: there is no such finding`;
    return [{ check: 'waiver/unused', severity: 'info', message, remedy: ['remove it'], subject }];
  }
  if (holds) return [];
  const message = `the waiver of ${check} by ${by} ended on ${until}: ${reason}`;
  const remedy = ['remove the cause of the finding', 'or have it accepted again, until a later day'];
  return [{ check: 'waiver/expired', severity: 'warning', message, remedy, subject }];
}
