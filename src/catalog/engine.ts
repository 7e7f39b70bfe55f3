import * as z from 'zod';

/** One flag of `vllm serve`, as the version's own parser knows it. */
const Flag = z.looseObject({
  name: z.string(),
  aliases: z.array(z.string()).optional(),
  short: z.array(z.string()).optional(),
  /** Spellings that switch a boolean off. */
  negative: z.array(z.string()).optional(),
  type: z.string(),
  nargs: z.union([z.string(), z.number()]).optional(),
  optional: z.boolean().optional(),
  choices: z.array(z.unknown()).nullish(),
  /** Key of `json_objects` for flags that take JSON. */
  object: z.string().optional(),
  default: z.unknown().optional(),
});
export type EngineFlag = z.infer<typeof Flag>;

const Metric = z.looseObject({
  type: z.string().optional(),
  /** Names on /metrics, with `_total`, `_bucket` … */
  exported: z.array(z.string()).optional(),
  labels: z.array(z.string()).optional(),
  buckets: z.array(z.unknown()).optional(),
  condition: z.string().optional(),
});
export type EngineMetric = z.infer<typeof Metric>;

/** One entry of profiles/engines/: what one published engine version accepts and exports. The tables are data. */
export const EngineTable = z.looseObject({
  engine: z.literal('vllm'),
  version: z.string(),
  serve: z.looseObject({ flags: z.array(Flag) }),
  json_objects: z.record(z.string(), z.record(z.string(), z.unknown())),
  env: z.record(z.string(), z.unknown()),
  metrics: z.record(z.string(), Metric),
  tool_call_parsers: z.array(z.string()),
  reasoning_parsers: z.array(z.string()),
  kv_cache_dtypes: z.array(z.string()),
  load_formats: z.array(z.string()),
  architectures: z.looseObject({
    text_generation: z.array(z.string()),
    multimodal: z.array(z.string()),
    embedding: z.array(z.string()),
    removed: z.record(z.string(), z.unknown()),
  }),
  defaults: z.looseObject({
    gpu_memory_utilization: z.number(),
    block_size_fallback: z.number(),
    vllm_serve_by_hardware: z.array(
      z.looseObject({
        device_memory: z.string(),
        max_num_batched_tokens: z.number(),
        max_num_seqs: z.number(),
      }),
    ),
  }),
  api_key_protects_prefixes: z.array(z.string()),
});
export type EngineTable = z.infer<typeof EngineTable>;

/** profiles/engines/vllm.yaml: what holds for all versions. */
export const EngineFamily = z.strictObject({
  id: z.literal('vllm'),
  defaultVersion: z.string(),
  /** Image repository by accelerator vendor; the tag is `v<version>`. */
  images: z.record(z.string(), z.string()),
  /** Ids that the image is built for: an arbitrary user must be in group 0. */
  user: z.strictObject({ uid: z.int(), gid: z.int(), name: z.string(), home: z.string() }),
  port: z.int(),
  checked: z.string(),
  sources: z.record(z.string(), z.string()),
});
export type EngineFamily = z.infer<typeof EngineFamily>;
