import { UserError } from '../../../src/error.js';
import type { OverheadConstants } from '../../../src/sizing/overhead-constants.js';
import { OVERHEADS } from '../../../src/sizing/overhead-constants.js';
import { refuseUnmodelled } from '../../../src/sizing/refuse.js';
import { sizeOnce } from '../../../src/sizing/size-once.js';
import type { Sizing } from '../../../src/sizing/types.js';
import { type MeasuredRow, requestOf } from './rows.js';

/** A row beside what the sizer says of it. Errors are shares of the measured value, with their sign. */
export interface Graded {
  readonly row: MeasuredRow;
  readonly sizing: Sizing | null;
  /** Why there is no sizing. */
  readonly refusal: string | null;
  readonly kvError: number | null;
  readonly tokenError: number | null;
}

/** Failures that a memory formula can be asked for. */
const ASKABLE = ['weights_do_not_fit', 'no_kv_left', 'kv_too_small_for_one_request', 'post_kv_oom'];

export function isAskableFailure(row: MeasuredRow): boolean {
  return !row.started && ASKABLE.includes(row.failure);
}

export function grade(row: MeasuredRow, overheads: readonly OverheadConstants[] = OVERHEADS): Graded {
  const none = { row, sizing: null, kvError: null, tokenError: null };
  const request = requestOf(row);
  if (request === null)
    return { ...none, refusal: 'no profile describes the model, its precision or the card' };
  try {
    refuseUnmodelled(request);
  } catch (error) {
    if (error instanceof UserError) return { ...none, refusal: error.problems[0]?.message ?? error.summary };
    throw error;
  }
  const sizing = sizeOnce(request, overheads);
  // A rank's own line, not the limiting rank's: its row says to grade tokens only.
  const kvGib = row.id === 'R141' ? null : row.kvGib;
  return {
    row,
    sizing,
    refusal: null,
    kvError: relative(sizing.perGpu.kvCacheGib, kvGib),
    tokenError: relative(sizing.kvCacheTokens, row.tokens),
  };
}

function relative(predicted: number, measured: number | null): number | null {
  return measured === null || measured <= 0 ? null : predicted / measured - 1;
}

/** Median, mean and 90th percentile of the sizes of the errors. */
export interface ErrorSummary {
  readonly count: number;
  readonly median: number;
  readonly mean: number;
  readonly p90: number;
}

export function summarize(errors: readonly (number | null)[]): ErrorSummary {
  const sizes = errors
    .filter((error) => error !== null)
    .map(Math.abs)
    .sort((a, b) => a - b);
  return {
    count: sizes.length,
    median: quantile(sizes, 0.5),
    mean: sizes.reduce((sum, size) => sum + size, 0) / Math.max(1, sizes.length),
    p90: quantile(sizes, 0.9),
  };
}

/** Linear between the neighbours; NaN of nothing. */
function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(at)] ?? Number.NaN, sorted[Math.ceil(at)] ?? Number.NaN];
  return low + (high - low) * (at - Math.floor(at));
}
