import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** A scanner's finding that Berth does not follow, and why. Every entry must be needed. */
export interface Exemption {
  readonly scanner: string;
  /** The scanner's own id of the check. */
  readonly check: string;
  /** Kinds that it is exempted for; all where absent. */
  readonly kinds?: readonly string[];
  readonly reason: string;
}

const all: readonly Exemption[] = parse(readFileSync(join(import.meta.dirname, 'exemptions.yaml'), 'utf8'));

/** What Berth does not follow of one scanner. */
export function exemptionsOf(scanner: string): readonly Exemption[] {
  return all.filter((exemption) => exemption.scanner === scanner);
}

/** A finding of a scanner in the same words for all of them. */
export interface ScannerFinding {
  readonly check: string;
  readonly kind: string;
  readonly object: string;
  readonly message: string;
}

/** Splits findings into those that an exemption covers and those that none does, and names exemptions that nobody needs. */
export function judge(scanner: string, findings: readonly ScannerFinding[]) {
  const mine = exemptionsOf(scanner);
  const covers = (exemption: Exemption, { check, kind }: ScannerFinding) =>
    exemption.check === check && (exemption.kinds === undefined || exemption.kinds.includes(kind));
  return {
    open: findings.filter((finding) => !mine.some((exemption) => covers(exemption, finding))),
    unneeded: mine
      .filter((exemption) => !findings.some((finding) => covers(exemption, finding)))
      .map(({ check }) => check),
    exempted: findings.filter((finding) => mine.some((exemption) => covers(exemption, finding))).length,
  };
}
