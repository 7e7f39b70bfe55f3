import { snapToBucket } from './buckets.js';
import type { LevelKey } from './metrics.js';
import { histogramBuckets } from './metrics.js';
import { engineSeries, failedShare, httpRequests, shareWithin } from './queries.js';
import type { RuleInput } from './rule.js';

/** Latencies are promised as p95: this share of the observations must be in time. */
export const LATENCY_OBJECTIVE = 0.95;

/** A promise that can be counted: which share of what must be good, and how to ask for the share that is not. */
export interface ServiceLevel {
  /** Value of the label `slo` of its recorded series. */
  readonly slo: 'availability' | 'first-token' | 'inter-token';
  readonly alert: string;
  /** Share that must be good, above 0 and below 1. */
  readonly objective: number;
  /** What is counted as bad, as the end of "2 % of". */
  readonly bad: string;
  /** Query of the share that is bad, by namespace at least. */
  readonly badShare: (window: string) => string;
  /** Query of the number of requests, by namespace. */
  readonly requests: (window: string) => string;
}

/** The promises of a server that its engine can count; none where none was made. */
export function serviceLevels(input: RuleInput): ServiceLevel[] {
  const { availability } = input;
  const levels: (ServiceLevel | null)[] = [
    availability === null
      ? null
      : {
          slo: 'availability',
          alert: 'AvailabilityBudgetBurn',
          objective: availability,
          bad: 'the requests were answered with 5xx or refused',
          badShare: (window) => failedShare(input, window),
          requests: (window) => `sum by (namespace) (increase(${httpRequests(input)}[${window}]))`,
        },
    latency(input, 'first-token', 'FirstTokenBudgetBurn', 'timeToFirstToken', input.ttftSeconds),
    latency(input, 'inter-token', 'InterTokenBudgetBurn', 'interTokenLatency', input.interTokenSeconds),
  ];
  return levels.filter((level) => level !== null);
}

function latency(
  input: RuleInput,
  slo: ServiceLevel['slo'],
  alert: string,
  key: LevelKey,
  askedSeconds: number | null,
): ServiceLevel | null {
  const seconds = askedSeconds === null ? null : snapToBucket(askedSeconds, histogramBuckets(key));
  if (seconds === null) return null;
  const what = slo === 'first-token' ? 'the first tokens' : 'the gaps between tokens';
  const asked =
    seconds === askedSeconds ? '' : ` (asked for: ${askedSeconds} s; the engine counts at ${seconds} s)`;
  return {
    slo,
    alert,
    objective: LATENCY_OBJECTIVE,
    bad: `${what} took longer than ${seconds} s${asked}`,
    badShare: (window) => `1 - ${shareWithin(input, key, seconds, window)}`,
    requests: (window) =>
      `sum by (namespace) (increase(${engineSeries(input, 'timeToFirstToken', {}, '_count')}[${window}]))`,
  };
}
