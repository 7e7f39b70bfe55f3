import type { Architecture } from '../../catalog/architecture.js';
import type { Checkpoint } from '../../catalog/model.js';
import type { AcceleratorSpeed } from './accelerator-speed.js';
import type { EngineName } from './engine-range.js';

/** What makes a layer slower than its bytes and operations say. */
export interface Traits {
  readonly experts: boolean;
  /** fp8 experts with scales by block: activations are quantized before each matrix. */
  readonly blockFp8: boolean;
  /** fp8 matrices with one scale a block of 128 × 128, as these publishers ship them: slower arithmetic than one scale a matrix. */
  readonly blockScales: boolean;
  /** 4-bit integer experts, unpacked to 16 bits. */
  readonly fourBitExperts: boolean;
  /** mxfp4 on a card without 4-bit arithmetic. */
  readonly emulatedFp4: boolean;
  readonly nvfp4: boolean;
  readonly latent: boolean;
  readonly sparse: boolean;
  /** Share of layers with a recurrent state. */
  readonly recurrent: boolean;
  readonly queryKeyNorm: boolean;
}

/** Classes of config.json whose layers normalize queries and keys. */
const QUERY_KEY_NORM = /^(Qwen3|MiniMax|Glm4|Gemma3|Gemma4|Olmo2)/;
/** Classes of config.json whose publishers' own fp8 checkpoints have scales by block. */
const BLOCK_SCALES = /^(Qwen3|Deepseek|MiniMax|Glm|Kimi)/;
/** Latent attention over the best-scored tokens only. */
const SPARSE = /^(DeepseekV32|GlmMoeDsa|Glm5)/;

const INTEGER_FOUR_BIT: readonly Checkpoint['precision'][] = ['awq', 'gptq', 'w4a16', 'int4'];

export function traitsOf(
  architecture: Architecture,
  { precision }: Pick<Checkpoint, 'precision'>,
  card: AcceleratorSpeed,
  engine: EngineName,
): Traits {
  const experts = architecture.moe !== undefined;
  return {
    experts,
    // TensorRT-LLM quantizes activations inside its kernels.
    blockFp8: experts && engine !== 'tensorrt-llm' && (precision === 'fp8' || precision === 'int8'),
    blockScales: precision === 'fp8' && BLOCK_SCALES.test(architecture.class),
    fourBitExperts: experts && INTEGER_FOUR_BIT.includes(precision),
    emulatedFp4: precision === 'mxfp4' && card.peak4 === null,
    nvfp4: precision === 'nvfp4',
    latent: architecture.mla !== undefined,
    sparse: isSparse(architecture),
    recurrent: architecture.layerGroups?.some(({ cache }) => cache === 'state') ?? false,
    queryKeyNorm: QUERY_KEY_NORM.test(architecture.class),
  };
}

export function isSparse(architecture: Architecture): boolean {
  return architecture.indexerBytesPerTokenAndLayer > 0 || SPARSE.test(architecture.class);
}
