import type { LayerGroup } from './architecture.js';
import { layerKindsOf } from './config-layer-kinds.js';
import { mambaGroup } from './config-mamba.js';
import { type ConfigObject, numberAt } from './config-reader.js';
import { shortConvGroup } from './config-short-conv.js';

/** How the layers of a config.json cache; null where its keys name a kind of layer that is not modelled. */
export function layerGroupsOf(config: ConfigObject, layers: number): LayerGroup[] | undefined | null {
  if (isSet(config, UNMODELLED_KEYS) || UNMODELLED_FAMILIES.includes(String(config.model_type))) return null;
  if (config.model_type === 'falcon_h1') return sideBySide(layers, config);
  const kinds = layerKindsOf(config, layers);
  // The file holds recurrent layers, and nothing in it says which.
  if (kinds === undefined) return isSet(config, RECURRENT_KEYS) ? null : undefined;
  const groups: LayerGroup[] = [];
  for (const kind of new Set(kinds)) {
    const group = groupOf(kind, kinds.filter((other) => other === kind).length, config);
    if (group === null) return null;
    groups.push(group);
  }
  return groups.length === 1 && groups[0]?.cache === 'full' ? undefined : groups;
}

/** Keys of layers whose cache the dimensions here do not give: Mamba-1, RWKV, compressed and pruned attention. */
const UNMODELLED_KEYS = ['attn_layer_period', 'rwkv_head_size', 'compress_ratios', 'block_configs'];
const RECURRENT_KEYS = ['mamba_d_state', 'ssm_state_size'];
/** Blocks that layers share, or attention of a kind of its own. */
const UNMODELLED_FAMILIES = ['zamba2', 'kimi_linear', 'plamo2'];

function isSet(config: ConfigObject, keys: readonly string[]): boolean {
  return keys.some((key) => config[key] !== undefined && config[key] !== null);
}

/** Every layer attends and mixes: it counts in both groups. */
function sideBySide(layers: number, config: ConfigObject): LayerGroup[] | null {
  const mixers = mambaGroup(layers, config);
  return mixers === null ? null : [{ cache: 'full', layers }, mixers];
}

function groupOf(kind: string, layers: number, config: ConfigObject): LayerGroup | null {
  if (kind === 'full_attention' || kind === 'attention') {
    const kvHeads = numberAt(config, 'num_global_key_value_heads');
    const headDim = numberAt(config, 'global_head_dim');
    return {
      cache: 'full',
      layers,
      ...(kvHeads !== undefined && { kvHeads }),
      ...(headDim !== undefined && { headDim }),
    };
  }
  if (kind === 'feed_forward') return { cache: 'none', layers, attention: false };
  if (kind === 'mamba') return mambaGroup(layers, config);
  if (kind === 'conv') return shortConvGroup(layers, config);
  const window = numberAt(config, 'sliding_window', 'sliding_window_size');
  if (kind === 'sliding_attention' && window !== undefined) return { cache: 'window', layers, window };
  const chunk = numberAt(config, 'attention_chunk_size');
  if (kind === 'chunked_attention' && chunk !== undefined) return { cache: 'chunk', layers, chunk };
  return kind === 'linear_attention' ? linearGroup(layers, config) : null;
}

/**
 * Gated delta net: an fp32 state of values × keys for each value head, and the convolution's last inputs, 16-bit.
 * Source: Qwen3-Next modelling code (in_proj_qkvz, in_proj_ba, conv1d, out_proj).
 */
function linearGroup(layers: number, config: ConfigObject): LayerGroup | null {
  const keyHeads = numberAt(config, 'linear_num_key_heads');
  const valueHeads = numberAt(config, 'linear_num_value_heads');
  const keyDim = numberAt(config, 'linear_key_head_dim');
  const valueDim = numberAt(config, 'linear_value_head_dim');
  const kernel = numberAt(config, 'linear_conv_kernel_dim') ?? 4;
  const hidden = numberAt(config, 'hidden_size');
  if (!keyHeads || !valueHeads || !keyDim || !valueDim || !hidden) return null;
  const keys = keyHeads * keyDim;
  const values = valueHeads * valueDim;
  const convolved = 2 * keys + values;
  return {
    cache: 'state',
    layers,
    bytesPerSequence: valueHeads * keyDim * valueDim * 4 + convolved * (kernel - 1) * 2,
    parametersPerLayer:
      hidden * (2 * keys + 2 * values + 2 * valueHeads) + convolved * kernel + values * hidden,
  };
}
