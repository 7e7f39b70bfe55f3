import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { fieldCases } from './case.js';
import { caseLines, casesPage } from './page.js';
import { type JudgedCase, judged, mistakes } from './states.js';

let cases: readonly JudgedCase[];

beforeAll(async () => {
  const found: JudgedCase[] = [];
  for (const one of fieldCases()) found.push(await judged(one));
  cases = found;
  const lines = caseLines(cases).join('\n');
  console.log(lines);
  const folder = process.env.BERTH_RESULTS_DIR;
  if (folder) writeFileSync(join(folder, 'cases.txt'), `${lines}\n`);
}, 60_000);

it('gives no wrong answer that is not known and explained', () => {
  const found = cases.flatMap(({ id, outcomes, wrong = {} }) =>
    outcomes
      .filter(({ check, state }) => state === 'wrong' && wrong[check] === undefined)
      .map(({ check, why }) => `${id} ${check}: ${why}`),
  );
  expect(found).toEqual([]);
});

it('calls wrong only what still is', () => {
  const mended = cases.flatMap(({ id, outcomes, wrong = {} }) =>
    Object.keys(wrong)
      .filter((name) => !outcomes.some(({ check, state }) => check === name && state === 'wrong'))
      .map((name) => `${id} ${name}`),
  );
  expect(mended).toEqual([]);
});

it('judges what each case checks, and waits only for what is not there', () => {
  expect(mistakes()).toEqual([]);
});

it('holds all thirty cases', () => {
  expect(cases).toHaveLength(30);
  expect(cases.filter(({ state }) => state === 'right').length).toBeGreaterThan(12);
});

it('writes the page', async () => {
  await expect(casesPage(cases)).toMatchFileSnapshot('../../docs/cases.md');
});
