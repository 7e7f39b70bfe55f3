import type { Checkpoint, ModelProfile } from '../catalog/model.js';
import { mlaAbsorbedElements } from './attention-tensors.js';
import { GIB, MIB } from './gib.js';
import { bytesOfTensor } from './quantization.js';
import type { RankShape } from './tensor-group.js';
import { layersOfStage, tensorsOfRank, WHOLE } from './tensors.js';

/**
 * Bytes that PyTorch's caching allocator takes from the card for one tensor: large ones come in segments of 2 MiB, and
 * a rest of up to 1 MiB is not given to anybody else. Source: c10/cuda/CUDACachingAllocator (kRoundLarge, kSmallSize).
 */
export function allocatedBytes(bytes: number): number {
  if (bytes < 10 * MIB) return bytes;
  const segment = Math.ceil(bytes / (2 * MIB)) * 2 * MIB;
  return segment - bytes <= MIB ? segment : bytes;
}

/** Table of rotary angles, 16-bit, one for all layers: as long as the longest context that the model allows. */
function rotaryTableBytes(model: ModelProfile): number {
  const { mla, headDim } = model.architecture;
  return model.context.max * (mla?.qkRopeHeadDim ?? headDim) * 2;
}

/** Weight bytes on the fullest rank, as the engine's log gives them after loading. */
export function weightBytesOfRank(model: ModelProfile, checkpoint: Checkpoint, shape: RankShape): number {
  const computed = computedBytes(model, checkpoint, shape);
  if (checkpoint.loadedGib === undefined) return computed;
  // A stated total is cut as the computed one is: replicated parts keep their share.
  return (checkpoint.loadedGib.value * GIB * computed) / computedBytes(model, checkpoint, WHOLE);
}

/** A search for a nearest choice weighs the same ranks hundreds of times. */
const weighed = new WeakMap<ModelProfile, WeakMap<Checkpoint, Map<string, number>>>();

function computedBytes(model: ModelProfile, checkpoint: Checkpoint, shape: RankShape): number {
  const ofModel = weighed.get(model) ?? new WeakMap<Checkpoint, Map<string, number>>();
  weighed.set(model, ofModel);
  const ofCheckpoint = ofModel.get(checkpoint) ?? new Map<string, number>();
  ofModel.set(checkpoint, ofCheckpoint);
  const key = `${shape.tensorParallelSize} ${shape.pipelineParallelSize} ${shape.enableExpertParallel}`;
  const bytes = ofCheckpoint.get(key) ?? weigh(model, checkpoint, shape);
  ofCheckpoint.set(key, bytes);
  return bytes;
}

function weigh(model: ModelProfile, checkpoint: Checkpoint, shape: RankShape): number {
  const layers = layersOfStage(model.architecture.layers, shape.pipelineParallelSize);
  const tensors = tensorsOfRank(model, shape).reduce(
    (sum, group) =>
      sum + group.tensors * allocatedBytes(bytesOfTensor(group, checkpoint, model.architecture)),
    0,
  );
  return tensors + 2 * mlaAbsorbedElements(model.architecture, shape, layers) + rotaryTableBytes(model);
}

/** What the files hold and the engine leaves out, 16-bit. */
function unloadedBytes({ parameters }: ModelProfile): number {
  return parameters.beside.reduce((sum, { count, loaded }) => sum + (loaded ? 0 : 2 * count), 0);
}

/** Bytes of the weight files, all ranks together: every tensor once, nothing rounded. */
export function fileBytes(model: ModelProfile, checkpoint: Checkpoint): number {
  if (checkpoint.loadedGib !== undefined) return checkpoint.loadedGib.value * GIB;
  return tensorsOfRank(model, WHOLE).reduce(
    (sum, group) => sum + group.tensors * bytesOfTensor(group, checkpoint, model.architecture),
    unloadedBytes(model),
  );
}

/**
 * Bytes of the LoRA slots on one rank: two thin matrices of rank `rank` beside every projection, 16-bit. The factor is
 * what vLLM 0.27 takes beyond them (0.077 GiB a slot for Qwen3-4B at rank 16, ten starts measured).
 */
export function loraBytesOfRank(model: ModelProfile, shape: RankShape, slots: number, rank: number): number {
  const { hiddenSize, attentionHeads, headDim, kvHeads, intermediateSize } = model.architecture;
  const width = intermediateSize ?? 0;
  const sides =
    2 * (hiddenSize + attentionHeads * headDim) +
    2 * (hiddenSize + kvHeads * headDim) +
    3 * (hiddenSize + width);
  const layers = layersOfStage(model.architecture.layers, shape.pipelineParallelSize);
  return (slots * rank * sides * layers * 2 * 1.25) / shape.tensorParallelSize;
}
