/** Times of one engine; factors are beside vLLM's newest range, on the constants of the same meaning. */
export interface EngineSpeed {
  /** Factor on all that a step costs beside memory and arithmetic. */
  readonly overhead: number;
  /** Factor on the time of a prefill. */
  readonly prefill: number;
  /** Factor on the constant part of the time to first token. */
  readonly start: number;
  /** Decode steps that a new request waits before its prompt is taken in. */
  readonly wait: number;
  /** Weight of what queueing theory says of a prompt's wait for other prompts. */
  readonly queue: number;
  /** Prompts of others, in prompts, that go through prefill with a new one where many are in flight. */
  readonly together: number;
  /** Seconds that the mean of a run is over its steady state beside the burst: compilation, warming, single stalls. */
  readonly stall: number;
  /**
   * Share of requests that go through prefill together and then decode together, 0 to 1: schedulers that put prefill
   * first, and harnesses with answers of one length, run in waves. 0 where nothing of the kind is seen.
   */
  readonly synchrony: number;
}

/** The engines that speeds are known for; vLLM by range of versions. */
export type EngineRange =
  | 'vllm-new'
  | 'vllm-0.13'
  | 'vllm-0.8'
  | 'vllm-old'
  | 'sglang'
  | 'tensorrt-llm-1.0'
  | 'tensorrt-llm'
  | 'atom';

/** What the speed of a step rests on. Seconds and shares; fitted by `tests/sizing/speed-fit.test.ts`. */
export interface SpeedConstants {
  /** Of one step, whatever the model: scheduler, launch, sampling. */
  readonly stepSeconds: number;
  /** Of one layer at small batches: launches and small kernels. */
  readonly layerSeconds: number;
  /** The same, on top: by what the layer holds. */
  readonly expertLayerSeconds: number;
  readonly blockFp8LayerSeconds: number;
  readonly fourBitExpertLayerSeconds: number;
  readonly emulatedFp4LayerSeconds: number;
  readonly nvfp4LayerSeconds: number;
  readonly latentLayerSeconds: number;
  readonly sparseLayerSeconds: number;
  readonly recurrentLayerSeconds: number;
  readonly queryKeyNormLayerSeconds: number;
  /** Of one request in the batch: sampling, detokenizing, its share of small kernels. */
  readonly requestSeconds: number;
  readonly requestLayerSeconds: number;
  /** The same in layers with experts, for 8 experts a token. */
  readonly requestExpertLayerSeconds: number;
  readonly requestSparseLayerSeconds: number;
  /** Latency of one all-reduce over direct links, and over PCIe for each doubling. */
  readonly allReduceSeconds: number;
  readonly bridgedAllReduceSeconds: number;
  /** Share of the link's speed that all-reduces reach. */
  readonly linkShare: number;
  /** Shares of the memory bandwidth: dense weights, expert weights, cache; a further factor for a one-byte cache. */
  readonly weightBandwidthShare: number;
  readonly expertBandwidthShare: number;
  readonly cacheBandwidthShare: number;
  readonly byteCacheFactor: number;
  /** Shares of the peak: prefill, decode, attention of a prompt, latent attention of a step. */
  readonly prefillPeakShare: number;
  readonly decodePeakShare: number;
  readonly attentionPeakShare: number;
  readonly latentPeakShare: number;
  /** Factors for experts: their matrices are small and unevenly filled. */
  readonly expertPrefillFactor: number;
  readonly expertDecodeFactor: number;
  /** Factors of the 8-bit and 4-bit peaks over what 16-bit arithmetic reaches of its own. */
  readonly eightBitFactor: number;
  readonly fourBitFactor: number;
  /** Factor on the 8-bit peak where weights have a scale a block. */
  readonly blockScaleFactor: number;
  /** Factor on a prompt's time where attention is sparse: the indexer scores every pair. */
  readonly sparsePrefillFactor: number;
  /** Of one layer for each chunk of a prompt that rides on a decode step. */
  readonly chunkLayerSeconds: number;
  /** Share of the experts' weights that a riding chunk reads on top of what the step reads anyhow. */
  readonly expertReread: number;
  /** Times that a token's hidden state crosses memory in one layer of a prefill, bytes an element. */
  readonly activationBytesPerElement: number;
  /** The same for each copy of a hidden state that goes to an expert: gathered, scattered and summed on every rank. */
  readonly expertActivationBytesPerElement: number;
  /** By architecture of the card. */
  readonly cdnaPeakFactor: number;
  readonly cdna3OverheadFactor: number;
  readonly blackwellPeakFactor: number;
  readonly blackwellOverheadFactor: number;
  /** Of the time to first token: constant part, share of waves in the median. */
  readonly startSeconds: number;
  readonly medianWaveShare: number;
  /** Weight of the first burst of a closed loop. */
  readonly burstWeight: number;
  readonly engines: Readonly<Record<EngineRange, EngineSpeed>>;
}
