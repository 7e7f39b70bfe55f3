import type { Architecture } from '../catalog/architecture.js';
import type { RankShape, TensorGroup } from './tensor-group.js';

/** Key/value heads that one rank stores: split, and replicated where there are more ranks than heads. */
export function kvHeadsPerRank(kvHeads: number, tensorParallelSize: number): number {
  return Math.max(1, Math.ceil(kvHeads / tensorParallelSize));
}

/**
 * Attention projections of `layers` layers on one rank. Layers with another head size (`layerGroups`) count with it;
 * recurrent layers (`cache: state`) count with the parameters that the profile states for their mixer.
 */
export function attentionTensors(
  architecture: Architecture,
  shape: RankShape,
  layers: number,
): TensorGroup[] {
  if (architecture.mla) return mlaTensors(architecture, architecture.mla, shape, layers);
  const share = layers / architecture.layers;
  const groups = architecture.layerGroups ?? [{ cache: 'full' as const, layers: architecture.layers }];
  return groups.flatMap((group) => {
    if (group.cache === 'state') {
      const elements = (group.parametersPerLayer ?? 0) / shape.tensorParallelSize;
      return [{ kind: 'mixer' as const, tensors: group.layers * share, elements }];
    }
    if (group.cache === 'none' && !group.attention) return [];
    const kvHeads = ('kvHeads' in group ? group.kvHeads : undefined) ?? architecture.kvHeads;
    const headDim = ('headDim' in group ? group.headDim : undefined) ?? architecture.headDim;
    return grouped(architecture, shape, group.layers * share, kvHeads, headDim);
  });
}

/** Fused q, k, v and the output projection. */
function grouped(
  architecture: Architecture,
  { tensorParallelSize }: RankShape,
  layers: number,
  kvHeads: number,
  headDim: number,
): TensorGroup[] {
  const queryWidth = (architecture.attentionHeads * headDim) / tensorParallelSize;
  const keyWidth = kvHeadsPerRank(kvHeads, tensorParallelSize) * headDim;
  const inWidth = queryWidth * (architecture.attentionOutputGate ? 2 : 1) + 2 * keyWidth;
  return [
    { kind: 'attention', tensors: layers, elements: architecture.hiddenSize * inWidth },
    { kind: 'attention', tensors: layers, elements: queryWidth * architecture.hiddenSize },
  ];
}

/** Multi-head latent attention: the down projections stand on every rank, the rest is split by heads. */
function mlaTensors(
  { hiddenSize, attentionHeads }: Architecture,
  mla: NonNullable<Architecture['mla']>,
  { tensorParallelSize }: RankShape,
  layers: number,
): TensorGroup[] {
  const heads = attentionHeads / tensorParallelSize;
  const queryWidth = heads * (mla.qkNopeHeadDim + mla.qkRopeHeadDim);
  const query =
    mla.qLoraRank === null
      ? [hiddenSize * queryWidth]
      : [hiddenSize * mla.qLoraRank, mla.qLoraRank * queryWidth];
  const elements = [
    ...query,
    hiddenSize * (mla.kvLoraRank + mla.qkRopeHeadDim),
    kvUpProjection(mla, heads),
    heads * mla.vHeadDim * hiddenSize,
  ];
  return elements.map((count) => ({ kind: 'attention', tensors: layers, elements: count }));
}

function kvUpProjection(mla: NonNullable<Architecture['mla']>, heads: number): number {
  return mla.kvLoraRank * heads * (mla.qkNopeHeadDim + mla.vHeadDim);
}

/**
 * Elements of the absorbed copies that vLLM's MLA keeps beside the checkpoint's key/value up-projection (W_UK, W_UV,
 * always 16-bit) in `layers` layers of one rank.
 */
export function mlaAbsorbedElements(architecture: Architecture, shape: RankShape, layers: number): number {
  if (!architecture.mla) return 0;
  return layers * kvUpProjection(architecture.mla, architecture.attentionHeads / shape.tensorParallelSize);
}
