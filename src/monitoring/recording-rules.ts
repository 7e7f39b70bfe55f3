import { engineSeries, perSecond, quantile, waitingForCapacity } from './queries.js';
import type { RecordingRule, RuleInput } from './rule.js';

const BY = 'by (namespace, model_name)';

/** What dashboards draw, summed over the replicas of a model. */
export function recordingRules(input: RuleInput): RecordingRule[] {
  return [
    {
      record: 'namespace_model_name:vllm_num_requests_waiting:sum',
      expr: `sum ${BY} (${waitingForCapacity(input)})`,
    },
    {
      record: 'namespace_model_name:vllm_num_requests_running:sum',
      expr: `sum ${BY} (${engineSeries(input, 'running')})`,
    },
    {
      record: 'namespace_model_name:vllm_kv_cache_usage_perc:max',
      expr: `max ${BY} (${engineSeries(input, 'kvCacheUsage')})`,
    },
    {
      record: 'namespace_model_name:vllm_prompt_tokens:rate5m',
      expr: perSecond(input, 'promptTokens', '5m'),
    },
    {
      record: 'namespace_model_name:vllm_generation_tokens:rate5m',
      expr: perSecond(input, 'generationTokens', '5m'),
    },
    {
      record: 'namespace_model_name:vllm_time_to_first_token_seconds:p95_5m',
      expr: quantile(input, 'timeToFirstToken', 0.95, '5m'),
    },
    {
      record: 'namespace_model_name:vllm_inter_token_latency_seconds:p95_5m',
      expr: quantile(input, 'interTokenLatency', 0.95, '5m'),
    },
  ];
}
