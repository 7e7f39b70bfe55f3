import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openCatalog } from '../../src/catalog/catalog.js';
import type { Verdict } from '../../src/sizing/types.js';
import { cell, fitPage } from './fit/page.js';
import { accelerators, sweep } from './fit/sweep.js';

const file = join(import.meta.dirname, '..', '..', 'docs', 'fit.md');
const catalog = openCatalog(undefined);

test.each<[string, string]>([
  ['fits fits fits fits', '1+'],
  ['no barely fits fits', '~2 4+'],
  ['barely barely barely fits', '~1 8'],
  ['no barely barely barely', '~2+'],
  ['no no no fits', '8'],
  ['fits fits no no', '1–2'],
  ['no fits no fits', '2 8'],
  ['no no no barely', '~8'],
  ['no no no no', 'no'],
])('%s reads %s', (verdicts, expected) => {
  expect(cell(verdicts.split(' ') as Verdict[])).toBe(expected);
});

test('docs/fit.md says what every model takes on every accelerator', () => {
  const rows = sweep(catalog);
  const page = fitPage(rows, accelerators(catalog), `vLLM ${catalog.engineFamily.defaultVersion}`);
  if (process.env.BERTH_WRITE_DOCS === '1') writeFileSync(file, page);
  expect(readFileSync(file, 'utf8') === page, 'BERTH_WRITE_DOCS=1 writes it anew').toBe(true);
  // A model that nobody can size is a gap of the catalogue, and the page names it.
  expect(rows.filter(({ missing }) => missing.length > 0).length).toBeLessThan(rows.length / 10);
}, 120_000);
