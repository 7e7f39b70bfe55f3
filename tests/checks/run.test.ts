import { expect, test } from 'vitest';
import type { Check, Severity } from '../../src/checks/check.js';
import { blocking, runChecks } from '../../src/checks/run.js';

function check(
  id: string,
  severity: Severity,
  guards?: boolean,
): Check<{ readonly sizes: readonly number[] }> {
  return {
    id,
    title: id,
    why: id,
    source: id,
    inputs: ['sizes'],
    ...(guards !== undefined && { guards }),
    run: ({ sizes }) => sizes.map((size) => ({ severity, message: `size ${size}`, remedy: [] })),
  };
}

const checks = [
  check('fit/z', 'error'),
  check('fit/a', 'warning'),
  check('licence/q', 'question', true),
  check('cost/q', 'question'),
  check('cost/i', 'info'),
];

test('findings carry their check and keep the order of the checks and of each check', () => {
  expect(runChecks(checks.slice(0, 2), { sizes: [2, 1] }).map((f) => `${f.check} ${f.message}`)).toEqual([
    'fit/z size 2',
    'fit/z size 1',
    'fit/a size 2',
    'fit/a size 1',
  ]);
});

test.each([
  [false, ['fit/z']],
  [true, ['fit/z', 'licence/q']],
])('what blocks with strict: %s', (strict, expected) => {
  const findings = runChecks(checks, { sizes: [1] });
  expect(blocking(findings, { strict, checks }).map((finding) => finding.check)).toEqual(expected);
});
