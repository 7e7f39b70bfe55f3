import type { AcceleratorProfile } from '../catalog/accelerator.js';
import type { Verdict } from './types.js';

/** What one hour of one accelerator costs, USD: the ends of what sources say, and the oldest and newest day. */
export interface HourlyPrice {
  readonly low: number;
  readonly high: number;
  readonly dates: readonly string[];
}

/** USD for a million output tokens at the load that was sized. */
export interface TokenCost {
  readonly low: number;
  readonly high: number;
  /** Days of the prices that it rests on. */
  readonly dates: readonly string[];
}

/** One accelerator and precision beside others. */
export interface ComparedSize {
  readonly accelerator: string;
  readonly gpus: number;
  readonly precision: string;
  readonly verdict: Verdict;
  readonly kvCacheTokens: number;
  readonly outputTokensPerSecond: number | null;
  readonly ttftMs: number | null;
  readonly tpotMs: number | null;
  /** Null where the catalogue has no dated hourly price of the accelerator, or nothing runs. */
  readonly costPerMillionTokens: TokenCost | null;
}

/** Prices by the hour that anybody pays on demand; spot prices come and go. Null where the profile has none with a date. */
export function hourlyPrice({ prices }: AcceleratorProfile): HourlyPrice | null {
  const hourly = prices.filter(
    ({ unit, what, date }) => unit === 'USD/h' && date !== null && !/spot/i.test(what),
  );
  const amounts = hourly.flatMap(({ amount }) => amount);
  if (amounts.length === 0) return null;
  const dates = [...new Set(hourly.map(({ date }) => date as string))].sort();
  return { low: Math.min(...amounts), high: Math.max(...amounts), dates };
}

/** price × GPUs ÷ tokens an hour × 10⁶. */
export function tokenCost(
  price: HourlyPrice | null,
  gpus: number,
  outputTokensPerSecond: number | null,
): TokenCost | null {
  if (price === null || outputTokensPerSecond === null || outputTokensPerSecond <= 0) return null;
  const perHour = (usd: number) => (usd * gpus * 1e6) / (outputTokensPerSecond * 3600);
  return { low: perHour(price.low), high: perHour(price.high), dates: price.dates };
}

/** Cheapest first; of unknown cost by tokens a second for each accelerator; what does not fit last. */
export function cheapestFirst(rows: readonly ComparedSize[]): ComparedSize[] {
  const rank = (row: ComparedSize) => (row.verdict === 'no' ? 2 : row.costPerMillionTokens === null ? 1 : 0);
  const perGpu = ({ outputTokensPerSecond, gpus }: ComparedSize) => (outputTokensPerSecond ?? 0) / gpus;
  return rows.toSorted((a, b) => {
    const costs = (a.costPerMillionTokens?.low ?? 0) - (b.costPerMillionTokens?.low ?? 0);
    return rank(a) - rank(b) || costs || perGpu(b) - perGpu(a);
  });
}
