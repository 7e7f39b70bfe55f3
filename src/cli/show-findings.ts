import type { Finding, Severity } from '../checks/check.js';
import type { ResolvedSelection } from '../selection/resolved.js';
import { asProblem } from '../synth/judge.js';
import { showProblems } from './show-problems.js';
import type { Colours } from './terminal.js';

const SEVERITIES: readonly Severity[] = ['error', 'question', 'warning', 'info'];

/** Findings as people read them, worst first; those that somebody accepted stand at the end with the reason. */
export function showFindings(
  findings: readonly Finding[],
  resolved: ResolvedSelection,
  colours: Colours,
): string[] {
  const paint = { error: colours.red, question: colours.cyan, warning: colours.yellow, info: colours.dim };
  const open = findings.filter(({ waived }) => waived === undefined);
  const groups = SEVERITIES.flatMap((severity) => {
    const group = open.filter((finding) => finding.severity === severity);
    if (group.length === 0) return [];
    const problems = group.map((finding) => asProblem(finding, resolved));
    return [paint[severity](severity), showProblems({ heading: resolved.file, problems }, colours)];
  });
  const accepted = findings.flatMap(({ check, message, waived }) =>
    waived ? [`  ${check}: ${message}`, `    by ${waived.by} until ${waived.until}: ${waived.reason}`] : [],
  );
  return [...groups, ...(accepted.length > 0 ? [colours.dim('accepted'), ...accepted] : [])];
}
