import type { Catalog } from '../../catalog/catalog.js';
import { PRECISIONS } from '../../catalog/model.js';
import { UserError } from '../../error.js';
import { collector } from '../../selection/collect.js';
import { type ComparedSize, cheapestFirst, hourlyPrice, tokenCost } from '../../sizing/compare-sizes.js';
import { sizeOnce } from '../../sizing/size-once.js';
import { precisionNamed } from '../../sizing/what-if/precision-name.js';
import { columns } from '../table.js';
import type { SizeOptions } from './options.js';
import { readRequest } from './request.js';

/** Requests in flight where nobody says how many: enough to fill a batch. */
const USUAL_CONCURRENCY = 16;

/**
 * Sizes the model on each `NxACCELERATOR` of the list, in each precision: that after a slash, else every published one.
 * @throws UserError with everything in the list that cannot be read.
 */
export function compareSizes(
  name: string,
  options: SizeOptions,
  catalog: Catalog,
  cwd: string,
): ComparedSize[] {
  const load = { concurrency: USUAL_CONCURRENCY, inputTokens: 1024, outputTokens: 256 };
  const entries = (options.compare ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  if (entries.length === 0)
    throw new UserError('nothing was compared', [
      {
        message: '--compare names no accelerators',
        fix: 'write for instance --compare 1xh100-sxm,2xl40s,1xh200/fp8',
      },
    ]);
  const found = collector();
  const rowsOf = (entry: string) => {
    const [on = '', precision] = entry.split('/');
    const asked = precision ?? options.precision;
    const first = readRequest(name, { ...load, ...options, on, precision: asked }, catalog, cwd);
    const published = PRECISIONS.filter((known) =>
      asked === undefined
        ? first.request.model.checkpoints.some((checkpoint) => checkpoint.precision === known)
        : known === precisionNamed(asked),
    );
    return published.map((known) =>
      compared(readRequest(name, { ...load, ...options, on, precision: known }, catalog, cwd).request),
    );
  };
  const rows = entries.flatMap((entry) => found.attempt(() => rowsOf(entry)) ?? []);
  if (found.problems.length > 0) throw new UserError('nothing was compared', found.problems);
  return cheapestFirst(rows);
}

function compared(request: Parameters<typeof sizeOnce>[0]): ComparedSize {
  const { verdict, throughput, kvCacheTokens, settings } = sizeOnce(request);
  const speed = verdict === 'no' ? null : throughput;
  return {
    accelerator: request.accelerator.id,
    gpus: settings.gpus,
    precision: settings.precision,
    verdict,
    kvCacheTokens,
    outputTokensPerSecond: speed?.outputTokensPerSecond ?? null,
    ttftMs: speed?.ttftMs ?? null,
    tpotMs: speed?.tpotMs ?? null,
    costPerMillionTokens: tokenCost(
      hourlyPrice(request.accelerator),
      settings.gpus,
      speed?.outputTokensPerSecond ?? null,
    ),
  };
}

export function showCompared(rows: readonly ComparedSize[]): string {
  const number = (value: number | null) => (value === null ? '–' : String(Math.round(value * 10) / 10));
  const cost = ({ costPerMillionTokens: found, verdict }: ComparedSize) =>
    found === null
      ? verdict === 'no'
        ? '–'
        : 'unknown'
      : `${found.low.toFixed(2)}–${found.high.toFixed(2)}`;
  const dates = [...new Set(rows.flatMap(({ costPerMillionTokens: found }) => found?.dates ?? []))].sort();
  const table = columns({
    head: [
      'accelerators',
      'precision',
      'fits',
      'output tokens/s',
      'TTFT ms',
      'TPOT ms',
      'tokens of cache',
      'USD/M output tokens',
    ],
    align: 'lllrrrrr',
    rows: rows.map((row) => [
      `${row.gpus} × ${row.accelerator}`,
      row.precision,
      row.verdict,
      number(row.outputTokensPerSecond),
      number(row.ttftMs),
      number(row.tpotMs),
      String(row.kvCacheTokens),
      cost(row),
    ]),
  });
  const prices =
    dates.length === 0
      ? 'no hourly price of these accelerators is known'
      : `hourly prices of ${dates.join(', ')}; see berth explain ACCELERATOR`;
  return `${table}\n${prices}`;
}
