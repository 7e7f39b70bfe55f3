import type { Checkpoint, ModelProfile } from '../catalog/model.js';
import { atLeast } from './engine-version.js';
import type { Estimate } from './estimate.js';
import { GIB } from './gib.js';
import { COLD_COMPILE_GIB, MULTIMODAL_GIB, type OverheadConstants } from './overhead-constants.js';
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
}

/**
 * Peak activation of the engine's profiling pass, GiB: the larger of the sampler's dummy pass and the widest layer, and
 * beside it what stays allocated. On start-ups of 0.17–0.19 on an H100 each term is met within 0.02 GiB.
 */
export function activationGib(input: ActivationInput, constants: OverheadConstants): Estimate {
  const beside = (expertWorkspaceBytes(input) + pipelineBytes(input)) / GIB + multimodalGib(input);
  const forward = forwardBytes(input) / GIB;
  // The second runner profiles without it, and gives way to the first where it lacks something: the unfavourable end.
  const profiled = samplerGib(input, constants, constants.samplerBytesPerLogit);
  const sampler = input.secondRunner ? 0 : profiled;
  const best = constants.samplerBytesAtBest ?? constants.samplerBytesPerLogit;
  const atBest = input.secondRunner ? 0 : samplerGib(input, constants, best);
  const likely = Math.max(sampler, forward) + beside;
  const width = likely * constants.spread.activation;
  const cold = input.v1 && !input.enforceEager ? COLD_COMPILE_GIB : 0;
  return {
    low: Math.max(atBest, forward) + beside - width,
    likely,
    high: Math.max(likely + width, forward + cold + beside, profiled + beside),
  };
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
