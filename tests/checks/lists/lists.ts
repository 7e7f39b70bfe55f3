import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { exemptionsOf } from '../../scanners/exemptions.js';
import type { Mutation } from '../manifest/mutate.js';

/** Scanners whose lists are held against our own checks, and are not run. */
export const SCANNERS = ['kube-linter', 'polaris', 'kubescape'] as const;
export type Scanner = (typeof SCANNERS)[number];

/** One mistake, the names that scanners give it, and what covers it. */
export interface Entry extends Mutation, Partial<Record<Scanner, readonly string[]>> {
  readonly what: string;
  /** Our manifest check. */
  readonly check?: string;
  /** The strict schemas refuse it. */
  readonly schema?: true;
  /** The API server's strict dry run refuses it. */
  readonly server?: true;
  /** Why it is no matter of manifests for model servers. */
  readonly nothing?: string;
}

interface Names {
  readonly source: string;
  readonly names: readonly string[];
}

const read = (file: string) => parse(readFileSync(join(import.meta.dirname, file), 'utf8'));

export const entries: readonly Entry[] = read('lists.yaml');
export const names: Readonly<Record<Scanner, Names>> = read('names.yaml');

/** Names of a scanner's checks with what covers each, in the order of the alphabet. */
export function coverage(scanner: Scanner): readonly { readonly name: string; readonly by: string }[] {
  const covered = entries.flatMap((entry) =>
    (entry[scanner] ?? []).map((name) => ({ name, by: `${entry.what}: ${coveredBy(entry)}` })),
  );
  const exempted = exemptionsOf(scanner).map(({ check, reason }) => ({
    name: check,
    by: `not followed: ${reason}`,
  }));
  return [...covered, ...exempted].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function coveredBy({ check, schema, server, nothing }: Entry): string {
  if (check) return `\`${check}\``;
  if (schema) return 'refused by the strict schemas';
  if (server) return 'refused by the API server';
  return `not applicable: ${nothing}`;
}

/** docs/scanners.md. */
export function scannersPage(): string {
  const sections = SCANNERS.map((scanner) => {
    const rows = coverage(scanner).map(({ name, by }) => `| \`${name}\` | ${by} |`);
    const { source } = names[scanner];
    return `## ${scanner}\n\nNames: ${source}.\n\n| its check | covered by |\n|---|---|\n${rows.join('\n')}\n`;
  });
  return `# The lists of public scanners

kube-score, checkov and kubeconform run for real in \`npm test\` (tests/scanners). Three others are not run: what they look for is
held here against Berth's own checks. Where a check is named, a test plants the mistake and the check finds it. Written by
\`tests/checks/lists\`: \`npx vitest run tests/checks/lists -u\` renews it.

${sections.join('\n')}`;
}
