import type { EngineRange, SpeedConstants } from './constants.js';
import type { Peak } from './peaks.js';
import type { Work } from './work.js';

/** Tokens of one chunk of a prompt. */
const CHUNK_TOKENS = 8192;
/** How sharply the slower of memory and arithmetic decides: norm of the two times. */
const OVERLAP_NORM = 3;

/** Times of one engine on one card, seconds. */
export interface StepTimes {
  /** One decode step of `batch` requests with `context` tokens each. */
  decode(batch: number, context: number): number;
  /** A prompt on an idle engine. */
  prefill(tokens: number): number;
  /** What a prompt adds to the steps of `batch` others. */
  ridingPrefill(tokens: number, batch: number): number;
}

/**
 * Roofline of each part with measured shares of the peaks, and what layers, requests and all-reduces cost beside it.
 * Source of the form: the trained-physics latency model of BLIS and the composition of AIConfigurator, both Apache-2.0.
 */
export function stepTimes(work: Work, constants: SpeedConstants, range: EngineRange): StepTimes {
  const engine = constants.engines[range];
  const { card, traits, attention } = work;
  const c = constants;
  const cdna3 = card.cardClass === 'cdna3';
  const cdna = cdna3 || card.cardClass === 'cdna4';
  const blackwell = card.cardClass === 'blackwell';
  const hardware = (cdna3 ? c.cdna3OverheadFactor : 1) * (blackwell ? c.blackwellOverheadFactor : 1);
  const overheadFactor = engine.overhead * hardware;
  const peakFactor = (cdna ? c.cdnaPeakFactor : 1) * (blackwell ? c.blackwellPeakFactor : 1);
  const eightBit = c.eightBitFactor * (traits.blockScales ? c.blockScaleFactor : 1);
  const peak = ({ flops, bits }: Peak) =>
    flops * peakFactor * (bits === 8 ? eightBit : bits === 4 ? c.fourBitFactor : 1);
  const [densePeak, expertPeak, halfPeak] = [
    peak(work.peaks.dense),
    peak(work.peaks.experts),
    card.peak16 * peakFactor,
  ];
  const fixed = (c.stepSeconds + work.layers * layerSeconds(work, c)) * overheadFactor;
  const reduce = allReduce(work, c);
  const reduceSeconds = reduce.seconds * (cdna3 ? c.cdna3OverheadFactor : 1) + stageSeconds(work, c);
  const perRequest =
    (c.requestSeconds +
      work.layers *
        (c.requestLayerSeconds +
          (traits.experts ? (c.requestExpertLayerSeconds * work.expertsPerToken) / 8 : 0) +
          (traits.sparse ? c.requestSparseLayerSeconds : 0))) *
    overheadFactor;
  const weightSpeed = card.bandwidth * c.weightBandwidthShare;
  const expertSpeed = card.bandwidth * c.expertBandwidthShare;
  const cacheSpeed = card.bandwidth * c.cacheBandwidthShare * (work.byteCache ? c.byteCacheFactor : 1);
  const touched = (tokens: number) =>
    traits.experts ? 1 - (1 - work.expertsPerToken / work.experts) ** Math.max(tokens, 1) : 0;

  const decode = (batch: number, context: number): number => {
    // Stages work on parts of the batch side by side; a token still passes all of them.
    const part = batch / work.pipelineParallelSize;
    const dense = norm(
      work.denseBytes / weightSpeed,
      (part * work.denseFlops) / (densePeak * c.decodePeakShare),
    );
    const experts = norm(
      (work.expertBytes * touched(part)) / expertSpeed,
      (part * work.expertFlops) / (expertPeak * c.decodePeakShare * c.expertDecodeFactor),
    );
    const cache =
      (part * attention.readBytes(context)) / cacheSpeed +
      (part * attention.stepFlops(context)) / (halfPeak * c.latentPeakShare);
    return dense + experts + cache + fixed + reduceSeconds + part * (reduce.perToken + perRequest);
  };

  const activationBytes =
    c.activationBytesPerElement +
    (traits.experts ? work.expertsPerToken * c.expertActivationBytesPerElement : 0);
  const promptSeconds = (tokens: number): number =>
    ((tokens * work.denseFlops) / (densePeak * c.prefillPeakShare) +
      (tokens * work.expertFlops) / (expertPeak * c.prefillPeakShare * c.expertPrefillFactor) +
      attention.promptFlops(tokens) / (halfPeak * c.attentionPeakShare) +
      (tokens * work.layers * work.hiddenSize * activationBytes) / card.bandwidth) *
    (traits.sparse ? c.sparsePrefillFactor : 1);

  const prefill = (tokens: number): number => {
    if (tokens <= 0) return fixed + reduceSeconds;
    const chunks = Math.ceil(tokens / CHUNK_TOKENS);
    const memory =
      (work.denseBytes / weightSpeed + (work.expertBytes * touched(tokens)) / expertSpeed) * chunks;
    const alone = norm(promptSeconds(tokens), memory) + tokens * reduce.perToken;
    return alone * engine.prefill + chunks * (fixed + reduceSeconds);
  };

  const ridingPrefill = (tokens: number, batch: number): number => {
    if (tokens <= 0) return 0;
    const chunks = Math.ceil(tokens / CHUNK_TOKENS);
    const reread =
      (work.expertBytes * (touched(tokens + batch) - touched(batch)) * chunks * c.expertReread) / expertSpeed;
    return (
      (promptSeconds(tokens) + tokens * reduce.perToken + reread) * engine.prefill +
      c.chunkLayerSeconds * work.layers * chunks * overheadFactor
    );
  };
  return { decode, prefill, ridingPrefill };
}

function norm(a: number, b: number): number {
  return (a ** OVERLAP_NORM + b ** OVERLAP_NORM) ** (1 / OVERLAP_NORM);
}

/** Launches and small kernels of one layer, by what it holds. */
function layerSeconds({ traits }: Work, c: SpeedConstants): number {
  const parts: readonly (readonly [boolean, number])[] = [
    [traits.experts, c.expertLayerSeconds],
    [traits.blockFp8, c.blockFp8LayerSeconds],
    [traits.fourBitExperts, c.fourBitExpertLayerSeconds],
    [traits.emulatedFp4, c.emulatedFp4LayerSeconds],
    [traits.nvfp4, c.nvfp4LayerSeconds],
    [traits.latent, c.latentLayerSeconds],
    [traits.sparse, c.sparseLayerSeconds],
    [traits.recurrent, c.recurrentLayerSeconds],
    [traits.queryKeyNorm, c.queryKeyNormLayerSeconds],
  ];
  return parts.reduce((sum, [has, seconds]) => (has ? sum + seconds : sum), c.layerSeconds);
}

/** Two all-reduces a layer of 16-bit hidden states: latency of a step, and seconds a token. */
function allReduce({ tensorParallelSize: ranks, layers, hiddenSize, card }: Work, c: SpeedConstants) {
  if (ranks === 1) return { seconds: 0, perToken: 0 };
  const latency = card.direct ? c.allReduceSeconds : c.bridgedAllReduceSeconds * Math.log2(ranks);
  const bytes = 2 * layers * 2 * ((ranks - 1) / ranks) * hiddenSize * 2;
  return { seconds: 2 * layers * latency, perToken: bytes / (card.link * c.linkShare) };
}

/** Hand-over between pipeline stages. */
function stageSeconds({ pipelineParallelSize }: Work, c: SpeedConstants): number {
  return (pipelineParallelSize - 1) * 4 * c.bridgedAllReduceSeconds;
}
