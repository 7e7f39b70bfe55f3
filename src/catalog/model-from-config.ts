import { type Problem, UserError } from '../error.js';
import { architectureOf, familyOf } from './config-architecture.js';
import { blockParameters } from './config-blocks.js';
import { storedAs } from './config-checkpoint.js';
import { type Dimensions, dimensionsOf, KEYS } from './config-dimensions.js';
import { type ConfigObject, isObject, languagePart, numberAt } from './config-reader.js';
import { unknownsOf } from './config-unknowns.js';
import { ModelProfile } from './model.js';

export interface ConfigSource {
  /** Name of the profile, e.g. the folder of the file; made an id. */
  readonly name: string;
  /** The file as messages show it. @default name */
  readonly file?: string;
  /** How the entry's own sources call the file. @default file */
  readonly calledAs?: string;
  /** Day on which the file was read. */
  readonly checked: string;
  /** Parameters that the weight files hold, where known. @default - what the dimensions give */
  readonly parameters?: number;
  /** Size of the weight files, GiB, where known. @default - computed */
  readonly checkpointGib?: number;
  /** Where `parameters` and `checkpointGib` come from. @default file */
  readonly weightsFrom?: string;
  /** Folders and patterns of the repository that hold the weights once more. */
  readonly exclude?: readonly string[];
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
  const attention = isObject(language.attn_config) ? pick(language.attn_config, 'kv_n_heads') : {};
  const text: ConfigObject =
    language.vocab_size === undefined
      ? { ...language, ...attention, ...pick(config, 'vocab_size') }
      : { ...language, ...attention };
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
  needed: Required<Dimensions>,
  stored: NonNullable<ReturnType<typeof storedAs>>,
  source: ConfigSource,
): ModelProfile {
  const architecture = architectureOf(config, text, needed);
  const file = source.calledAs ?? source.file ?? source.name;
  const weightsFrom = source.weightsFrom ?? file;
  const stated = numberAt(text, 'max_position_embeddings', 'n_positions', 'seq_length', 'max_seq_len');
  const context = stated ?? 8192;
  const seen = ['vision_config', 'vision_tower', 'visual', 'audio_config'].some((key) =>
    isObject(config[key]),
  );
  const blocks = blockParameters(architecture);
  const reckoned = blocks === undefined ? undefined : `${file}, reckoned from its dimensions`;
  return ModelProfile.parse({
    id: idOf(source.name),
    name: source.name,
    family: familyOf(config, text),
    released: null,
    licence: 'unknown',
    architecture,
    parameters: {
      total: source.parameters ?? blocks ?? null,
      totalSource: source.parameters === undefined ? (reckoned ?? null) : weightsFrom,
      active: null,
    },
    checkpoints: [
      {
        ...stored,
        huggingFace: null,
        publisher: 'third-party',
        gated: null,
        exclude: source.exclude ?? [],
        source: file,
        ...(source.checkpointGib !== undefined && {
          loadedGib: { value: source.checkpointGib, source: weightsFrom },
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
    notVerified: unknownsOf({ config, text, architecture, statesContext: stated !== undefined }),
  });
}

function pick(config: ConfigObject, key: string): ConfigObject {
  return config[key] === undefined ? {} : { [key]: config[key] };
}

/** Lower case letters, digits, dots and dashes, as ids are. */
export function idOf(name: string): string {
  const id = name
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  return id === '' ? 'model' : id;
}

function refusal(source: ConfigSource, problems: readonly Problem[]): UserError {
  return new UserError(`${source.file ?? source.name} cannot be sized`, problems);
}
