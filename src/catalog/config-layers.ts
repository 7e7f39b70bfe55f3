import type { LayerGroup } from './architecture.js';
import { type ConfigObject, numberAt } from './config-reader.js';

/** How the layers of a config.json cache; null where its keys name a kind of layer that is not modelled. */
export function layerGroupsOf(config: ConfigObject, layers: number): LayerGroup[] | undefined | null {
  if (UNMODELLED_KEYS.some((key) => config[key] !== undefined && config[key] !== null)) return null;
  const kinds = kindsOf(config, layers);
  if (kinds === undefined) return undefined;
  const groups: LayerGroup[] = [];
  for (const kind of new Set(kinds)) {
    const group = groupOf(kind, kinds.filter((other) => other === kind).length, config);
    if (group === null) return null;
    groups.push(group);
  }
  return groups.length === 1 && groups[0]?.cache === 'full' ? undefined : groups;
}

/** Keys of state-space and sparse layers whose cache the dimensions here do not give. */
const UNMODELLED_KEYS = [
  'hybrid_override_pattern',
  'mamba_d_state',
  'ssm_state_size',
  'attn_layer_period',
  'rwkv_head_size',
  'compress_ratios',
  'block_configs',
];

/** One word a layer, where the layers are not all alike. */
function kindsOf(config: ConfigObject, layers: number): string[] | undefined {
  const { layer_types: types, sliding_window_pattern: pattern } = config;
  if (Array.isArray(types)) return types.map(String);
  const every = typeof pattern === 'number' ? pattern : defaultPattern(config);
  if (every !== undefined) {
    return Array.from({ length: layers }, (_, at) =>
      (at + 1) % every === 0 ? 'full_attention' : windowKind(config),
    );
  }
  const interval = numberAt(config, 'full_attention_interval');
  if (interval === undefined) return undefined;
  return Array.from({ length: layers }, (_, at) =>
    (at + 1) % interval === 0 ? 'full_attention' : 'linear_attention',
  );
}

/** Families whose pattern is in their code, not in their config.json. */
function defaultPattern(config: ConfigObject): number | undefined {
  const usual: Record<string, number> = { gemma2: 2, gemma3_text: 6, llama4_text: 4, cohere2: 4 };
  return usual[String(config.model_type)];
}

function windowKind(config: ConfigObject): string {
  return config.model_type === 'llama4_text' ? 'chunked_attention' : 'sliding_attention';
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
