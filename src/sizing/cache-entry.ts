import type { Architecture, LayerGroup } from '../catalog/architecture.js';
import type { Checkpoint } from '../catalog/model.js';
import { kvHeadsPerRank } from './attention-tensors.js';
import { atLeast } from './engine-version.js';
import { computeBytes } from './quantization.js';

/** The latent entry of the `fp8_ds_mla` layout: 512 fp8 values, 4 scales, 64 rotary values of 16 bits. */
const FP8_DS_MLA_BYTES = 656;

/** Bytes of one cached value. `auto` is the model's own type. */
export function cacheValueBytes(kvCacheDtype: string, precision: Checkpoint['precision']): number {
  if (kvCacheDtype === 'auto') return computeBytes(precision);
  if (/^(fp8|int8)/.test(kvCacheDtype)) return 1;
  if (/^nvfp4/.test(kvCacheDtype)) return 0.5 + 1 / 16;
  if (/^int4/.test(kvCacheDtype)) return 0.5;
  return kvCacheDtype === 'float32' ? 4 : 2;
}

/** Bytes that one token takes in one layer of the group on one rank; 0 for layers whose cache does not grow. */
export function entryBytes(
  architecture: Architecture,
  group: LayerGroup,
  tensorParallelSize: number,
  kvCacheDtype: string,
  valueBytes: number,
  engineVersion: string,
): number {
  if (group.cache === 'state' || group.cache === 'none') return 0;
  const { mla } = architecture;
  if (mla) {
    if (kvCacheDtype === 'fp8_ds_mla') return FP8_DS_MLA_BYTES;
    return latentEntryBytes(architecture, mla, tensorParallelSize, valueBytes, engineVersion);
  }
  const kvHeads = ('kvHeads' in group ? group.kvHeads : undefined) ?? architecture.kvHeads;
  const headDim = ('headDim' in group ? group.headDim : undefined) ?? architecture.headDim;
  return 2 * kvHeadsPerRank(kvHeads, tensorParallelSize) * headDim * valueBytes;
}

/** One latent for all heads, on every rank. vLLM 0.7 padded it to 640 values; before that it stored full heads of 256. */
function latentEntryBytes(
  { attentionHeads }: Architecture,
  mla: NonNullable<Architecture['mla']>,
  tensorParallelSize: number,
  valueBytes: number,
  engineVersion: string,
): number {
  const width = mla.kvLoraRank + mla.qkRopeHeadDim;
  if (atLeast(engineVersion, '0.8.0')) return width * valueBytes;
  if (atLeast(engineVersion, '0.7.1')) return Math.ceil(width / 128) * 128 * valueBytes;
  return 2 * Math.ceil(attentionHeads / tensorParallelSize) * 256 * valueBytes;
}
