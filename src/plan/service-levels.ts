import { snapToBucket } from '../monitoring/buckets.js';
import type { LevelKey } from '../monitoring/metrics.js';
import { histogramBuckets } from '../monitoring/metrics.js';
import type { ServerPlan } from './plan.js';

/** How promised latencies are counted where that is not as they were asked for: the engine counts in fixed steps. */
export function countingNotes({ monitoring }: Pick<ServerPlan, 'monitoring'>): string[] {
  if (monitoring === null) return [];
  const { ttftSeconds, interTokenSeconds } = monitoring.serviceLevels;
  return [
    ...note('first tokens', 'timeToFirstToken', ttftSeconds),
    ...note('gaps between tokens', 'interTokenLatency', interTokenSeconds),
  ];
}

function note(what: string, key: LevelKey, askedSeconds: number | null): string[] {
  if (askedSeconds === null) return [];
  const steps = histogramBuckets(key);
  const seconds = snapToBucket(askedSeconds, steps);
  if (seconds === askedSeconds) return [];
  return [
    seconds === null
      ? `${what} are not watched: the service level of ${askedSeconds} s is beyond the engine's largest bucket of ${steps.at(-1)} s`
      : `${what} are watched at ${seconds} s, the next bucket of the engine, though the service level is ${askedSeconds} s`,
  ];
}
