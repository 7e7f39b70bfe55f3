import { closest } from 'fastest-levenshtein';
import type { EngineTable } from '../../catalog/engine.js';

/** Flags that were taken away, and what does their work now. Source: parsers of the vLLM 0.19.1 to 0.33.0 wheels; vLLM issues by number. */
const REPLACEMENTS: Readonly<Record<string, string>> = {
  '--disable-log-requests': 'leave it out: requests are not logged unless --enable-log-requests says so',
  '--enable-reasoning': 'leave it out: --reasoning-parser alone switches reasoning on (vllm#18538)',
  '--swap-space':
    'leave it out: requests are recomputed, not swapped (vllm#36216); --kv-offloading-size keeps cache in host memory',
  '--device': 'leave it out: the image decides',
  '--num-scheduler-steps': 'leave it out: scheduling is asynchronous by itself',
  '--use-v2-block-manager': 'leave it out',
  '--guided-decoding-backend': '--structured-outputs-config.backend',
  '--worker-use-ray': '--distributed-executor-backend mp',
  '--max-num-partial-prefills': 'leave it out: gone since 0.27',
  '--max-long-partial-prefills': 'leave it out: gone since 0.27',
  '--calculate-kv-scales': 'leave it out: gone since 0.28',
  '--override-attention-dtype': 'leave it out: gone since 0.28',
  '--enable-bf16x3-router-gemm': 'leave it out: gone since 0.30',
  '--enable-mamba-fine-grained-prefix-cache': '--enable-mamba-shared-prefix-checkpoint',
  '--log-config-file': '--logging-config.pylogging_config_file',
  '--default-max-num-batched-tokens': '--max-num-batched-tokens',
};

/** What to write in place of a flag that the version does not know. */
export function replacementOf(flag: string, table: EngineTable): string | undefined {
  const known = REPLACEMENTS[flag];
  if (known) return known;
  const names = table.serve.flags.flatMap(({ name, negative }) => [name, ...(negative ?? [])]);
  const near = names.length > 0 ? closest(flag, names) : undefined;
  return near && sharedPrefix(near, flag) >= 5 ? `did you mean ${near}?` : undefined;
}

function sharedPrefix(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}
