import type { LayerGroup } from './architecture.js';
import { type ConfigObject, numberAt, textAt } from './config-reader.js';

/** The sizes of one Mamba-2 mixer; null where a key is missing (Mamba-1 has other keys). */
interface Mixer {
  readonly heads: number;
  readonly headDim: number;
  readonly stateSize: number;
  readonly groups: number;
  readonly kernel: number;
}

/**
 * Layers with a Mamba-2 mixer: a state of heads × head size × state size, and the convolution's last inputs, 16-bit.
 * Sources: vLLM's mamba_utils (state shapes); Granite 4.0 H Small, whose attention block it makes 528 tokens.
 */
export function mambaGroup(layers: number, config: ConfigObject): LayerGroup | null {
  const mixer = mixerOf(config);
  if (mixer === null) return null;
  const { heads, headDim, stateSize, groups, kernel } = mixer;
  const convolved = heads * headDim + 2 * groups * stateSize;
  return {
    cache: 'state',
    layers,
    bytesPerSequence: heads * headDim * stateSize * stateBytes(config) + convolved * (kernel - 1) * 2,
    parametersPerLayer: mixerParameters(config, mixer),
  };
}

/** in_proj (gate, convolved, time steps), conv1d with its bias, norm, A, D and dt bias, out_proj. */
function mixerParameters(config: ConfigObject, { heads, headDim, stateSize, groups, kernel }: Mixer): number {
  const hidden = numberAt(config, 'hidden_size', 'd_model') ?? 0;
  const inner = heads * headDim;
  const convolved = inner + 2 * groups * stateSize;
  return hidden * (inner + convolved + heads) + convolved * (kernel + 1) + inner + 3 * heads + inner * hidden;
}

function mixerOf(config: ConfigObject): Mixer | null {
  const heads = numberAt(config, 'mamba_n_heads', 'mamba_num_heads');
  const headDim = numberAt(config, 'mamba_d_head', 'mamba_head_dim') ?? innerShare(config, heads);
  const stateSize = numberAt(config, 'mamba_d_state', 'ssm_state_size');
  if (heads === undefined || headDim === undefined || stateSize === undefined) return null;
  return {
    heads,
    headDim,
    stateSize,
    groups: numberAt(config, 'mamba_n_groups', 'n_groups') ?? 1,
    kernel: numberAt(config, 'mamba_d_conv', 'conv_kernel') ?? 4,
  };
}

/** `mamba_d_head: auto`: the expanded width dealt out to the heads. */
function innerShare(config: ConfigObject, heads: number | undefined): number | undefined {
  const hidden = numberAt(config, 'hidden_size');
  const expand = numberAt(config, 'mamba_expand', 'expand');
  return heads && hidden && expand ? (hidden * expand) / heads : undefined;
}

/** The model's own 16 bits unless the file asks for more. */
function stateBytes(config: ConfigObject): number {
  const type = textAt(config, 'mamba_ssm_cache_dtype') ?? textAt(config, 'mamba_ssm_dtype');
  return type === 'float32' ? 4 : 2;
}
