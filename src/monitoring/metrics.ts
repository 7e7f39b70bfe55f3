import { gte, valid } from 'semver';

/** What we ask of one metric of the engine, and since which version it is there. */
interface EngineMetric {
  readonly name: string;
  /** First version whose package was read and that exports it. */
  readonly since: string;
  /** Labels beside those that Prometheus adds. */
  readonly labels: readonly string[];
  /** Upper bounds of a histogram, seconds. */
  readonly buckets?: readonly number[];
}

/** Oldest version that was read. */
const OLDEST = '0.19.1';
const model = ['model_name', 'engine'];

/**
 * Metrics of vLLM that queries and rules use. Names, labels and buckets as the stat logger of each published package from
 * 0.19.1 to 0.33.0 exports them (run on 2026-11-25); a test compares them with every table in profiles/engines.
 */
const METRICS = {
  running: { name: 'vllm:num_requests_running', since: OLDEST, labels: model },
  waiting: { name: 'vllm:num_requests_waiting', since: OLDEST, labels: model },
  waitingByReason: {
    name: 'vllm:num_requests_waiting_by_reason',
    since: '0.20.2',
    labels: [...model, 'reason'],
  },
  kvCacheUsage: { name: 'vllm:kv_cache_usage_perc', since: OLDEST, labels: model },
  preemptions: { name: 'vllm:num_preemptions_total', since: OLDEST, labels: model },
  /** Prompt tokens that were looked up in the prefix cache, and those that were in it. */
  prefixQueries: { name: 'vllm:prefix_cache_queries_total', since: OLDEST, labels: model },
  prefixHits: { name: 'vllm:prefix_cache_hits_total', since: OLDEST, labels: model },
  promptTokens: { name: 'vllm:prompt_tokens_total', since: OLDEST, labels: model },
  generationTokens: { name: 'vllm:generation_tokens_total', since: OLDEST, labels: model },
  /** One observation per engine step. */
  engineSteps: { name: 'vllm:iteration_tokens_total_count', since: OLDEST, labels: model },
  finished: { name: 'vllm:request_success_total', since: OLDEST, labels: [...model, 'finished_reason'] },
  rejected: { name: 'vllm:admission_rejections_total', since: '0.32.0', labels: ['model_name', 'reason'] },
  requestLatency: { name: 'vllm:e2e_request_latency_seconds', since: OLDEST, labels: model },
  queueTime: { name: 'vllm:request_queue_time_seconds', since: OLDEST, labels: model },
  prefillTime: { name: 'vllm:request_prefill_time_seconds', since: OLDEST, labels: model },
  httpRequests: { name: 'http_requests_total', since: OLDEST, labels: ['handler', 'method', 'status'] },
  timeToFirstToken: {
    name: 'vllm:time_to_first_token_seconds',
    since: OLDEST,
    labels: model,
    buckets: [
      0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80, 160,
      640, 2560,
    ],
  },
  interTokenLatency: {
    name: 'vllm:inter_token_latency_seconds',
    since: OLDEST,
    labels: model,
    buckets: [0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80],
  },
} as const satisfies Record<string, EngineMetric>;

export type MetricKey = keyof typeof METRICS;
/** Keys of histograms for which a service level can be set: their buckets are known. */
export type LevelKey = 'timeToFirstToken' | 'interTokenLatency';
/** Keys of histograms: their series end in `_bucket`, `_sum` and `_count`. */
export type HistogramKey = LevelKey | 'requestLatency' | 'queueTime' | 'prefillTime';
export const METRIC_KEYS = Object.keys(METRICS) as MetricKey[];

/** Whether the engine of this version exports the metric. */
export function hasMetric(key: MetricKey, engineVersion: string): boolean {
  if (valid(engineVersion) === null) throw new Error(`not an engine version: '${engineVersion}'`);
  return gte(engineVersion, METRICS[key].since);
}

/** The metric as the engine of this version exports it. Throws where it does not: a query would silently find nothing. */
export function engineMetric(key: MetricKey, engineVersion: string): EngineMetric {
  const metric = METRICS[key];
  if (!hasMetric(key, engineVersion)) {
    throw new Error(`vLLM ${engineVersion} exports no ${metric.name}: it is there since ${metric.since}`);
  }
  return metric;
}

/** Buckets of a histogram, seconds, ascending. */
export function histogramBuckets(key: LevelKey): readonly number[] {
  return METRICS[key].buckets;
}
