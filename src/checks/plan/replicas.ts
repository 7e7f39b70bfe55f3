import type { ServerPlan } from '../../plan/plan.js';
import type { Serving } from '../../selection/resolved.js';
import { SPEED } from '../../sizing/throughput/fitted.js';
import { peakRequestsPerSecond, type ReplicaRange, replicasFor } from '../../sizing/throughput/replicas.js';
import { speedModel } from '../../sizing/throughput/throughput.js';
import { key, onServers, type PlanCheck, type PlanFinding, type Planned } from './planned.js';

/** Hours of a month with people at work: 22 days of 8 hours. */
const WORKING_HOURS = 176;
const PEAK_FACTOR = { steady: 3, fluctuating: 5 } as const;

/** What stops one replica, in words. */
const BINDING: Readonly<Record<ReplicaRange['binding'], string>> = {
  ttft: 'the time to first token binds',
  tpot: 'the gap between tokens binds',
  'kv-cache': 'the KV cache binds',
  'max-num-seqs': 'sizing.concurrency binds',
  throughput: 'the accelerator is busy',
  'never meets the service levels': 'one request alone misses the service levels',
};

export const capacityReplicas: PlanCheck = {
  id: 'capacity/replicas',
  title: 'replicas for the calls of a month',
  why: 'a replica that is always full answers late; one that is never full is paid for nothing',
  source:
    'speed of the sizing over its error band, Poisson arrivals, 95th percentiles against the service levels',
  inputs: [
    'usage.callsPerMonth',
    'usage.inputTokens',
    'usage.outputTokens',
    'sizing.serviceLevels',
    'servers[].sizing',
  ],
  run: onServers((server, planned, serving): PlanFinding[] => {
    const found = rangeFor(server, planned, serving);
    if (found === null) return [];
    const { range, peak, rate } = found;
    const { min, max } = serving.sizing.replicas;
    const replicas = words(range.replicas, 'replica');
    return [
      {
        severity: 'info',
        message: Number.isFinite(range.replicas[1])
          ? `${peak.callsPerMonth.toLocaleString('en-US')} calls a month are ${rate.toFixed(2)} a second at the peak (${peak.peakFactor} × the mean of ${peak.hoursPerMonth} hours): ${replicas}, ${words(range.gpus, 'accelerator')}; ${BINDING[range.binding]}. Planned are ${min} to ${max}`
          : `${peak.callsPerMonth.toLocaleString('en-US')} calls a month: ${BINDING[range.binding]}, whatever the replicas`,
        remedy: remedies(range, max),
        subject: key(planned, 'sizing.replicas'),
      },
    ];
  }),
};

function rangeFor({ sizing }: ServerPlan, { resolved }: Planned, serving: Serving) {
  const { callsPerMonth, inputTokens, outputTokens, audience, fluctuating } = resolved.usage;
  if (callsPerMonth === undefined || inputTokens === undefined || outputTokens === undefined) return null;
  if (callsPerMonth === 0 || sizing.throughput === null || sizing.verdict === 'no') return null;
  const model = speedModel({
    request: { ...serving, gpus: sizing.settings.gpus },
    settings: sizing.settings,
  });
  if ('missing' in model) return null;
  const held = Math.floor(sizing.kvCacheTokens / (inputTokens + 0.6 * outputTokens));
  const seqs = sizing.settings.maxNumSeqs;
  const peak = {
    callsPerMonth,
    hoursPerMonth: audience === 'internal' ? WORKING_HOURS : 730,
    peakFactor: fluctuating === true ? PEAK_FACTOR.fluctuating : PEAK_FACTOR.steady,
  };
  const rate = peakRequestsPerSecond(peak);
  const { ttftMs, interTokenMs } = serving.sizing.serviceLevels;
  const range = replicasFor(
    {
      requestsPerSecond: rate,
      inputTokens,
      outputTokens,
      ...(ttftMs !== undefined && { ttftSeconds: ttftMs / 1000 }),
      ...(interTokenMs !== undefined && { tpotSeconds: interTokenMs / 1000 }),
    },
    {
      work: model.work,
      range: model.found.range,
      gpus: sizing.settings.gpus,
      runningLimit: Math.max(1, Math.min(held, seqs)),
      limitedBy: held < seqs ? 'kv-cache' : 'max-num-seqs',
      errorBand: sizing.throughput.errorBand,
    },
    SPEED,
  );
  return { range, peak, rate };
}

function words([low, high]: readonly [number, number], what: string): string {
  const count = low === high ? String(high) : `${low} to ${high}`;
  return `${count} ${what}${high === 1 ? '' : 's'}`;
}

function remedies({ replicas: [low, high], binding }: ReplicaRange, max: number): string[] {
  if (!Number.isFinite(high))
    return ['take a faster accelerator, more of them a replica, or wider service levels'];
  if (max >= high) return [];
  const more = `set sizing.replicas.max to ${high}`;
  const unbound = binding === 'max-num-seqs' ? ['raise sizing.concurrency where the cache holds more'] : [];
  return max < low ? [more, ...unbound] : [`${more} to be on the safe side`, ...unbound];
}
