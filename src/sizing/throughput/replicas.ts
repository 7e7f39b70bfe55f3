import type { EngineRange, SpeedConstants } from './constants.js';
import { eventLoop, percentile, poissonArrivals } from './event-loop.js';
import { steadyState } from './steady-state.js';
import { stepTimes } from './step.js';
import type { Work } from './work.js';

/** What is asked of all replicas together at the busiest time. */
export interface Demand {
  readonly requestsPerSecond: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly prefixCacheHitRate?: number;
  /** 95 of 100 requests must stay under these, seconds. @default - no limit */
  readonly ttftSeconds?: number;
  readonly tpotSeconds?: number;
}

/** One replica: its work, its engine, and what limits the requests that run at once. */
export interface ReplicaSpeed {
  readonly work: Work;
  readonly range: EngineRange;
  readonly gpus: number;
  readonly runningLimit: number;
  /** What sets `runningLimit`. */
  readonly limitedBy: 'kv-cache' | 'max-num-seqs';
  /** Half width of the band of its speed, as a share. */
  readonly errorBand: number;
}

/** What stops one replica from taking more. */
export type BindingConstraint =
  | 'ttft'
  | 'tpot'
  | 'kv-cache'
  | 'max-num-seqs'
  | 'throughput'
  | 'never meets the service levels';

/** Replicas for a demand: the ends of the band of the speed. */
export interface ReplicaRange {
  readonly replicas: readonly [low: number, high: number];
  readonly gpus: readonly [low: number, high: number];
  /** Requests a second of one replica, from slow to fast. */
  readonly requestsPerSecondEach: readonly [low: number, high: number];
  readonly binding: BindingConstraint;
}

export interface MonthlyUse {
  readonly callsPerMonth: number;
  /** Hours of a month in which people call. @default 730: around the clock */
  readonly hoursPerMonth?: number;
  /** Busiest minutes over the mean of these hours. @default 3 */
  readonly peakFactor?: number;
}

/** Mean rate over the hours of use, times the peak. */
export function peakRequestsPerSecond({
  callsPerMonth,
  hoursPerMonth = 730,
  peakFactor = 3,
}: MonthlyUse): number {
  return (callsPerMonth / (hoursPerMonth * 3600)) * peakFactor;
}

/** A queue that is never idle grows without end: share of the full speed that a replica is given. */
const HIGHEST_UTILIZATION = 0.85;
/** Requests of one simulated hour: enough for a 95th percentile. */
const SIMULATED_REQUESTS = 300;
const HALVINGS = 10;
const PERCENTILE = 0.95;

/**
 * Replicas and accelerators for a demand, as a range over the band of the speed, with what binds at the slow end.
 * Latencies are those of simulated Poisson arrivals.
 */
export function replicasFor(demand: Demand, replica: ReplicaSpeed, constants: SpeedConstants): ReplicaRange {
  const slow = capacity(demand, replica, constants, 1 + replica.errorBand);
  const fast = capacity(demand, replica, constants, 1 / (1 + replica.errorBand));
  const needed = (each: number) =>
    each <= 0 ? Number.POSITIVE_INFINITY : Math.max(1, Math.ceil(demand.requestsPerSecond / each));
  const replicas = [needed(fast.rate), needed(slow.rate)] as const;
  return {
    replicas,
    gpus: [replicas[0] * replica.gpus, replicas[1] * replica.gpus],
    requestsPerSecondEach: [slow.rate, fast.rate],
    binding: slow.binding,
  };
}

/** Requests a second that one replica takes where all its times are `factor` times the likely ones. */
function capacity(demand: Demand, replica: ReplicaSpeed, constants: SpeedConstants, factor: number) {
  const { work, range, runningLimit } = replica;
  const hitRate = demand.prefixCacheHitRate ?? 0;
  const load = { ...demand, prefixCacheHitRate: hitRate, concurrency: runningLimit, runningLimit };
  const full = steadyState(work, load, constants, range);
  const most = (full.outputTokensPerSecond / demand.outputTokens / factor) * HIGHEST_UTILIZATION;
  const missed = (rate: number) => missedLevel(demand, replica, constants, factor, rate);
  if (missed(most) === null) return { rate: most, binding: fullBinding(replica, constants, demand) };
  const least = most / 2 ** HALVINGS;
  if (missed(least) !== null) return { rate: 0, binding: 'never meets the service levels' as const };
  let [low, high] = [least, most];
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    const middle = (low + high) / 2;
    if (missed(middle) === null) low = middle;
    else high = middle;
  }
  return { rate: low, binding: missed(high) ?? ('throughput' as const) };
}

/** The service level that 95 of 100 requests do not meet at this rate; null where they meet both. */
function missedLevel(
  demand: Demand,
  { work, range, runningLimit }: ReplicaSpeed,
  constants: SpeedConstants,
  factor: number,
  rate: number,
): 'ttft' | 'tpot' | null {
  const times = stepTimes(work, constants, range);
  const met = eventLoop(times, {
    at: poissonArrivals(SIMULATED_REQUESTS, rate * factor),
    inputTokens: demand.inputTokens * (1 - (demand.prefixCacheHitRate ?? 0)),
    outputTokens: demand.outputTokens,
    runningLimit,
    startSeconds: constants.startSeconds * constants.engines[range].start,
  });
  const over = (values: readonly number[], limit: number | undefined) =>
    limit !== undefined && percentile(values, PERCENTILE) * factor > limit;
  if (over(met.ttft, demand.ttftSeconds)) return 'ttft';
  return over(met.tpot, demand.tpotSeconds) ? 'tpot' : null;
}

/** At full speed: what room for twice the requests would bring tells whether room or speed is what is short. */
function fullBinding(replica: ReplicaSpeed, constants: SpeedConstants, demand: Demand): BindingConstraint {
  const { work, range, runningLimit, limitedBy } = replica;
  const at = (running: number) =>
    steadyState(
      work,
      {
        ...demand,
        prefixCacheHitRate: demand.prefixCacheHitRate ?? 0,
        concurrency: running,
        runningLimit: running,
      },
      constants,
      range,
    ).outputTokensPerSecond;
  return at(2 * runningLimit) > 1.1 * at(runningLimit) ? limitedBy : 'throughput';
}
