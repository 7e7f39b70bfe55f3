import { closest } from 'fastest-levenshtein';
import type { Server } from '../../inspect/inspected.js';

/** Names that were taken away, and what carries the value now. Source: vLLM docs, metrics; vLLM PR 32661. */
const RENAMED: Readonly<Record<string, string>> = {
  'vllm:gpu_cache_usage_perc': 'vllm:kv_cache_usage_perc',
  'vllm:gpu_prefix_cache_queries_total': 'vllm:prefix_cache_queries_total',
  'vllm:gpu_prefix_cache_hits_total': 'vllm:prefix_cache_hits_total',
  'vllm:time_per_output_token_seconds_bucket':
    'vllm:inter_token_latency_seconds_bucket or vllm:request_time_per_output_token_seconds_bucket',
};

/** What to write in place of a metric that the server does not export. */
export function nearestMetric({ engine }: Server, name: string): string {
  const renamed = RENAMED[name];
  if (renamed) return `use ${renamed}`;
  const exported = Object.values(engine.table?.metrics ?? {}).flatMap((metric) => metric.exported ?? []);
  return exported.length > 0 ? `did you mean ${closest(name, exported)}?` : 'see /metrics of the server';
}
