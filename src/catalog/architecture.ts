import * as z from 'zod';

const positive = z.int().min(1);

/**
 * How a layer caches keys and values. `full` grows with the context; `window` keeps the last `window` tokens;
 * `chunk` keeps the current chunk of `chunk` tokens; `state` keeps a constant state per sequence; `none` keeps nothing.
 */
const LayerGroup = z.discriminatedUnion('cache', [
  z.strictObject({
    cache: z.literal('full'),
    layers: positive,
    kvHeads: positive.optional(),
    headDim: positive.optional(),
  }),
  z.strictObject({
    cache: z.literal('window'),
    layers: positive,
    window: positive,
    kvHeads: positive.optional(),
    headDim: positive.optional(),
  }),
  z.strictObject({ cache: z.literal('chunk'), layers: positive, chunk: positive }),
  /**
   * `bytesPerSequence`: what one running sequence keeps in one layer, whatever its length; null where no source gives it.
   * `parametersPerLayer`: weights of the mixer that stands in attention's place.
   */
  z.strictObject({
    cache: z.literal('state'),
    layers: positive,
    bytesPerSequence: z.int().min(0).nullable(),
    parametersPerLayer: positive.optional(),
  }),
  /** `attention`: the layer attends, but keeps no cache of its own (encoders; layers that read another layer's cache). */
  z.strictObject({ cache: z.literal('none'), layers: positive, attention: z.boolean().default(false) }),
]);
export type LayerGroup = z.infer<typeof LayerGroup>;

/** Multi-head latent attention: one compressed latent per token and layer, replicated on every tensor-parallel rank. */
const Mla = z.strictObject({
  kvLoraRank: positive,
  qLoraRank: positive.nullable(),
  qkRopeHeadDim: positive,
  qkNopeHeadDim: positive,
  vHeadDim: positive,
});

/** Mixture of experts. Counts are per layer, widths in elements. */
const Moe = z.strictObject({
  experts: positive,
  expertsPerToken: positive,
  expertIntermediateSize: positive,
  sharedExperts: z.int().min(0).default(0),
  /** Width of all shared experts of a layer together. @default sharedExperts × expertIntermediateSize */
  sharedIntermediateSize: positive.optional(),
  /** Layers without experts before the first layer with. */
  denseLayers: z.int().min(0).default(0),
  /** Width of the dense layers. @default intermediateSize */
  denseIntermediateSize: positive.optional(),
  /** Experts stand in every n-th layer only. */
  everyNLayers: positive.default(1),
  /** Width that routed experts read and write, where it is not the hidden size (latent experts). */
  expertHiddenSize: positive.optional(),
});

/** The part of a model's `config.json` that decides how much memory it takes. */
export const Architecture = z.strictObject({
  /** `architectures[0]` of config.json. */
  class: z.string(),
  layers: positive,
  hiddenSize: positive,
  attentionHeads: positive,
  /** Key/value heads; for MLA the number is not used. */
  kvHeads: positive,
  headDim: positive,
  intermediateSize: positive.nullable(),
  /** Null where no source gives it. */
  vocabSize: positive.nullable(),
  tiedEmbeddings: z.boolean().nullable(),
  /** How the layers cache, where they do not all keep the full context. @default every layer is `full` */
  layerGroups: z.array(LayerGroup).optional(),
  mla: Mla.optional(),
  moe: Moe.optional(),
  /** Weight matrices of an MLP: 3 with a gate (gate, up, down), 2 without. */
  mlpMatrices: z.union([z.literal(2), z.literal(3)]).default(3),
  /** The query projection also makes a gate, and is twice as wide. */
  attentionOutputGate: z.boolean().default(false),
  /** False where dimensions alone do not give the weights (layers of several shapes): `parameters.total` is then what counts. */
  weightsModelled: z.boolean().default(true),
  /** False where dimensions alone do not give the KV layout: sizes are then refused, not guessed. */
  kvCacheModelled: z.boolean().default(true),
  /** Extra bytes of cache per token and layer beside the ordinary KV (sparse-attention indexers), 16-bit. */
  indexerBytesPerTokenAndLayer: z.int().min(0).default(0),
});
export type Architecture = z.infer<typeof Architecture>;
