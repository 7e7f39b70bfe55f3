import type { LayerGroup } from './architecture.js';
import { type ConfigObject, numberAt } from './config-reader.js';

/**
 * Short convolutions (LFM2): a layer keeps its last inputs but one, 16-bit.
 * Source: vLLM's mamba_utils (short_conv_state_shape); Lfm2ShortConv (in_proj makes three, conv, out_proj).
 */
export function shortConvGroup(layers: number, config: ConfigObject): LayerGroup | null {
  const hidden = numberAt(config, 'hidden_size');
  const kept = numberAt(config, 'conv_L_cache');
  if (hidden === undefined || kept === undefined) return null;
  const width = numberAt(config, 'conv_dim') ?? hidden;
  return {
    cache: 'state',
    layers,
    bytesPerSequence: width * (kept - 1) * 2,
    parametersPerLayer: 3 * hidden * width + width * kept + width * hidden,
  };
}

/** Width of LFM2's MLP, which it takes from the stated one. Source: Lfm2MLP. */
export function adjustedWidth(config: ConfigObject, stated: number | undefined): number | undefined {
  if (stated === undefined || config.block_auto_adjust_ff_dim !== true) return stated;
  const multiple = numberAt(config, 'block_multiple_of') ?? 256;
  const scaled = Math.floor((2 * stated) / 3) * (numberAt(config, 'block_ffn_dim_multiplier') ?? 1);
  return Math.ceil(Math.floor(scaled) / multiple) * multiple;
}
