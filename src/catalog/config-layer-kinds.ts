import { type ConfigObject, numberAt } from './config-reader.js';

/** What a layer does with the past, in the words of `layer_types`; `feed_forward`: nothing, it only thinks. */
export type LayerKind = string;

/** Letters of `hybrid_override_pattern`. */
const LETTERS: Readonly<Record<string, LayerKind>> = {
  M: 'mamba',
  '*': 'attention',
  '-': 'feed_forward',
  E: 'feed_forward',
};

/** One word a layer, where the layers are not all alike; undefined where the file does not tell them apart. */
export function layerKindsOf(config: ConfigObject, layers: number): LayerKind[] | undefined {
  const { layer_types: types, layers_block_type: blocks, hybrid_override_pattern: letters } = config;
  if (Array.isArray(types)) return types.map(String);
  if (Array.isArray(blocks))
    return blocks.map((block) => (block === 'mlp' || block === 'moe' ? 'feed_forward' : String(block)));
  if (typeof letters === 'string') return [...letters].map((letter) => LETTERS[letter] ?? letter);
  const { attn_layer_indices: attending } = config;
  if (Array.isArray(attending))
    return alternating(layers, (at) => attending.includes(at), 'attention', 'mamba');
  const { sliding_window_pattern: pattern } = config;
  const every = typeof pattern === 'number' ? pattern : defaultPattern(config);
  if (every !== undefined)
    return alternating(layers, (at) => (at + 1) % every === 0, 'full_attention', windowKind(config));
  const interval = numberAt(config, 'full_attention_interval');
  if (interval === undefined) return undefined;
  return alternating(layers, (at) => (at + 1) % interval === 0, 'full_attention', 'linear_attention');
}

function alternating(
  layers: number,
  isFirst: (at: number) => boolean,
  first: LayerKind,
  second: LayerKind,
): LayerKind[] {
  return Array.from({ length: layers }, (_, at) => (isFirst(at) ? first : second));
}

/** Families whose pattern is in their code, not in their config.json. */
function defaultPattern(config: ConfigObject): number | undefined {
  const usual: Record<string, number> = { gemma2: 2, gemma3_text: 6, llama4_text: 4, cohere2: 4 };
  return usual[String(config.model_type)];
}

function windowKind(config: ConfigObject): LayerKind {
  return config.model_type === 'llama4_text' ? 'chunked_attention' : 'sliding_attention';
}
