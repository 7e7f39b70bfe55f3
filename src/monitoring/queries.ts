import type { HistogramKey, MetricKey } from './metrics.js';
import { engineMetric, hasMetric } from './metrics.js';

/** The series of one server. */
export interface Target {
  readonly engineVersion: string;
  readonly namespace: string;
  /** First of the served names: the engine labels all its series with it. */
  readonly modelName: string;
}

/** `name{label="value",…}`; a label whose value is a RegExp matches by pattern. */
export function series(name: string, labels: Readonly<Record<string, string | RegExp>>): string {
  const matchers = Object.entries(labels).map(([label, value]) =>
    value instanceof RegExp
      ? `${label}=~${JSON.stringify(value.source)}`
      : `${label}=${JSON.stringify(value)}`,
  );
  return `${name}{${matchers.join(',')}}`;
}

/** Series of one metric of one server. Throws where the engine's version lacks the metric. */
export function engineSeries(
  target: Target,
  key: MetricKey,
  labels: Readonly<Record<string, string | RegExp>> = {},
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

/** Share of observations of the last `window` that took at most `seconds`, which must be a bucket's boundary. */
export function shareWithin(target: Target, key: HistogramKey, seconds: number, window: string): string {
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
