import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { coveredBy, trapCoverage, trapsPage, unknownTraps } from './coverage.js';

it('covers traps 1 to 62, each by a check, a test or a capability that is to come', () => {
  const traps = trapCoverage();
  const table = traps.map((trap) => `trap ${String(trap.number).padStart(2)}  ${coveredBy(trap)}`).join('\n');
  console.log(table);
  const folder = process.env.BERTH_RESULTS_DIR;
  if (folder) writeFileSync(join(folder, 'traps.txt'), `${table}\n`);
  expect(traps.map(({ number }) => number)).toEqual(Array.from({ length: 62 }, (_, index) => index + 1));
  expect(traps.filter((trap) => coveredBy(trap) === '')).toEqual([]);
  expect(traps.flatMap(({ missing }) => missing)).toEqual([]);
  expect(unknownTraps()).toEqual([]);
});

it('keeps "later" for what nothing covers yet', () => {
  expect(
    trapCoverage().filter(({ later, checks, tests }) => later !== undefined && (checks.length > 0 || tests)),
  ).toEqual([]);
});

it('writes the page', async () => {
  await expect(trapsPage()).toMatchFileSnapshot('../../docs/traps.md');
});
