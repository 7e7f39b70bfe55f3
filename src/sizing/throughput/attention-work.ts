import type { Architecture, LayerGroup } from '../../catalog/architecture.js';
import { isSparse } from './traits.js';

/** Best-scored tokens that sparse attention reads (index_topk of DeepSeek-V3.2 and GLM-5). */
const SPARSE_TOKENS = 2048;

/** What attention reads and reckons on one rank. */
export interface AttentionLayers {
  /** Bytes of cache and state that one step moves for a request of `context` tokens. */
  readBytes(context: number): number;
  /** Operations of a prompt of `tokens` tokens, causal. */
  promptFlops(tokens: number): number;
  /** Operations of one step where latent attention multiplies all heads with one latent; else 0. */
  stepFlops(context: number): number;
}

export interface AttentionInput {
  readonly kvHeadsPerRank: (kvHeads: number) => number;
  readonly tensorParallelSize: number;
  readonly cacheValueBytes: number;
}

export function attentionLayers(architecture: Architecture, input: AttentionInput): AttentionLayers {
  const groups = architecture.layerGroups ?? [{ cache: 'full' as const, layers: architecture.layers }];
  const { mla } = architecture;
  const heads = architecture.attentionHeads / input.tensorParallelSize;
  const sparse = isSparse(architecture);
  const seen = (group: LayerGroup, context: number) =>
    sparse ? Math.min(context, SPARSE_TOKENS) : Math.min(context, spanOf(group));
  const attending = groups.filter(({ cache }) => cache !== 'state' && cache !== 'none');
  const sum = (of: (group: LayerGroup) => number) =>
    attending.reduce((total, group) => total + group.layers * of(group), 0);
  // Latent attention of a prompt runs on full heads; keys carry the rotary part as well.
  const pairFlops = (group: LayerGroup) =>
    mla
      ? heads * (mla.qkNopeHeadDim + mla.qkRopeHeadDim + mla.vHeadDim)
      : 2 * heads * headDim(architecture, group);
  return {
    readBytes: (context) =>
      sum((group) => seen(group, context) * entryBytes(architecture, group, input)) +
      stateBytes(groups, input.tensorParallelSize),
    // Each of the tokens sees half of the prompt on average, or its whole window.
    promptFlops: (tokens) =>
      sum((group) => pairFlops(group) * tokens * Math.min(tokens, seen(group, 2 * tokens) * 2)),
    stepFlops: (context) =>
      mla === undefined
        ? 0
        : sum((group) => 2 * heads * (2 * mla.kvLoraRank + mla.qkRopeHeadDim) * seen(group, context)),
  };
}

function spanOf(group: LayerGroup): number {
  if (group.cache === 'window') return group.window;
  return group.cache === 'chunk' ? group.chunk : Number.POSITIVE_INFINITY;
}

function headDim(architecture: Architecture, group: LayerGroup): number {
  return ('headDim' in group ? group.headDim : undefined) ?? architecture.headDim;
}

function entryBytes(architecture: Architecture, group: LayerGroup, input: AttentionInput): number {
  const { mla } = architecture;
  if (mla) return (mla.kvLoraRank + mla.qkRopeHeadDim) * input.cacheValueBytes;
  const kvHeads = ('kvHeads' in group ? group.kvHeads : undefined) ?? architecture.kvHeads;
  return 2 * input.kvHeadsPerRank(kvHeads) * headDim(architecture, group) * input.cacheValueBytes;
}

/** A recurrent state is read and written in every step. */
function stateBytes(groups: readonly LayerGroup[], tensorParallelSize: number): number {
  return groups.reduce(
    (sum, group) =>
      group.cache === 'state'
        ? sum + (2 * group.layers * (group.bytesPerSequence ?? 0)) / tensorParallelSize
        : sum,
    0,
  );
}
