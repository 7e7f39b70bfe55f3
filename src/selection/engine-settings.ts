import * as z from 'zod';
import { mustBe } from '../catalog/issue-message.js';

const positive = z.int().min(1);

const LoraAdapter = z.strictObject({
  name: z.string().min(1).describe('Model name under which clients ask for the adapter.'),
  path: z.string().min(1).describe('Folder of the adapter inside the container.'),
  rank: positive.describe("Rank of the adapter, from its adapter_config.json's r."),
});

/** The engine and its settings: the engine's own flag names in camelCase. Absent ones are computed or take the engine's default. */
export const EngineSettings = z.strictObject({
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/, mustBe('a version such as 0.32.0'))
    .optional()
    .describe('Version of the engine. Default: the newest that the tests can run.'),
  image: z
    .string()
    .regex(/^[^\s:@/]+(:\d+)?(\/[^\s:@/]+)+$/, mustBe('a repository without tag or digest'))
    .optional()
    .describe('Image repository in place of the public one, e.g. registry.example/vllm/vllm-openai.'),
  gpuMemoryUtilization: z
    .number()
    .gt(0)
    .max(1)
    .optional()
    .describe("Share of an accelerator's memory that the engine takes, 0 to 1."),
  tensorParallelSize: positive.optional().describe('Accelerators that share each layer. Default: computed.'),
  pipelineParallelSize: positive.optional().describe('Groups that share the layers. Default: computed.'),
  enableExpertParallel: z.boolean().optional().describe('Spread whole experts over the accelerators.'),
  kvCacheDtype: z.string().min(1).optional().describe('Number format of the KV cache, e.g. fp8.'),
  maxNumSeqs: positive.optional().describe('Requests running at once. Default: the concurrency.'),
  maxNumBatchedTokens: positive.optional().describe('Tokens of one engine step.'),
  maxNumQueuedReqs: positive
    .optional()
    .describe('Waiting plus running requests before a replica answers 503. Default: four times maxNumSeqs.'),
  enforceEager: z.boolean().optional().describe('No compilation and no CUDA graphs: slower, smaller.'),
  enablePrefixCaching: z.boolean().optional().describe('Reuse the KV cache of equal beginnings.'),
  servedModelName: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe("Names that clients may ask for. Default: the model's id."),
  toolCalling: z.boolean().optional().describe("Switches on tool calls with the model's parser."),
  toolCallParser: z.string().min(1).optional().describe("Parser of tool calls. Default: the model's."),
  reasoningParser: z.string().min(1).optional().describe("Parser of reasoning. Default: the model's."),
  trustRemoteCode: z.boolean().optional().describe("Run code from the model's repository."),
  loraAdapters: z.array(LoraAdapter).optional().describe('Adapters served beside the model.'),
  shutdownTimeoutSeconds: z
    .int()
    .min(0)
    .optional()
    .describe('Seconds that a running answer gets after SIGTERM. Default: 300.'),
  extraArgs: z
    .array(z.string())
    .optional()
    .describe("More arguments, checked against the version's own parser table."),
});
export type EngineSettings = z.infer<typeof EngineSettings>;
