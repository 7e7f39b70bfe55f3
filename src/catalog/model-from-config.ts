import { type Problem, UserError } from '../error.js';
import { Architecture } from './architecture.js';
import { storedAs } from './config-checkpoint.js';
import { type Dimensions, dimensionsOf, KEYS } from './config-dimensions.js';
import { expertsOf } from './config-experts.js';
import { isTied, isUngated } from './config-families.js';
import { layerGroupsOf } from './config-layers.js';
import { type ConfigObject, isObject, languagePart, numberAt, textAt } from './config-reader.js';
import { ModelProfile } from './model.js';

export interface ConfigSource {
  /** Name of the profile, e.g. the folder of the file; made an id. */
  readonly name: string;
  /** The file as messages show it. @default name */
  readonly file?: string;
  /** Day on which the file was read. */
  readonly checked: string;
  /** Parameters that the weight files hold, where known. @default - what the dimensions give */
  readonly parameters?: number;
  /** Size of the weight files, GiB, where known. @default - computed */
  readonly checkpointGib?: number;
}

/**
 * A model profile from the content of a Hugging Face `config.json`: dimensions and stored precision, nothing else is known.
 * @throws UserError naming every key that sizing needs and the file lacks.
 */
export function modelFromConfig(config: unknown, source: ConfigSource): ModelProfile {
  const place = { file: source.file ?? source.name };
  if (!isObject(config)) {
    throw refusal(source, [{ place, message: 'this is no config.json: a JSON object is expected' }]);
  }
  const language = { ...languagePart(config) };
  const text: ConfigObject =
    language.vocab_size === undefined ? { ...language, ...pick(config, 'vocab_size') } : language;
  const needed = dimensionsOf(text);
  const problems = Object.entries(needed)
    .filter(([, value]) => value === undefined)
    .map(([key]) => ({
      place,
      id: 'size/unmodelled',
      message: `missing: ${KEYS[key as keyof typeof KEYS].join(' or ')}`,
    }));
  const stored = storedAs(config.quantization_config === undefined ? text : config);
  if (stored === undefined) {
    problems.push({
      place,
      id: 'size/unmodelled',
      message: 'quantization_config: this method is not modelled',
    });
  }
  if (problems.length > 0 || stored === undefined) throw refusal(source, problems);
  return assemble(config, text, needed as Required<Dimensions>, stored, source);
}

function assemble(
  config: ConfigObject,
  text: ConfigObject,
  { layers, hiddenSize, attentionHeads, vocabSize }: Required<Dimensions>,
  stored: NonNullable<ReturnType<typeof storedAs>>,
  source: ConfigSource,
): ModelProfile {
  const groups = layerGroupsOf(text, layers);
  const file = source.file ?? source.name;
  const context =
    numberAt(text, 'max_position_embeddings', 'n_positions', 'seq_length', 'max_seq_len') ?? 8192;
  const seen = ['vision_config', 'vision_tower', 'visual', 'audio_config'].some((key) =>
    isObject(config[key]),
  );
  const moe = expertsOf(text);
  const family = textAt(text, 'model_type') ?? textAt(config, 'model_type') ?? 'unknown';
  return ModelProfile.parse({
    id: idOf(source.name),
    name: source.name,
    family,
    released: null,
    licence: 'unknown',
    architecture: Architecture.parse({
      class: firstText(config.architectures) ?? firstText(text.architectures) ?? 'unknown',
      layers,
      hiddenSize,
      attentionHeads,
      kvHeads:
        numberAt(text, 'num_key_value_heads', 'n_head_kv', 'num_kv_heads', 'multi_query_group_num') ??
        attentionHeads,
      headDim:
        numberAt(text, 'head_dim', 'kv_channels', 'attention_head_dim') ??
        Math.floor(hiddenSize / attentionHeads),
      intermediateSize:
        numberAt(
          text,
          'intermediate_size_mlp',
          'intermediate_size',
          'ffn_dim',
          'ffn_hidden_size',
          'n_inner',
        ) ?? 4 * hiddenSize,
      vocabSize,
      tiedEmbeddings: isTied(config, text, family),
      ...(groups && { layerGroups: groups }),
      ...mlaOf(text),
      ...(moe && { moe }),
      mlpMatrices: isUngated(family) ? 2 : 3,
      attentionOutputGate: text.attn_output_gate === true,
      kvCacheModelled: groups !== null,
      indexerBytesPerTokenAndLayer: indexerBytes(text),
    }),
    parameters: {
      total: source.parameters ?? null,
      totalSource: source.parameters === undefined ? null : file,
      active: null,
    },
    checkpoints: [
      {
        ...stored,
        huggingFace: null,
        publisher: 'third-party',
        gated: null,
        source: file,
        ...(source.checkpointGib !== undefined && {
          loadedGib: { value: source.checkpointGib, source: file },
        }),
      },
    ],
    context: { max: context, suggested: context },
    modalities: seen ? ['image'] : [],
    chinese: null,
    checked: source.checked,
    sources: { architecture: file },
    notes:
      seen && source.parameters === undefined
        ? ['the vision tower is not counted: config.json does not give its parameters']
        : [],
  });
}

function mlaOf(text: ConfigObject) {
  const kvLoraRank = numberAt(text, 'kv_lora_rank');
  const qkRopeHeadDim = numberAt(text, 'qk_rope_head_dim');
  const qkNopeHeadDim = numberAt(text, 'qk_nope_head_dim');
  const vHeadDim = numberAt(text, 'v_head_dim');
  if (!kvLoraRank || !qkRopeHeadDim || !qkNopeHeadDim || !vHeadDim) return {};
  return {
    mla: {
      kvLoraRank,
      qLoraRank: numberAt(text, 'q_lora_rank') ?? null,
      qkRopeHeadDim,
      qkNopeHeadDim,
      vHeadDim,
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

function pick(config: ConfigObject, key: string): ConfigObject {
  return config[key] === undefined ? {} : { [key]: config[key] };
}

/** Lower case letters, digits, dots and dashes, as ids are. */
function idOf(name: string): string {
  const id = name
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  return id === '' ? 'model' : id;
}

function refusal(source: ConfigSource, problems: readonly Problem[]): UserError {
  return new UserError(`${source.file ?? source.name} cannot be sized`, problems);
}
