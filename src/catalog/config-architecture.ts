import { Architecture } from './architecture.js';
import { blockParameters } from './config-blocks.js';
import type { Dimensions } from './config-dimensions.js';
import { expertsOf } from './config-experts.js';
import { familyOfClass, isTied, isUngated } from './config-families.js';
import { layerGroupsOf } from './config-layers.js';
import { type ConfigObject, numberAt, textAt } from './config-reader.js';
import { adjustedWidth } from './config-short-conv.js';

/** The name that a config.json gives its family, e.g. `qwen3`. */
export function familyOf(config: ConfigObject, text: ConfigObject): string {
  const stated = textAt(text, 'model_type') ?? textAt(config, 'model_type');
  return stated ?? familyOfClass(firstText(config.architectures) ?? '') ?? 'unknown';
}

/**
 * The architecture of a config.json.
 * @param text Its part that describes the language model.
 */
export function architectureOf(
  config: ConfigObject,
  text: ConfigObject,
  { layers, hiddenSize, attentionHeads, vocabSize }: Required<Dimensions>,
): Architecture {
  const groups = layerGroupsOf(text, layers);
  const moe = expertsOf(text);
  const family = familyOf(config, text);
  const architecture = Architecture.parse({
    class: firstText(config.architectures) ?? firstText(text.architectures) ?? 'unknown',
    layers,
    hiddenSize,
    attentionHeads,
    kvHeads: kvHeadsOf(text) ?? attentionHeads,
    headDim:
      numberAt(text, 'head_dim', 'kv_channels', 'attention_head_dim') ??
      Math.floor(hiddenSize / attentionHeads),
    intermediateSize: widthOf(text, moe !== undefined) ?? 4 * hiddenSize,
    vocabSize,
    tiedEmbeddings: isTied(config, text, family),
    ...(groups && { layerGroups: groups }),
    ...mlaOf(text, Math.floor(hiddenSize / attentionHeads)),
    ...(moe && { moe }),
    mlpMatrices: isUngated(family) ? 2 : 3,
    attentionOutputGate: text.attn_output_gate === true,
    // Layers of Gemma 3n share caches and add a table a layer, which its dimensions do not give.
    kvCacheModelled: groups !== null && !family.startsWith('gemma3n'),
    indexerBytesPerTokenAndLayer: indexerBytes(text),
  });
  return blockParameters(architecture) === undefined
    ? architecture
    : { ...architecture, weightsModelled: false };
}

/** Key/value heads; multi-query attention has one, whatever else the file says (Falcon, StarCoder). */
function kvHeadsOf(text: ConfigObject): number | undefined {
  if (text.multi_query === true && text.new_decoder_architecture !== true) return 1;
  return numberAt(
    text,
    'num_key_value_heads',
    'n_head_kv',
    'num_kv_heads',
    'multi_query_group_num',
    'kv_n_heads',
  );
}

/** Width of the MLP. Families of experts name the one that every token takes apart, also where they have no experts. */
function widthOf(text: ConfigObject, hasExperts: boolean): number | undefined {
  const shared = hasExperts ? undefined : numberAt(text, 'shared_intermediate_size');
  return (
    shared ??
    adjustedWidth(
      text,
      numberAt(text, 'intermediate_size_mlp', 'intermediate_size', 'ffn_dim', 'ffn_hidden_size', 'n_inner'),
    )
  );
}

/** @param headShare Size of the value heads where the file states none (MiniCPM3). */
function mlaOf(text: ConfigObject, headShare: number) {
  const kvLoraRank = numberAt(text, 'kv_lora_rank');
  const qkRopeHeadDim = numberAt(text, 'qk_rope_head_dim');
  const qkNopeHeadDim = numberAt(text, 'qk_nope_head_dim');
  if (!kvLoraRank || !qkRopeHeadDim || !qkNopeHeadDim) return {};
  return {
    mla: {
      kvLoraRank,
      qLoraRank: numberAt(text, 'q_lora_rank') ?? null,
      qkRopeHeadDim,
      qkNopeHeadDim,
      vHeadDim: numberAt(text, 'v_head_dim') ?? headShare,
    },
  };
}

/** Sparse attention keeps one fp8 key and its scale beside each latent. */
function indexerBytes(text: ConfigObject): number {
  const width = numberAt(text, 'index_head_dim');
  return width === undefined ? 0 : width + 4;
}

function firstText(value: unknown): string | undefined {
  return Array.isArray(value) && typeof value[0] === 'string' ? value[0] : undefined;
}
