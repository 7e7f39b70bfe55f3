import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { manifestChecks } from '../../../src/checks/manifest/all.js';
import { runChecks } from '../../../src/checks/run.js';
import { inspect } from '../../../src/inspect/inspect.js';
import { base } from './base.js';
import { baseGroup } from './base-group.js';
import { engines } from './engines.js';
import { type Mutation, mutate } from './mutate.js';

interface Case extends Mutation {
  readonly check: string;
  readonly also?: readonly string[];
  readonly in?: 'group';
  /** Words that its message holds. */
  readonly says?: string;
}

const cases = ['cases.yaml', 'cases-scaling.yaml'].flatMap((file) => {
  const text = readFileSync(join(import.meta.dirname, file), 'utf8').replaceAll('$300k', 'x'.repeat(300_000));
  return parse(text) as Case[];
});

describe('each manifest check', () => {
  it.each(cases.map((each, index) => [each.check, index] as const))(
    '%s finds its mistake, and it alone does (%i)',
    (check, index) => {
      const { also = [], in: set, says = '', ...mutation } = cases[index] as Case;
      const objects = mutate(set === 'group' ? baseGroup() : base(), mutation);
      const findings = runChecks(manifestChecks, inspect(objects, engines));
      const unexpected = findings.filter(
        (finding) => finding.check !== check && !also.includes(finding.check),
      );
      expect(unexpected).toEqual([]);
      const found = findings.filter((finding) => finding.check === check).map(({ message }) => message);
      expect(found.length).toBeGreaterThan(0);
      expect(found.join('\n')).toContain(says);
      for (const { message, remedy, subject } of findings) {
        expect(subject).toBeTruthy();
        expect(message).toMatch(/^[^.]*.*[^.]$/);
        expect(remedy.every((each) => each.length > 0) && remedy.length > 0).toBe(true);
      }
    },
  );

  it('has a case', () => {
    const tried = new Set(cases.map(({ check }) => check));
    expect(manifestChecks.map(({ id }) => id).filter((id) => !tried.has(id))).toEqual([]);
    expect([...tried].filter((check) => !manifestChecks.some(({ id }) => id === check))).toEqual([]);
  });

  it('repeats no secret value', () => {
    for (const { also: _, in: __, check, ...mutation } of cases.filter((each) =>
      each.check.startsWith('secrets/'),
    )) {
      const findings = runChecks(manifestChecks, inspect(mutate(base(), mutation), engines));
      expect(JSON.stringify(findings), check).not.toContain('not-a-real');
    }
  });
});
