import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { manifestChecks } from '../../src/checks/manifest/all.js';
import { planChecks } from '../../src/checks/plan/all.js';

const ROOT = join(import.meta.dirname, '../..');

interface Trap {
  readonly number: number;
  readonly title: string;
  /** Plan checks, where no manifest shows it. */
  readonly plan?: readonly string[];
  readonly tests?: readonly string[];
  readonly later?: string;
}

/** One trap and what covers it. */
export interface Coverage extends Trap {
  /** Ids of the checks that name its number, and of the plan checks that are named for it. */
  readonly checks: readonly string[];
  /** Plan checks and test files that are named for it and do not exist. */
  readonly missing: readonly string[];
}

/** Every trap of traps.yaml, with the checks that name its number. */
export function trapCoverage(): readonly Coverage[] {
  const traps = parse(readFileSync(join(import.meta.dirname, 'traps.yaml'), 'utf8')) as readonly Trap[];
  const checks = [...planChecks, ...manifestChecks];
  return traps.map((trap) => ({
    ...trap,
    checks: [
      ...new Set([
        ...(trap.plan ?? []),
        ...checks.filter((check) => check.traps?.includes(trap.number)).map(({ id }) => id),
      ]),
    ],
    missing: [
      ...(trap.plan ?? []).filter((id) => !planChecks.some((check) => check.id === id)),
      ...(trap.tests ?? []).filter((file) => !existsSync(join(ROOT, file))),
    ],
  }));
}

/** Numbers that checks name and traps.yaml does not list. */
export function unknownTraps(): readonly number[] {
  const listed = new Set(trapCoverage().map(({ number }) => number));
  return [...planChecks, ...manifestChecks]
    .flatMap(({ traps }) => traps ?? [])
    .filter((number) => !listed.has(number));
}

export function coveredBy({ checks, tests, later }: Coverage): string {
  return [...checks, ...(tests ?? []), ...(later === undefined ? [] : [`later: ${later}`])].join(', ');
}

/** docs/traps.md. */
export function trapsPage(): string {
  const rows = trapCoverage().map((trap) => {
    const names = [
      ...trap.checks.map((id) => `\`${id}\``),
      ...(trap.tests ?? []).map((file) => `[${file}](../${file})`),
    ];
    const later = trap.later === undefined ? [] : [`waits for: ${trap.later}`];
    return `| ${trap.number} | ${trap.title} | ${[...names, ...later].join(', ')} |`;
  });
  return `# Traps

What goes wrong when vLLM runs on Kubernetes, and the check or test that covers each. \`berth explain ID\` tells what a check
means and where its facts come from. Written by \`tests/traps\`: \`npx vitest run tests/traps -u\` renews it.

| | trap | covered by |
|---|---|---|
${rows.join('\n')}
`;
}
