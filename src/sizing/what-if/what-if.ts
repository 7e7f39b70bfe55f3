import * as z from 'zod';
import { AcceleratorFigures } from '../../catalog/accelerator-from-figures.js';

const count = z.int().min(1);
const tokens = z.number().min(0);

/** What a checkpoint holds, where somebody counted. */
const CheckpointFigures = z.object({
  parameters: z.number().positive().optional(),
  gib: z.number().positive().optional(),
});

/** One measured run of the very configuration that is asked for. */
export const MeasuredRun = z.strictObject({
  concurrency: count,
  inputTokens: tokens,
  outputTokens: z.number().min(1),
  ttftMs: z.number().positive().optional(),
  tpotMs: z.number().positive().optional(),
  outputTokensPerSecond: z.number().positive().optional(),
});

/**
 * One what-if: a line of `berth size --batch`, or the flags of `berth size`. What is absent takes the engine's own
 * default for that version and card.
 */
export const WhatIf = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  /** Id of the catalogue or of Hugging Face, in any letter case. */
  model: z.string().min(1).optional(),
  /** Content of a Hugging Face `config.json`. */
  config: z.record(z.string(), z.unknown()).optional(),
  checkpoint: CheckpointFigures.optional(),
  precision: z.string().optional(),
  kvCacheDtype: z.string().optional(),
  /** Id or name, or figures. Without one, `acceleratorMemoryGib` is enough for a size. */
  accelerator: z.union([z.string(), AcceleratorFigures]).optional(),
  acceleratorMemoryGib: z.number().positive().optional(),
  gpus: count.optional(),
  gpusPerNode: count.optional(),
  tensorParallelSize: count.optional(),
  pipelineParallelSize: count.optional(),
  /** Whether experts are dealt out whole; a size above 1 says so too. */
  expertParallel: z.union([z.boolean(), z.int().min(0)]).optional(),
  engine: z.string().optional(),
  gpuMemoryUtilization: z.number().gt(0).max(1).optional(),
  maxModelLen: count.optional(),
  maxNumSeqs: count.optional(),
  maxNumBatchedTokens: count.optional(),
  enforceEager: z.boolean().optional(),
  /** `cold`: a first start that compiles, as in a new pod. */
  compileCache: z.enum(['cold', 'warm']).optional(),
  blockSize: count.optional(),
  concurrency: count.optional(),
  inputTokens: tokens.optional(),
  outputTokens: z.number().min(1).optional(),
  prefixCacheHitRate: z.number().min(0).max(1).optional(),
  measured: MeasuredRun.optional(),
});
export type WhatIf = z.infer<typeof WhatIf>;

/** Keys of a what-if, in the order in which they are documented. */
export const WHAT_IF_KEYS = Object.keys(WhatIf.shape);
