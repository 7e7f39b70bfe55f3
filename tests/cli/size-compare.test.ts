import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cheapestFirst, hourlyPrice, tokenCost } from '../../src/sizing/compare-sizes.js';
import { accelerator } from '../sizing/samples.js';
import { berth } from './run.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-compare-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('accelerators and precisions beside each other, cheapest first, of unknown price after them', async () => {
  const { stdout, code } = await berth(
    folder,
    ...'size qwen3-32b --compare 1xh100-sxm,1xb200,1xl4 --concurrency 32 --max-model-len 8k --json'.split(
      ' ',
    ),
  );
  const rows = JSON.parse(stdout);
  expect(code).toBe(0);
  expect(new Set(rows.map(({ precision }: { precision: string }) => precision)).size).toBeGreaterThan(2);
  const known = rows.filter(
    ({ costPerMillionTokens: cost }: { costPerMillionTokens: unknown }) => cost !== null,
  );
  const lows = known.map((row: { costPerMillionTokens: { low: number } }) => row.costPerMillionTokens.low);
  expect(lows).toEqual([...lows].sort((a, b) => a - b));
  expect(rows.slice(0, known.length)).toEqual(known);
  expect(rows.at(-1)).toMatchObject({ accelerator: 'l4', verdict: 'no', outputTokensPerSecond: null });
});

test('a table for people names the days of the prices, and says where a cost is unknown', async () => {
  const { stdout } = await berth(
    folder,
    'size',
    'qwen3-8b',
    '--compare',
    '1xh100-sxm/bf16,1xb200/bf16',
    '--max-model-len',
    '8k',
  );
  expect(stdout).toMatch(/1 × h100-sxm {2}bf16 +fits .* \d+\.\d\d–\d+\.\d\d/);
  expect(stdout).toMatch(/1 × b200 .* unknown/);
  expect(stdout).toMatch(/hourly prices of 2026-/);
});

test('USD for a million tokens: 2 GPUs of 3 USD an hour at 1000 tokens a second are 1.67', () => {
  const priced = accelerator('card', 80, {
    prices: [
      { what: 'on demand', amount: [3], unit: 'USD/h', date: '2026-05', source: 'test' },
      { what: 'spot', amount: [0.1], unit: 'USD/h', date: '2026-05', source: 'test' },
      { what: 'undated', amount: [1], unit: 'USD/h', date: null, source: 'test' },
      { what: 'bought', amount: [30_000], unit: 'USD', date: '2026-05', source: 'test' },
    ],
  });
  const cost = tokenCost(hourlyPrice(priced), 2, 1000);
  expect(cost?.low).toBeCloseTo((3 * 2 * 1e6) / (1000 * 3600), 6);
  expect(cost?.dates).toEqual(['2026-05']);
  expect(hourlyPrice(accelerator('other', 80))).toBeNull();
  expect(cheapestFirst([])).toEqual([]);
});

test('--plot draws a curve of every point into an SVG or a page', async () => {
  const words =
    'size qwen3-8b --on 1xh100-sxm --max-model-len 8k --input-tokens 1000 --output-tokens 200 --plot';
  expect((await berth(folder, ...words.split(' '), 'speed.svg')).code).toBe(0);
  const svg = readFileSync(join(folder, 'speed.svg'), 'utf8');
  expect(svg).toMatch(/^<svg /);
  expect(svg).toContain('output tokens a second');
  expect((await berth(folder, ...words.split(' '), 'speed.html')).code).toBe(0);
  expect(readFileSync(join(folder, 'speed.html'), 'utf8')).toMatch(/<!doctype html>[\s\S]*<svg /);
  expect((await berth(folder, ...words.split(' '), 'speed.png')).stderr).toMatch(/only \.svg and \.html/);
});

test.each(['', ' , '])('--compare %j names nothing to compare, and ends with 1', async (list) => {
  const { stdout, stderr, code } = await berth(folder, 'size', 'qwen3-8b', '--compare', list);
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toContain('--compare names no accelerators');
});
