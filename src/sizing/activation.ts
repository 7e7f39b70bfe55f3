import type { Checkpoint, ModelProfile } from '../catalog/model.js';
import { atLeast } from './engine-version.js';
import type { Estimate } from './estimate.js';
import { GIB } from './gib.js';
import {
  COLD_COMPILE,
  INDEXER_BYTES_PER_TOKEN,
  MULTIMODAL_GIB,
  type OverheadConstants,
} from './overhead-constants.js';
import { computeBytes } from './quantization.js';

export interface ActivationInput {
  readonly model: ModelProfile;
  readonly precision: Checkpoint['precision'];
  readonly engineVersion: string;
  readonly v1: boolean;
  /** The second model runner profiles without the sampler. */
  readonly secondRunner: boolean;
  readonly tensorParallelSize: number;
  readonly pipelineParallelSize: number;
  readonly enableExpertParallel: boolean;
  readonly maxModelLen: number;
  readonly maxNumSeqs: number;
  readonly maxNumBatchedTokens: number;
  readonly enforceEager: boolean;
  /** Whether the start finds what an earlier one compiled. @default - likely, but not surely */
  readonly compileCache?: CompileCache;
  /** Whether FlashInfer samples. @default - as the version does by itself */
  readonly flashInferSampler?: boolean;
  /** LoRA slots and their rank. @default none */
  readonly maxLoras?: number;
  readonly maxLoraRank?: number;
}

/** `cold`: a first start, with nothing compiled yet; `warm`: every later one that finds its cache. */
export type CompileCache = 'cold' | 'warm';

/**
 * Peak activation of the engine's profiling pass, GiB: the larger of the sampler's dummy pass and the widest layer, and
 * beside it what stays allocated. On start-ups of 0.17–0.19 on an H100 each term is met within 0.02 GiB.
 */
export function activationGib(input: ActivationInput, constants: OverheadConstants): Estimate {
  const beside = (workspaceBytes(input) + pipelineBytes(input)) / GIB + multimodalGib(input);
  const forward = forwardBytes(input) / GIB;
  const { samplerBytesPerLogit: own, flashInferBytesPerLogit: best = own } = constants;
  // The second runner profiles without it, and gives way to the first where it lacks something: the unfavourable end.
  const profiled = samplerGib(input, constants, input.flashInferSampler ? best : own);
  const sampler = input.secondRunner ? 0 : profiled;
  const atBest = input.secondRunner ? 0 : samplerGib(input, constants, best);
  const compile = compileBytes(input) / GIB;
  const surely = input.compileCache === 'cold' ? compile : 0;
  const perhaps = input.compileCache === 'warm' ? 0 : compile;
  const warm = Math.max(sampler, forward) + beside;
  const width = warm * constants.spread.activation;
  return {
    low: Math.max(Math.max(atBest, forward) - width, surely * (1 - COLD_COMPILE.spread)) + beside,
    likely: Math.max(warm, surely + beside),
    high: Math.max(warm + width, perhaps * (1 + COLD_COMPILE.spread) + beside, profiled + beside),
  };
}

/**
 * The second embedding table of a cold start, and that of its LoRA slots: vocabulary and hidden size × rank. A model that
 * takes images is compiled behind its embeddings: three starts show no copy.
 */
function compileBytes(input: ActivationInput): number {
  const { model, precision, tensorParallelSize, v1, enforceEager, engineVersion } = input;
  if (!v1 || enforceEager || !atLeast(engineVersion, COLD_COMPILE.from) || takesImages(model)) return 0;
  const { vocabSize, hiddenSize } = model.architecture;
  const vocabulary = vocabSize ?? 0;
  const lora = (input.maxLoras ?? 0) * (input.maxLoraRank ?? 16) * (vocabulary + hiddenSize) * 2;
  return (vocabulary * hiddenSize * computeBytes(precision)) / tensorParallelSize + lora;
}

function takesImages({ modalities }: ModelProfile): boolean {
  return modalities.includes('image') || modalities.includes('video');
}

/** Logits of `max_num_seqs` rows, their copies in fp32, and the hidden states of the batch. */
function samplerGib(input: ActivationInput, constants: OverheadConstants, bytesPerLogit: number): number {
  const { model, maxNumSeqs, maxNumBatchedTokens, precision, v1 } = input;
  // V0 with chunked prefill samples nothing while it profiles: three starts show it.
  const chunkedV0 = !v1 && maxNumBatchedTokens < input.maxModelLen;
  if (chunkedV0) return 0;
  const width = computeBytes(precision);
  const rows = Math.min(maxNumSeqs, maxNumBatchedTokens);
  const logits = rows * (model.architecture.vocabSize ?? 0) * (bytesPerLogit + width - 2);
  const hidden = maxNumBatchedTokens * model.architecture.hiddenSize * width;
  return (logits + hidden) / GIB + constants.fixedActivationGib;
}

/** Gate, up and product of the widest MLP, and three copies of the hidden states. */
function forwardBytes({
  model,
  maxNumBatchedTokens,
  tensorParallelSize,
  precision,
}: ActivationInput): number {
  const { hiddenSize, intermediateSize, moe } = model.architecture;
  const dense = moe?.denseIntermediateSize ?? (moe && moe.denseLayers === 0 ? 0 : (intermediateSize ?? 0));
  const wide = Math.max(dense, moe?.sharedIntermediateSize ?? 0);
  const width = computeBytes(precision);
  return maxNumBatchedTokens * width * ((3 * wide) / tensorParallelSize + 3 * hiddenSize);
}

/** One workspace serves experts and indexer in turn: the larger counts. */
function workspaceBytes(input: ActivationInput): number {
  const { mla, indexerBytesPerTokenAndLayer } = input.model.architecture;
  const indexer = mla && indexerBytesPerTokenAndLayer > 0 ? INDEXER_BYTES_PER_TOKEN * input.maxModelLen : 0;
  return Math.max(expertWorkspaceBytes(input), indexer);
}

/**
 * Workspaces of the fused experts, kept from profiling on: every token once for each of its experts, at the width of
 * gate and up and at the hidden width. Source: vLLM fused_moe workspace13 and workspace2; shared since 0.12.
 */
function expertWorkspaceBytes(input: ActivationInput): number {
  const { model, maxNumBatchedTokens, tensorParallelSize, enableExpertParallel, engineVersion } = input;
  const { moe, hiddenSize } = model.architecture;
  if (!moe || !atLeast(engineVersion, '0.12.0')) return 0;
  const hidden = moe.expertHiddenSize ?? hiddenSize;
  const width = moe.expertIntermediateSize / (enableExpertParallel ? 1 : tensorParallelSize);
  const perPair = Math.max(2 * width, hidden) + Math.max(width, hidden);
  return maxNumBatchedTokens * moe.expertsPerToken * perPair * 2;
}

/** Hidden states and residual that a stage receives. */
function pipelineBytes({
  model,
  pipelineParallelSize,
  maxNumBatchedTokens,
  precision,
}: ActivationInput): number {
  if (pipelineParallelSize === 1) return 0;
  return 2 * maxNumBatchedTokens * model.architecture.hiddenSize * computeBytes(precision);
}

function multimodalGib({ model, v1, engineVersion }: ActivationInput): number {
  if (!v1 || !atLeast(engineVersion, '0.17.0')) return 0;
  if (model.modalities.includes('video')) return MULTIMODAL_GIB.video;
  return model.modalities.includes('image') ? MULTIMODAL_GIB.image : 0;
}
