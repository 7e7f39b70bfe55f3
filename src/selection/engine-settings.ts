import * as z from 'zod';

/** The engine and its settings: the engine's own flag names in camelCase. Absent ones are computed or take the engine's default. */
export const EngineSettings = z.strictObject({
  /** @default - the newest that the tests can run, see profiles/engines/vllm.yaml */
  version: z.string().regex(/^\d+\.\d+\.\d+$/, { error: ({ input }) => `must be a version such as 0.32.0, got '${input}'` }).optional(),
  /** Image repository in place of the public one, without a tag, e.g. registry.example/vllm/vllm-openai. */
  image: z.string().regex(/^[^\s:@]+(:\d+)?(\/[^\s:@]+)+$/, { error: ({ input }) => `must be a repository without tag or digest, got '${input}'` }).optional(),
  gpuMemoryUtilization: z.number().gt(0).max(1).optional(),
  tensorParallelSize: z.int().min(1).optional(),
  pipelineParallelSize: z.int().min(1).optional(),
  enableExpertParallel: z.boolean().optional(),
  kvCacheDtype: z.string().optional(),
  maxNumSeqs: z.int().min(1).optional(),
  maxNumBatchedTokens: z.int().min(1).optional(),
  /** Waiting plus running requests of one replica before it answers 503. @default - four times the concurrency */
  maxNumQueuedReqs: z.int().min(1).optional(),
  enforceEager: z.boolean().optional(),
  enablePrefixCaching: z.boolean().optional(),
  servedModelName: z.array(z.string().min(1)).optional(),
  /** Switches on tool calls and takes the model's parser. */
  toolCalling: z.boolean().optional(),
  toolCallParser: z.string().optional(),
  reasoningParser: z.string().optional(),
  trustRemoteCode: z.boolean().optional(),
  loraAdapters: z.array(z.strictObject({ name: z.string().min(1), path: z.string().min(1), rank: z.int().min(1) })).optional(),
  /** Seconds that a running answer gets after SIGTERM. @default 300 */
  shutdownTimeoutSeconds: z.int().min(0).optional(),
  /** More arguments, checked against the version's own parser table. */
  extraArgs: z.array(z.string()).optional(),
});
export type EngineSettings = z.infer<typeof EngineSettings>;
