/** Measured constants of one range of engine versions. All memory in GiB for one accelerator. */
export interface OverheadConstants {
  /** The range in words, for `assumptions`. */
  readonly engines: string;
  /** First version that the constants hold for; they hold until the next entry's. */
  readonly from: string;
  /** Bytes that profiling takes for each logit of the sampler's dummy pass: × max_num_seqs × vocabulary. */
  readonly samplerBytesPerLogit: number;
  /** The same where the FlashInfer sampler is installed; the favourable end. @default samplerBytesPerLogit */
  readonly samplerBytesAtBest?: number;
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

const START_LOGS =
  'start-up logs of public repositories and issues, collected 2026-11-25 (tests/fixtures/measurements/kv-cache.csv)';

/** Newest last. A constant stands for a range and a physical cause, never for one start. */
export const OVERHEADS: readonly OverheadConstants[] = [
  {
    engines: 'vLLM before 0.7 (V0 engine)',
    from: '0.0.0',
    samplerBytesPerLogit: 37.5,
    fixedActivationGib: 0.03,
    nonTorchGib: { alone: 0.35, linked: { 2: 3.6, 4: 3.6, 8: 4 }, bridged: 1.3 },
    spread: { activation: 0.4, alone: 0.6, parallel: 2 },
    source: `${START_LOGS}: 12 starts of 0.2–0.6 on 7 cards`,
  },
  {
    engines: 'vLLM 0.7 (V0 engine)',
    from: '0.7.0',
    samplerBytesPerLogit: 37.5,
    fixedActivationGib: 0.03,
    nonTorchGib: { alone: 0.08, linked: { 2: 3.6, 4: 3.6, 8: 4 }, bridged: 1.3 },
    spread: { activation: 0.3, alone: 0.15, parallel: 1.5 },
    source: `${START_LOGS}: 11 starts of 0.7 and of 0.8 in its old mode on 8 cards`,
  },
  {
    engines: 'vLLM 0.8–0.16',
    from: '0.8.0',
    samplerBytesPerLogit: 38.05,
    samplerBytesAtBest: 14.56,
    fixedActivationGib: 0.04,
    nonTorchGib: { alone: 0.13, linked: { 2: 0.55, 4: 1.84, 8: 2 }, bridged: 0.2 },
    spread: { activation: 0.1, alone: 0.15, parallel: 0.9 },
    source: `${START_LOGS}: 21 starts, most of 0.10–0.16 on H100`,
  },
  {
    engines: 'vLLM 0.17',
    from: '0.17.0',
    samplerBytesPerLogit: 14.56,
    fixedActivationGib: 0.0365,
    nonTorchGib: { alone: 0.13, linked: { 2: 2.06, 4: 2.13, 8: 2.2 }, bridged: 0.5 },
    spread: { activation: 0.1, alone: 0.15, parallel: 0.5 },
    source: `${START_LOGS}: a version sweep on H100 and the starts of 0.18–0.20`,
  },
  {
    engines: 'vLLM 0.18–0.20',
    from: '0.18.0',
    samplerBytesPerLogit: 14.56,
    fixedActivationGib: 0.0365,
    nonTorchGib: { alone: 0.25, linked: { 2: 2.06, 4: 2.13, 8: 2.2 }, bridged: 0.5 },
    spread: { activation: 0.08, alone: 0.15, parallel: 0.5 },
    source: `${START_LOGS}: 40 starts of 0.18–0.19 on H100 and A100`,
  },
  {
    engines: 'vLLM 0.21–0.28',
    from: '0.21.0',
    samplerBytesPerLogit: 14.56,
    fixedActivationGib: 0.0365,
    nonTorchGib: { alone: 0.3, linked: { 2: 0.95, 4: 0.95, 8: 1.1 }, bridged: 0.77 },
    spread: { activation: 0.2, alone: 0.25, parallel: 0.7 },
    source: `${START_LOGS}: 24 starts of 0.26–0.28 on RTX 4090, RTX 5090, GB200 and one AMD part`,
  },
];

/** Newest engine of which a start has been measured. */
export const NEWEST_MEASURED_ENGINE = '0.28.0';

/**
 * What compiling the graph costs beside the widest layer where nothing is cached yet: 12 starts of vLLM 0.27, five of
 * them cold. Where the sampler takes more, it does not show.
 */
export const COLD_COMPILE_GIB = 0.9;

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
