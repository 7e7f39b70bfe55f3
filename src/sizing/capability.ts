import type { AcceleratorProfile } from '../catalog/accelerator.js';
import type { Checkpoint } from '../catalog/model.js';

/** Why the accelerator cannot run this precision or cache type; null where it can. */
export interface Obstacle {
  readonly id: string;
  readonly message: string;
}

/**
 * A cache in e4m3 needs compute capability 8.9 (Ada, Hopper) or newer; e5m2 is read by older cards too.
 * Source: vllm-project/vllm#26431, #50882, #52202 (2026-08-13).
 */
const FP8_CACHE_CAPABILITY = 8.9;

export function precisionObstacle(
  accelerator: AcceleratorProfile,
  { precision }: Checkpoint,
): Obstacle | null {
  const { supports, id } = accelerator;
  const reasons: Partial<Record<Checkpoint['precision'], string | false>> = {
    bf16: supports.bf16 === false && `${id} has no bf16; serve with dtype half (fp16) instead`,
    fp8: supports.fp8 === false && supports.fp8WeightOnly === false && `${id} runs no fp8 weights`,
    int8: supports.int8 === false && `${id} runs no int8`,
    awq: supports.awq === false && `${id} runs no AWQ kernels`,
    gptq: supports.awq === false && `${id} runs no GPTQ kernels`,
    w4a16: supports.marlinInt4 === false && `${id} runs no w4a16 kernels`,
    nvfp4: supports.fp4 === false && supports.marlinInt4 === false && `${id} runs no 4-bit floating point`,
  };
  const message = reasons[precision];
  return message ? { id: 'fit/precision', message } : null;
}

export function cacheTypeObstacle(accelerator: AcceleratorProfile, kvCacheDtype: string): Obstacle | null {
  if (!kvCacheDtype.startsWith('fp8') || kvCacheDtype === 'fp8_e5m2') return null;
  const { vendor, computeCapability, id } = accelerator;
  const capable =
    vendor === 'nvidia'
      ? Number(computeCapability ?? 0) >= FP8_CACHE_CAPABILITY
      : accelerator.supports.fp8 === true;
  if (capable) return null;
  return {
    id: 'fit/kv-cache-dtype',
    message: `${id} has compute capability ${computeCapability ?? 'unknown'}; an fp8 cache (e4m3) needs ${FP8_CACHE_CAPABILITY}`,
  };
}

/** What the engine does instead of the named precision, for `assumptions`. */
export function precisionNote(accelerator: AcceleratorProfile, { precision }: Checkpoint): string | null {
  const { supports, id } = accelerator;
  if (precision === 'fp8' && supports.fp8 === false)
    return `${id} has no fp8 arithmetic: weights stay fp8, it computes in 16 bits`;
  if (precision === 'nvfp4' && supports.fp4 === false)
    return `${id} has no fp4 arithmetic: weights stay fp4, it computes in 16 bits`;
  return null;
}
