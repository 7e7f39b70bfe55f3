import type { Architecture } from '../../catalog/architecture.js';
import type { Checkpoint, ModelProfile } from '../../catalog/model.js';
import { kvHeadsPerRank } from '../attention-tensors.js';
import { bytesOfTensor } from '../quantization.js';
import type { RankShape, TensorGroup } from '../tensor-group.js';
import { paddedVocabSize, tensorsOfRank } from '../tensors.js';
import type { AcceleratorSpeed } from './accelerator-speed.js';
import { type AttentionLayers, attentionLayers } from './attention-work.js';
import type { EngineName } from './engine-range.js';
import { type Peaks, peaksFor } from './peaks.js';
import { type Traits, traitsOf } from './traits.js';

/** What one model on one rank of one card has to read and reckon, before any efficiency. Bytes, operations, counts. */
export interface Work {
  readonly layers: number;
  readonly hiddenSize: number;
  /** Read by every step: all matrices but routed experts. */
  readonly denseBytes: number;
  /** All routed experts of the rank. */
  readonly expertBytes: number;
  readonly experts: number;
  readonly expertsPerToken: number;
  /** Operations of one token on the rank. */
  readonly denseFlops: number;
  readonly expertFlops: number;
  readonly attention: AttentionLayers;
  readonly peaks: Peaks;
  readonly card: AcceleratorSpeed;
  readonly traits: Traits;
  readonly tensorParallelSize: number;
  readonly pipelineParallelSize: number;
  readonly byteCache: boolean;
}

export interface WorkInput {
  readonly model: ModelProfile;
  readonly checkpoint: Checkpoint;
  readonly card: AcceleratorSpeed;
  readonly engine: EngineName;
  readonly shape: RankShape;
  /** Bytes of one cached value. */
  readonly cacheValueBytes: number;
}

export function workOf({ model, checkpoint, card, engine, shape, cacheValueBytes }: WorkInput): Work {
  const { architecture } = model;
  const { tensorParallelSize, pipelineParallelSize } = shape;
  // A token passes all stages one after the other: the ranks of one column hold the whole model.
  const column = tensorsOfRank(model, { ...shape, pipelineParallelSize: 1 });
  const groups = [...column.filter(isRead), ...tiedHead(architecture, tensorParallelSize)];
  const routed = groups.filter(({ kind }) => kind === 'routedExperts');
  const dense = groups.filter(({ kind }) => kind !== 'routedExperts');
  const { moe } = architecture;
  const perToken = moe === undefined ? 1 : moe.expertsPerToken / moe.experts;
  return {
    layers: architecture.layers,
    hiddenSize: architecture.hiddenSize,
    denseBytes: bytes(dense, checkpoint, architecture),
    expertBytes: bytes(routed, checkpoint, architecture),
    experts: moe?.experts ?? 1,
    expertsPerToken: moe?.expertsPerToken ?? 1,
    denseFlops: 2 * elements(dense),
    expertFlops: 2 * elements(routed) * perToken,
    attention: attentionLayers(architecture, {
      kvHeadsPerRank: (heads) => kvHeadsPerRank(heads, tensorParallelSize),
      tensorParallelSize,
      cacheValueBytes,
    }),
    peaks: peaksFor(checkpoint, card, moe !== undefined),
    card,
    traits: traitsOf(architecture, checkpoint, card, engine),
    tensorParallelSize,
    pipelineParallelSize,
    byteCache: cacheValueBytes < 2,
  };
}

/** Embeddings are looked up, not multiplied; towers and the rest beside the layers do not run in a text step. */
function isRead({ kind }: TensorGroup): boolean {
  return kind !== 'embedding' && kind !== 'remainder';
}

/** A tied head is the embedding table, read once a step. */
function tiedHead(architecture: Architecture, tensorParallelSize: number): TensorGroup[] {
  if (architecture.tiedEmbeddings !== true) return [];
  const elements = (paddedVocabSize(architecture) * architecture.hiddenSize) / tensorParallelSize;
  return [{ kind: 'lmHead', tensors: 1, elements }];
}

function bytes(groups: readonly TensorGroup[], checkpoint: Checkpoint, architecture: Architecture): number {
  return groups.reduce(
    (sum, group) => sum + group.tensors * bytesOfTensor(group, checkpoint, architecture),
    0,
  );
}

function elements(groups: readonly TensorGroup[]): number {
  return groups.reduce((sum, group) => sum + group.tensors * group.elements, 0);
}
