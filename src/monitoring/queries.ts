import type { HistogramKey, LevelKey, MetricKey } from './metrics.js';
import { engineMetric, hasMetric } from './metrics.js';

/** The series of one server. */
export interface Target {
  readonly engineVersion: string;
  readonly namespace: string;
  /** First of the served names: the engine labels all its series with it. */
  readonly modelName: string;
}

/** What a label must be: equal to a text, like a pattern, or anything but a text. */
export type Match = string | RegExp | { readonly not: string };
type Matches = Readonly<Record<string, Match>>;

/** `name{label="value",…}` */
export function series(name: string, labels: Matches): string {
  const matchers = Object.entries(labels).map(([label, match]) => {
    if (match instanceof RegExp) return `${label}=~${JSON.stringify(match.source)}`;
    return typeof match === 'string'
      ? `${label}=${JSON.stringify(match)}`
      : `${label}!=${JSON.stringify(match.not)}`;
  });
  return `${name}{${matchers.join(',')}}`;
}

/** Series of one metric of one server. Throws where the engine's version lacks the metric. */
export function engineSeries(
  target: Target,
  key: MetricKey,
  labels: Matches = {},
  suffix: '' | '_bucket' | '_sum' | '_count' = '',
): string {
  const { name } = engineMetric(key, target.engineVersion);
  return series(`${name}${suffix}`, { namespace: target.namespace, model_name: target.modelName, ...labels });
}

/** Requests that wait for room; not those that wait for something else (a grammar, a transfer) where the version tells. */
export function waitingForCapacity(target: Target): string {
  return hasMetric('waitingByReason', target.engineVersion)
    ? engineSeries(target, 'waitingByReason', { reason: 'capacity' })
    : engineSeries(target, 'waiting');
}

/** For the autoscaler: one number, summed over all replicas of the model. */
export function totalWaiting(target: Target): string {
  return `sum(${waitingForCapacity(target)})`;
}

/** For the autoscaler: one number, summed over all replicas of the model. */
export function totalRunning(target: Target): string {
  return `sum(${engineSeries(target, 'running')})`;
}

/** What a counter counts in a second, summed over replicas and whatever `by` does not name. */
export function perSecond(
  target: Target,
  key: MetricKey,
  window: string,
  by = 'namespace, model_name',
): string {
  return `sum by (${by}) (rate(${engineSeries(target, key)}[${window}]))`;
}

/** Share of the looked up prompt tokens that were in the prefix cache. */
export function prefixHitShare(target: Target, window: string): string {
  return `${perSecond(target, 'prefixHits', window)} / ${perSecond(target, 'prefixQueries', window)}`;
}

/** A server as the HTTP metrics see it: these have no model, but the job that scrapes. */
export interface HttpTarget extends Target {
  /** `<namespace>/<name of the PodMonitor>` */
  readonly job: string;
}

/** Requests for the model. Lists, pages and paths that do not exist would dilute the share of those that failed. */
export function httpRequests({ namespace, job }: HttpTarget, labels: Matches = {}): string {
  return series('http_requests_total', {
    namespace,
    job,
    method: 'POST',
    handler: { not: 'none' },
    ...labels,
  });
}

/**
 * Share of the requests of the last `window` that were answered with 5xx or refused, by namespace. A refusal before its stream
 * starts is one of the 5xx, one inside a stream is counted as 2xx: so the larger of both numbers counts, and no request twice.
 */
export function failedShare(target: HttpTarget, window: string): string {
  const rate = (selector: string) => `sum by (namespace) (rate(${selector}[${window}]))`;
  const all = rate(httpRequests(target));
  const failed = rate(httpRequests(target, { status: '5xx' }));
  // The series of 5xx begins with the first of them.
  if (!hasMetric('rejected', target.engineVersion)) return `(${failed} or 0 * ${all}) / ${all}`;
  const refused = rate(engineSeries(target, 'rejected'));
  return `clamp_max((${failed} > ${refused} or ${refused}) / ${all}, 1)`;
}

/** Share of observations of the last `window` that took at most `seconds`, which must be a bucket's boundary. */
export function shareWithin(target: Target, key: LevelKey, seconds: number, window: string): string {
  const within = engineSeries(target, key, { le: boundary(seconds) }, '_bucket');
  const all = engineSeries(target, key, {}, '_count');
  const by = 'sum by (namespace, model_name)';
  return `${by} (rate(${within}[${window}])) / ${by} (rate(${all}[${window}]))`;
}

/** Quantile of the last `window`, seconds. */
export function quantile(target: Target, key: HistogramKey, share: number, window: string): string {
  const buckets = engineSeries(target, key, {}, '_bucket');
  return `histogram_quantile(${share}, sum by (namespace, model_name, le) (rate(${buckets}[${window}])))`;
}

/** Prometheus 2 and 3 spell a whole number differently: `20` or `20.0`. */
function boundary(seconds: number): string | RegExp {
  return Number.isInteger(seconds) ? new RegExp(`${seconds}([.]0)?`) : `${seconds}`;
}
