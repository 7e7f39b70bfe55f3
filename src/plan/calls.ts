import type { ServedSelection } from '../selection/resolved.js';
import { SPEED } from '../sizing/throughput/fitted.js';
import {
  type BindingConstraint,
  peakRequestsPerSecond,
  type ReplicaSpeed,
  replicasFor,
} from '../sizing/throughput/replicas.js';
import { speedModel } from '../sizing/throughput/throughput.js';
import type { Sizing } from '../sizing/types.js';

/** What the calls of a month come to at the busiest time, and the replicas that they need. */
export interface CallsPlan {
  readonly callsPerMonth: number;
  /** Hours of a month in which people call, and the busiest minutes over their mean. */
  readonly hoursPerMonth: number;
  readonly peakFactor: number;
  readonly peakRequestsPerSecond: number;
  /** Between the fast and the slow end of the speed's band; null where one request alone misses the service levels. */
  readonly replicas: readonly [low: number, high: number] | null;
  readonly accelerators: readonly [low: number, high: number] | null;
  readonly binding: BindingConstraint;
}

/** 22 days of 8 hours for people at work, else around the clock. */
const HOURS = { working: 176, always: 730 } as const;
const PEAK_FACTOR = { steady: 3, fluctuating: 5 } as const;
/** Share of its answer that a running request has written when it is met. */
const WRITTEN_SHARE = 0.6;

/** Null where the selection says neither calls nor lengths, or the speed of the accelerator is not known. */
export function callsPlan({ serving, usage }: ServedSelection, sizing: Sizing): CallsPlan | null {
  const { callsPerMonth = 0, inputTokens, outputTokens, audience, fluctuating } = usage;
  if (callsPerMonth === 0 || inputTokens === undefined || outputTokens === undefined) return null;
  const replica = replicaSpeed(serving, sizing, inputTokens + WRITTEN_SHARE * outputTokens);
  if (replica === null) return null;
  const hoursPerMonth = audience === 'internal' ? HOURS.working : HOURS.always;
  const peakFactor = fluctuating === true ? PEAK_FACTOR.fluctuating : PEAK_FACTOR.steady;
  const rate = peakRequestsPerSecond({ callsPerMonth, hoursPerMonth, peakFactor });
  const { ttftMs, interTokenMs } = serving.sizing.serviceLevels;
  const { replicas, gpus, binding } = replicasFor(
    {
      requestsPerSecond: rate,
      inputTokens,
      outputTokens,
      ...(ttftMs !== undefined && { ttftSeconds: ttftMs / 1000 }),
      ...(interTokenMs !== undefined && { tpotSeconds: interTokenMs / 1000 }),
    },
    replica,
    SPEED,
  );
  const met = Number.isFinite(replicas[1]);
  return {
    callsPerMonth,
    hoursPerMonth,
    peakFactor,
    peakRequestsPerSecond: Math.round(rate * 100) / 100,
    replicas: met ? replicas : null,
    accelerators: met ? gpus : null,
    binding,
  };
}

function replicaSpeed(
  serving: ServedSelection['serving'],
  sizing: Sizing,
  tokens: number,
): ReplicaSpeed | null {
  const { settings, throughput, verdict, kvCacheTokens } = sizing;
  if (throughput === null || verdict === 'no') return null;
  const model = speedModel({ request: { ...serving, gpus: settings.gpus }, settings });
  if ('missing' in model) return null;
  const held = Math.floor(kvCacheTokens / tokens);
  return {
    work: model.work,
    range: model.found.range,
    gpus: settings.gpus,
    runningLimit: Math.max(1, Math.min(held, settings.maxNumSeqs)),
    limitedBy: held < settings.maxNumSeqs ? 'kv-cache' : 'max-num-seqs',
    errorBand: throughput.errorBand,
  };
}

/** What stops one replica, in words. */
export const BINDING_WORDS: Readonly<Record<BindingConstraint, string>> = {
  ttft: 'the time to first token binds',
  tpot: 'the gap between tokens binds',
  'kv-cache': 'the KV cache binds',
  'max-num-seqs': 'sizing.concurrency binds',
  throughput: 'the accelerator is busy',
  'never meets the service levels': 'one request alone misses the service levels',
};

/** `3 to 4`, or one figure where both ends are the same. */
export function fromTo([low, high]: readonly [number, number]): string {
  return low === high ? String(high) : `${low} to ${high}`;
}
