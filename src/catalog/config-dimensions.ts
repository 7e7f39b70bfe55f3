import { type ConfigObject, numberAt } from './config-reader.js';

/** The keys that no size can do without; names differ between families. */
export const KEYS = {
  layers: ['num_hidden_layers', 'n_layer', 'num_layers', 'n_layers'],
  hiddenSize: ['hidden_size', 'n_embd', 'd_model', 'dim'],
  attentionHeads: ['num_attention_heads', 'n_head', 'n_heads'],
  vocabSize: ['vocab_size', 'padded_vocab_size'],
} as const;

export type Dimensions = { [key in keyof typeof KEYS]?: number };

/** Undefined where the file lacks the key. */
export function dimensionsOf(text: ConfigObject): Dimensions {
  return Object.fromEntries(
    Object.entries(KEYS).map(([name, keys]) => [name, numberAt(text, ...keys)]),
  ) as Dimensions;
}
