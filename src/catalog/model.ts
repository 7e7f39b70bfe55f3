import * as z from 'zod';
import { Architecture } from './architecture.js';
import { Day, Id, provenance } from './facts.js';
import { GGUF_TYPES } from './gguf.js';

/** How the weights are stored. The first words are the ones that `--precision` and `precision:` take. */
export const PRECISIONS = [
  'bf16',
  'fp16',
  'fp8',
  'int8',
  'w4a16',
  'awq',
  'gptq',
  'gptq-int8',
  'nvfp4',
  'mxfp4',
  'int4',
  'fp32',
  ...GGUF_TYPES,
] as const;
export const Precision = z.enum(PRECISIONS);
export type Precision = z.infer<typeof Precision>;

/** How one model came from another. */
const Derivation = z.enum(['distilled', 'fine-tuned', 'merged', 'pruned']);

/** One set of weight files that can be downloaded. */
export const Checkpoint = z.strictObject({
  precision: Precision,
  /** Repository on Hugging Face. Null where the model has only been published elsewhere. */
  huggingFace: z.string().nullable(),
  modelScope: z.string().nullable().default(null),
  /** `vendor` where the model's own maker published it. */
  publisher: z.enum(['vendor', 'third-party']),
  /** Values that share one scale, for 4-bit weights. */
  groupSize: z.int().min(1).optional(),
  /** GiB that the engine loads, where somebody measured or stated it; else computed from the architecture. */
  loadedGib: z.strictObject({ value: z.number().positive(), source: z.string() }).optional(),
  /** The precision holds for all linear layers, or for routed experts alone; embeddings and lm_head stay 16-bit. */
  scope: z.enum(['linear', 'experts']).default('linear'),
  /** True where the hub asks for an account and an accepted licence; null where nobody looked. */
  gated: z.boolean().nullable(),
  /** Folders and patterns in the repository that the engine never reads. */
  exclude: z.array(z.string()).default([]),
  /** True where the id has not been confirmed on the hub. */
  notVerified: z.boolean().default(false),
  source: z.string(),
});
export type Checkpoint = z.infer<typeof Checkpoint>;

/** A model that another one was made from: an entry of the catalogue, or a name and the id of its licence. */
const Origin = z.union([
  z.strictObject({ model: Id, how: Derivation, source: z.string() }),
  z.strictObject({ name: z.string(), licence: Id, how: Derivation, source: z.string() }),
]);

/** One entry of profiles/models/: an open model with its licence, its dimensions and its published weights. */
export const ModelProfile = z.strictObject({
  id: Id,
  name: z.string(),
  family: z.string(),
  task: z.enum(['chat', 'embedding', 'rerank', 'vision', 'code']).default('chat'),
  released: Day.nullable(),
  licence: Id,
  /** Models that it was made from: their licences hold for it too. */
  derivedFrom: z.array(Origin).default([]),
  /** Catalogue ids of newer models for the same purpose: a plan says what each would change. */
  successors: z.array(Id).default([]),
  architecture: Architecture,
  parameters: z.strictObject({
    /** All weights of the native checkpoint, each counted once; null where no source gives it. */
    total: z.int().positive().nullable(),
    totalSource: z.string().nullable(),
    active: z.int().positive().nullable(),
    /** The part of the total that `architecture` does not describe. It stays 16-bit in quantized checkpoints. */
    beside: z
      .array(
        z.strictObject({
          what: z.string(),
          count: z.int().positive(),
          /** False for what the engine leaves out unless asked: multi-token-prediction layers. */
          loaded: z.boolean(),
        }),
      )
      .default([]),
  }),
  /** First entry: what `precision` defaults to. */
  checkpoints: z.array(Checkpoint).min(1),
  context: z.strictObject({
    /** Tokens that the checkpoint's own config allows. */
    max: z.int().positive(),
    /** Tokens that Berth takes where nobody asks for a number. */
    suggested: z.int().positive(),
    note: z.string().nullable().default(null),
  }),
  modalities: z.array(z.enum(['image', 'video', 'audio'])).default([]),
  /** Whether the maker lists Chinese as supported; null where no source was read. */
  chinese: z.boolean().nullable(),
  /** Parsers by the names of the engine's registry. */
  serving: z
    .strictObject({
      toolCallParser: z.string().optional(),
      reasoningParser: z.string().optional(),
      trustRemoteCode: z.boolean().default(false),
    })
    .prefault({}),
  ...provenance,
});
export type ModelProfile = z.infer<typeof ModelProfile>;
