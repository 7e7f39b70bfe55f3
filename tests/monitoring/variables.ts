import { boundaryText } from '../../src/checks/manifest/metric-catalogue.js';
import { snapToBucket } from '../../src/monitoring/buckets.js';
import { histogramBuckets } from '../../src/monitoring/metrics.js';
import type { Monitored } from './deployed.js';

/** What the `$names` of scenarios stand for in one environment. */
export function variables({ plan, server }: Monitored): Readonly<Record<string, string>> {
  const { monitoring, name, servedModelNames, scaling, concurrency, sizing } = server;
  const levels = monitoring?.serviceLevels;
  const waitingPerReplica = scaling?.waitingThreshold ?? concurrency.target;
  const job = `${plan.namespace}/${name}`;
  const scraped = (pod: string) =>
    `namespace="${plan.namespace}",job="${job}",pod="${pod}",container="server",endpoint="http",instance="${pod}:8000"`;
  const model = servedModelNames[0] ?? '';
  const counted = (seconds: number | null | undefined, key: 'timeToFirstToken' | 'interTokenLatency') =>
    snapToBucket(seconds ?? 0, histogramBuckets(key)) ?? 0;
  const ttft = counted(levels?.ttftSeconds, 'timeToFirstToken');
  const interToken = counted(levels?.interTokenSeconds, 'interTokenLatency');
  const asked = (seconds: number | null | undefined, at: number) =>
    seconds == null || seconds === at ? '' : ` (asked for: ${seconds} s; the engine counts at ${at} s)`;
  return {
    namespace: plan.namespace,
    model,
    job,
    deployment: name,
    /** Labels of a scraped pod, and of the engine's series in it. */
    scraped: scraped(`${name}-a`),
    engine: `${scraped(`${name}-a`)},model_name="${model}",engine="0"`,
    engineB: `${scraped(`${name}-b`)},model_name="${model}",engine="0"`,
    pod: `${name}-a`,
    /** Five requests wait; for room as many as do not make the queue too long. */
    fewWaiting: `${Math.min(5, waitingPerReplica)}`,
    waitingPerReplica: `${waitingPerReplica}`,
    oneTooMany: `${waitingPerReplica + 1}`,
    places: `${sizing.settings.maxNumSeqs}`,
    ttft: `${ttft}`,
    ttftBucket: boundaryText(ttft),
    ttftAsked: asked(levels?.ttftSeconds, ttft),
    interTokenAsked: asked(levels?.interTokenSeconds, interToken),
    ...burns(1 - (levels?.availability ?? 1)),
    interToken: `${interToken}`,
    interTokenBucket: boundaryText(interToken),
  };
}

/** Requests in a minute while the error budget burns. */
const REQUESTS = 10_000;

/**
 * Of `REQUESTS` in a minute those that fail and those that do not, and the share as alerts print it, while the budget burns
 * 20, 8, 4, 1.5 and 0.9 times as fast as it may; 50 minutes of 20 times within an hour; 1170 of 4 times within a day.
 */
function burns(budget: number): Readonly<Record<string, string>> {
  const number = (value: number) => `${Number(value.toPrecision(4))}`;
  const speeds = {
    Twenty: 20,
    Eight: 8,
    Four: 4,
    OneAndAHalf: 1.5,
    Almost: 0.9,
    FiftyMinutes: (20 * 50) / 60,
    Day: (4 * 1170) / 1440,
  };
  return Object.fromEntries([
    ['allowed', number(100 * budget)],
    ...Object.entries(speeds).flatMap(([name, speed]) => [
      [`bad${name}`, number(REQUESTS * budget * speed)],
      [`good${name}`, number(REQUESTS * (1 - budget * speed))],
      [`share${name}`, `${number(100 * budget * speed)}%`],
    ]),
  ]);
}
