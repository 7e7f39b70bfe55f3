/** Measured constants of one range of engine versions. All memory in GiB for one accelerator. */
export interface OverheadConstants {
  /** The range in words, for `assumptions`. */
  readonly engines: string;
  /** First version that the constants hold for; they hold until the next entry's. */
  readonly from: string;
  /** How the engine's own sampler works; ranges with the same one share their bytes. */
  readonly sampler: keyof typeof SAMPLER_BYTES;
  /** Bytes that profiling takes for each logit of the sampler's dummy pass: × max_num_seqs × vocabulary. */
  readonly samplerBytesPerLogit: number;
  /** The same where FlashInfer samples instead; the favourable end. @default samplerBytesPerLogit */
  readonly flashInferBytesPerLogit?: number;
  /** Activation that every start has, whatever its size. */
  readonly fixedActivationGib: number;
  /** Memory outside PyTorch (NCCL, libraries' workspaces) by tensor parallel size: alone, over NVLink, over PCIe. */
  readonly nonTorchGib: {
    readonly alone: number;
    readonly linked: { readonly 2: number; readonly 4: number; readonly 8: number };
    readonly bridged: number;
  };
  /** Half width of the interval: a share of the activation, and GiB of the rest alone and in parallel. */
  readonly spread: { readonly activation: number; readonly alone: number; readonly parallel: number };
  readonly source: string;
}

/**
 * Bytes a logit by how the sampler cuts to top-k and top-p. PyTorch's own way, up to 0.16, sorts the vocabulary with 64-bit
 * indices; a kernel does it without from 0.17 on. FlashInfer holds the 16-bit logits, their fp32 copy and the
 * probabilities.
 */
const SAMPLER_BYTES = { sorting: 38.05, kernel: 14.56, flashInfer: 10 } as const;

const START_LOGS =
  'start-up logs of public repositories and issues, collected 2026-11-25 (tests/fixtures/measurements/kv-cache.csv)';

/** Newest last. A constant stands for a range and a physical cause, never for one start. */
export const OVERHEADS: readonly OverheadConstants[] = [
  {
    engines: 'vLLM before 0.7 (V0 engine)',
    from: '0.0.0',
    sampler: 'sorting',
    samplerBytesPerLogit: SAMPLER_BYTES.sorting,
    fixedActivationGib: 0.03,
    nonTorchGib: { alone: 0.35, linked: { 2: 3.6, 4: 3.6, 8: 4 }, bridged: 1.3 },
    spread: { activation: 0.4, alone: 0.6, parallel: 2 },
    source: `${START_LOGS}: 12 starts of 0.2–0.6 on 7 cards`,
  },
  {
    engines: 'vLLM 0.7 (V0 engine)',
    from: '0.7.0',
    sampler: 'sorting',
    samplerBytesPerLogit: SAMPLER_BYTES.sorting,
    fixedActivationGib: 0.03,
    nonTorchGib: { alone: 0.08, linked: { 2: 3.6, 4: 3.6, 8: 4 }, bridged: 1.3 },
    spread: { activation: 0.3, alone: 0.15, parallel: 1.5 },
    source: `${START_LOGS}: 11 starts of 0.7 and of 0.8 in its old mode on 8 cards`,
  },
  {
    engines: 'vLLM 0.8–0.16',
    from: '0.8.0',
    sampler: 'sorting',
    samplerBytesPerLogit: SAMPLER_BYTES.sorting,
    flashInferBytesPerLogit: SAMPLER_BYTES.flashInfer,
    fixedActivationGib: 0.04,
    nonTorchGib: { alone: 0.13, linked: { 2: 0.55, 4: 1.84, 8: 2 }, bridged: 0.2 },
    spread: { activation: 0.1, alone: 0.15, parallel: 0.9 },
    source: `${START_LOGS}: 21 starts, most of 0.10–0.16 on H100`,
  },
  {
    engines: 'vLLM 0.17',
    from: '0.17.0',
    sampler: 'kernel',
    samplerBytesPerLogit: SAMPLER_BYTES.kernel,
    fixedActivationGib: 0.0365,
    nonTorchGib: { alone: 0.13, linked: { 2: 2.06, 4: 2.13, 8: 2.2 }, bridged: 0.5 },
    spread: { activation: 0.1, alone: 0.15, parallel: 0.5 },
    source: `${START_LOGS}: a version sweep on H100 and the starts of 0.18–0.20`,
  },
  {
    engines: 'vLLM 0.18–0.20',
    from: '0.18.0',
    sampler: 'kernel',
    samplerBytesPerLogit: SAMPLER_BYTES.kernel,
    fixedActivationGib: 0.0365,
    nonTorchGib: { alone: 0.25, linked: { 2: 2.06, 4: 2.13, 8: 2.2 }, bridged: 0.5 },
    spread: { activation: 0.08, alone: 0.15, parallel: 0.5 },
    source: `${START_LOGS}: 40 starts of 0.18–0.19 on H100 and A100`,
  },
  {
    engines: 'vLLM 0.21–0.28',
    from: '0.21.0',
    sampler: 'kernel',
    samplerBytesPerLogit: SAMPLER_BYTES.kernel,
    fixedActivationGib: 0.0365,
    nonTorchGib: { alone: 0.3, linked: { 2: 0.95, 4: 0.95, 8: 1.1 }, bridged: 0.77 },
    spread: { activation: 0.2, alone: 0.25, parallel: 0.7 },
    source: `${START_LOGS}: 24 starts of 0.26–0.28 on RTX 4090, RTX 5090, GB200 and one AMD part`,
  },
];

/** Newest engine of which a start has been measured. */
export const NEWEST_MEASURED_ENGINE = '0.28.0';

/**
 * A first start compiles, and since 0.12 benchmarks fused kernels on arguments of its own: the embedding table once more,
 * and the tables of its LoRA slots. Source: torch inductor's benchmark_combo_kernel, which vLLM switches on; six cold
 * starts of 0.27 and 0.28 are met within 0.07 GiB. Where the sampler takes more, it does not show.
 */
export const COLD_COMPILE = { from: '0.12.0', spread: 0.1 } as const;

/**
 * Sparse attention's indexer gathers keys for prefill in a workspace of 40 × max_model_len entries, 128 bytes and a 4-byte
 * scale each. Source: get_max_prefill_buffer_size in vllm/v1/attention/backends/mla/indexer.py; one start of 0.26.
 */
export const INDEXER_BYTES_PER_TOKEN = 40 * 132;

/** CUDA graphs: fixed part and part per layer, GiB; experts need more. H100, vLLM 0.19, 30 starts. */
export const CUDA_GRAPHS = {
  fixedGib: 0.375,
  perLayerGib: 0.0167,
  perExpertLayerGib: 0.05,
  /** Share that does not shrink with the tensor parallel size. */
  unsplitShare: 0.7,
  /** Half width of the interval, as a share. */
  spread: 0.4,
} as const;

/** The card's context and what allocates after the cache, GiB: must stay free beside budget and graphs. */
export const AFTER_CACHE_GIB = 0.4;

/** Encoder outputs that stay alive while the language model is profiled, GiB: image models, and models with video. */
export const MULTIMODAL_GIB = { image: 0.13, video: 0.5 } as const;
