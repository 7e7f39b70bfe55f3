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
    interToken: `${interToken}`,
    interTokenBucket: boundaryText(interToken),
  };
}
