import { formatPlace, type Place, type Problem } from '../error.js';
import type { Colours } from './terminal.js';

/** Problems below a heading that may already name their file. */
export interface ProblemList {
  readonly heading: string;
  readonly problems: readonly Problem[];
}

/**
 * Problems as people read them: grouped by file, each with its line, what was found and what to do.
 * A file that the heading names is not repeated.
 */
export function showProblems({ heading, problems }: ProblemList, colours: Colours): string {
  const lines: string[] = [];
  for (const [file, group] of byFile(problems)) {
    if (file !== undefined && !heading.includes(file)) lines.push(file);
    const width = Math.max(0, ...group.map(({ place }) => position(place).length));
    for (const problem of group) lines.push(...showProblem(problem, width, colours));
  }
  return lines.join('\n');
}

function showProblem({ place, id, message, fix }: Problem, width: number, colours: Colours): string[] {
  const where = width === 0 ? '' : `${colours.dim(position(place).padEnd(width))}  `;
  const fixes = fix === undefined ? [] : typeof fix === 'string' ? [fix] : fix;
  const name = id === undefined ? '' : `${colours.bold(id)}: `;
  return [
    `  ${where}${name}${message}`,
    ...fixes.map((line) => `  ${' '.repeat(width === 0 ? 2 : width + 2)}→ ${line}`),
  ];
}

function position(place: Place | undefined): string {
  return place === undefined ? '' : formatPlace({ ...place, file: '' }).replace(/^:/, '');
}

function byFile(problems: readonly Problem[]): Map<string | undefined, Problem[]> {
  const groups = new Map<string | undefined, Problem[]>();
  for (const problem of problems) {
    const file = problem.place?.file;
    groups.set(file, [...(groups.get(file) ?? []), problem]);
  }
  return groups;
}
