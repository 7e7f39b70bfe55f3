import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bandOf } from '../../src/sizing/throughput/error-band.js';
import { cardOf, familyOf, gradeByFold } from './measured/folds.js';
import { grade, isAskableFailure, summarize } from './measured/grade.js';
import { accuracyPage } from './measured/page.js';
import { readRows } from './measured/rows.js';
import { gradeSpeed } from './measured/speed-accuracy.js';

const rows = readRows();
const inSample = rows.map((row) => grade(row));
const byFamily = gradeByFold(rows, familyOf);
const byCard = gradeByFold(rows, cardOf);

const folds = { 'in sample': inSample, 'family held out': byFamily, 'card held out': byCard };
for (const [name, graded] of Object.entries(folds)) {
  const { count, median, mean, p90 } = summarize(graded.map(({ kvError }) => kvError));
  const figures = [median, mean, p90].map((share) => `${(share * 100).toFixed(2)} %`).join(', ');
  console.info(`KV GiB, ${name}: ${count} rows, median, mean, 90th percentile ${figures}`);
}

test('the cache of measured start-ups is met within 2 % at the median and 6 % on average', () => {
  const { median, mean } = summarize(inSample.map(({ kvError }) => kvError));
  expect(median).toBeLessThan(0.02);
  expect(mean).toBeLessThan(0.06);
});

test('constants carry over to model families and cards that they were not fitted on', () => {
  for (const graded of [byFamily, byCard]) {
    const { median, mean, p90 } = summarize(graded.map(({ kvError }) => kvError));
    expect(median).toBeLessThan(0.02);
    expect(mean).toBeLessThan(0.06);
    expect(p90).toBeLessThan(0.1);
  }
});

test('at most one in ten start-ups that failed for want of memory is called "fits"', () => {
  for (const [name, graded] of Object.entries(folds)) {
    const failed = graded.filter(({ row, sizing }) => isAskableFailure(row) && sizing !== null);
    const falseFits = failed.filter(({ sizing }) => sizing?.fits);
    const which = falseFits.map(({ row }) => row.id).join(', ');
    console.info(`false fits, ${name}: ${falseFits.length} of ${failed.length}: ${which}`);
    expect(failed.length).toBeGreaterThan(15);
    expect(falseFits.length / failed.length, name).toBeLessThanOrEqual(0.1);
  }
});

test('all but a few of the engines that started are called "fits"', () => {
  const started = inSample.filter(({ row, sizing }) => row.started && sizing !== null);
  const refused = started.filter(({ sizing }) => !sizing?.fits);
  console.info(
    `started, not called fits: ${refused.map(({ row, sizing }) => `${row.id} ${sizing?.verdict}`).join(', ')}`,
  );
  expect(refused.length / started.length).toBeLessThanOrEqual(0.1);
});

test('nearly every measured model is described', () => {
  const covered = inSample.filter(({ sizing }) => sizing !== null).length;
  console.info(`coverage: ${covered} of ${rows.length}`);
  expect(covered / rows.length).toBeGreaterThan(0.95);
});

const speed = gradeSpeed();
for (const [name, graded] of Object.entries({ 'in sample': speed.inSample, ...speed.folds })) {
  for (const [engines, runs] of Object.entries({ all: graded, vLLM: graded.filter(isVllm) })) {
    const figures = (['tpot', 'output', 'ttft'] as const).map((key) => {
      const { median, p90 } = summarize(runs.map((run) => run[key]));
      return `${key} ${(median * 100).toFixed(1)} % (90th ${(p90 * 100).toFixed(0)} %)`;
    });
    console.info(`speed, ${name}, ${engines}: ${runs.length} runs, medians ${figures.join(', ')}`);
  }
}

test('the speed of measured runs carries over to families and cards that it was not fitted on', () => {
  for (const graded of Object.values(speed.folds)) {
    const median = (key: 'tpot' | 'output' | 'ttft', runs: typeof graded) =>
      summarize(runs.map((run) => run[key])).median;
    expect(median('tpot', graded)).toBeLessThan(0.1);
    expect(median('output', graded)).toBeLessThan(0.11);
    const vllm = graded.filter(isVllm);
    expect(median('tpot', vllm)).toBeLessThan(0.09);
    expect(median('output', vllm)).toBeLessThan(0.09);
    expect(median('ttft', vllm)).toBeLessThan(0.17);
  }
});

test('two of three runs lie within the error band that is stated, their card held out', () => {
  const ranges = new Set(speed.folds['card held out'].map(({ run }) => run.range));
  for (const range of ranges) {
    const runs = speed.folds['card held out'].filter(({ run, tpot }) => run.range === range && tpot !== null);
    const within = runs.filter(({ run, tpot }) => Math.abs(tpot ?? 0) <= bandOf(run.work, range, false));
    expect(within.length / runs.length, range).toBeGreaterThan(0.63);
  }
});

test('one measured run of a configuration brings the others closer', () => {
  const plain = summarize(speed.inSample.map(({ tpot }) => tpot)).median;
  expect(summarize(speed.anchored.map(({ tpot }) => tpot)).median).toBeLessThan(plain);
});

test('docs/accuracy.md holds the figures of this run', () => {
  const page = accuracyPage({ inSample, byFamily, byCard, speed });
  if (process.env.BERTH_WRITE_DOCS === '1') writeFileSync('docs/accuracy.md', page);
  expect(readFileSync('docs/accuracy.md', 'utf8'), 'BERTH_WRITE_DOCS=1 writes it anew').toBe(page);
});

function isVllm({ run }: { readonly run: { readonly row: { readonly engine: string } } }): boolean {
  return run.row.engine === 'vllm';
}
