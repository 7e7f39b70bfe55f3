import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EngineTable } from '../../../src/catalog/engine.js';
import { snapToBucket } from '../../../src/monitoring/buckets.js';
import type { LevelKey } from '../../../src/monitoring/metrics.js';
import { engineMetric, hasMetric, histogramBuckets, METRIC_KEYS } from '../../../src/monitoring/metrics.js';

const folder = join(import.meta.dirname, '..', '..', '..', 'profiles', 'engines');
const tables = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => EngineTable.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))));

/** The table's entry that exports a series of this name, whole or as part of a histogram. */
function exporter(table: EngineTable, series: string) {
  return Object.values(table.metrics).find(({ exported = [] }) =>
    [series, `${series}_bucket`].some((name) => exported.includes(name)),
  );
}

describe.each(tables)('the metrics of vLLM $version', (table) => {
  it.each(METRIC_KEYS)('agree with its table: %s', (key) => {
    if (!hasMetric(key, table.version)) {
      expect(() => engineMetric(key, table.version)).toThrow(`vLLM ${table.version} exports no`);
      return;
    }
    const { name, labels } = engineMetric(key, table.version);
    expect(exporter(table, name)?.labels).toEqual(labels);
  });

  it('are refused only where the table lacks them', () => {
    const refused = METRIC_KEYS.filter((key) => !hasMetric(key, table.version));
    const names = refused.map((key) => engineMetric(key, '0.33.0').name);
    expect(names.filter((name) => exporter(table, name))).toEqual([]);
  });

  it.each(['timeToFirstToken', 'interTokenLatency'] as LevelKey[])(
    'have the buckets of its table: %s',
    (key) => {
      expect(exporter(table, engineMetric(key, table.version).name)?.buckets).toEqual(histogramBuckets(key));
    },
  );
});

describe('hasMetric', () => {
  it('fails for what is no version', () => {
    expect(() => hasMetric('running', 'latest')).toThrow("not an engine version: 'latest'");
  });
});

describe('snapToBucket', () => {
  it.each([
    { asked: 2.5, boundary: 2.5 },
    { asked: 2, boundary: 2.5 },
    { asked: 0.0005, boundary: 0.001 },
    { asked: 2560, boundary: 2560 },
    { asked: 2561, boundary: null },
  ])('takes $boundary for $asked: never stricter than asked for', ({ asked, boundary }) => {
    expect(snapToBucket(asked, histogramBuckets('timeToFirstToken'))).toBe(boundary);
  });
});
