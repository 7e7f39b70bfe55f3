import type { Catalog } from '../../catalog/catalog.js';
import { storedAs } from '../../catalog/config-checkpoint.js';
import { isObject } from '../../catalog/config-reader.js';
import { type Checkpoint, type ModelProfile, PRECISIONS, type Precision } from '../../catalog/model.js';
import { modelFromConfig } from '../../catalog/model-from-config.js';
import { didYouMean } from '../../catalog/nearest.js';
import { UserError } from '../../error.js';
import { configFigures } from './config-figures.js';
import { baseName, precisionInName } from './model-name.js';
import { precisionNamed } from './precision-name.js';
import type { WhatIf } from './what-if.js';

export interface FoundModel {
  readonly model: ModelProfile;
  readonly checkpoint: Checkpoint;
  /** What was taken for granted about the model and its weights. */
  readonly assumptions: readonly string[];
}

type Asked = Pick<WhatIf, 'model' | 'config' | 'checkpoint' | 'precision'>;

/**
 * The model of a what-if: the catalogue's entry where it names one, else what its config.json says, else the entry that
 * its name is a variant of.
 * @throws UserError where none of these is there, or the configuration cannot be sized.
 */
export function findModel(asked: Asked, catalog: Catalog, today: string): FoundModel {
  const { model, config, checkpoint, precision } = asked;
  const key = JSON.stringify([model, config, checkpoint, precision, today]);
  const ofCatalog = found.get(catalog) ?? new Map<string, FoundModel>();
  found.set(catalog, ofCatalog);
  const known = ofCatalog.get(key) ?? find(asked, catalog, today);
  ofCatalog.set(key, known);
  return known;
}

/** A batch asks for the same model hundreds of times. */
const found = new WeakMap<Catalog, Map<string, FoundModel>>();

function find(asked: Asked, catalog: Catalog, today: string): FoundModel {
  const precision = namedPrecision(asked.precision);
  const entry = asked.model === undefined ? undefined : catalog.findModel(asked.model);
  if (entry !== undefined && agrees(entry.model, asked.config)) {
    return withPrecision(entry.model, entry.checkpoint, precision);
  }
  if (asked.config !== undefined) {
    const config = precision === undefined ? asked.config : withKnownStorage(asked.config);
    const { figures, notes } = configFigures(config, asked.checkpoint);
    const model = modelFromConfig(config, { name: asked.model ?? 'model', checked: today, ...figures });
    const sized = withPrecision(model, undefined, precision);
    return { ...sized, assumptions: [...notes, ...sized.assumptions] };
  }
  if (asked.model === undefined) {
    throw nothing(
      'neither model nor config is given',
      'give the id of a model or the content of its config.json',
    );
  }
  return byName(asked.model, precision, catalog);
}

/** Models of the dimensions of another one: retrained, not rebuilt. */
const KIN: Readonly<Record<string, string>> = {
  'qwen2.5-1.5b-coder': 'qwen2.5-1.5b',
  'qwen2.5-coder-7b': 'qwen2.5-7b',
  'qwen2.5-coder-14b': 'qwen2.5-14b',
  'qwen2.5-coder-32b': 'qwen2.5-32b',
  'qwen2.5-coder-1.5b': 'qwen2.5-1.5b',
  'qwq-32b': 'qwen2.5-32b',
  'qwen2-72b': 'qwen2.5-72b',
  'qwen2-1.5b': 'qwen2.5-1.5b',
  'qwen2-0.5b': 'qwen2.5-0.5b',
  'wizardlm-2-8x22b': 'mixtral-8x22b',
  'mistral-7b': 'mistral-7b-v0.3',
  'mistral-nemo': 'mistral-nemo-12b',
  'mistral-small-3.1-24b': 'mistral-small-3.2-24b',
  'llama-3.1-nemotron-70b': 'llama-3.1-70b',
  'qwen3.5-27b': 'qwen3.6-27b',
  'qwen3.5-35b-a3b': 'qwen3.6-35b-a3b',
  'deepseek-r1-0528': 'deepseek-r1',
  'deepseek-v3-0324': 'deepseek-v3',
  'glm-5.1': 'glm-5',
};

function byName(name: string, precision: Precision | undefined, catalog: Catalog): FoundModel {
  const base = baseName(name);
  const model = catalog.model(base) ?? catalog.model(KIN[base] ?? base);
  if (model === undefined) {
    const near = didYouMean(base, catalog.ids('models'));
    throw nothing(`no model '${name}' in the catalogue`, [
      ...(near === undefined ? [] : [near]),
      'berth list models shows what there is; the content or path of its config.json works too',
    ]);
  }
  const stored = precision ?? precisionInName(name);
  const sized = withPrecision(model, undefined, stored);
  return { ...sized, assumptions: [`${name} is sized as ${model.id}`, ...sized.assumptions] };
}

/** Where the request says how the weights are stored, a method that is not modelled need not be read. */
function withKnownStorage(config: Record<string, unknown>): Record<string, unknown> {
  const { quantization_config: quantization, ...rest } = config;
  const read = isObject(quantization) && storedAs({ quantization_config: quantization }) === undefined;
  return read ? rest : config;
}

/** A configuration of other dimensions than the entry's is of another model. */
function agrees({ architecture }: ModelProfile, config: WhatIf['config']): boolean {
  if (config === undefined) return true;
  const text =
    typeof config.text_config === 'object' ? (config.text_config as Record<string, unknown>) : config;
  const layers = text?.num_hidden_layers ?? config.num_hidden_layers;
  const hidden = text?.hidden_size ?? config.hidden_size;
  return (
    (layers ?? architecture.layers) === architecture.layers &&
    (hidden ?? architecture.hiddenSize) === architecture.hiddenSize
  );
}

export function namedPrecision(text: string | undefined): Precision | undefined {
  if (text === undefined) return undefined;
  const named = precisionNamed(text);
  if (named !== undefined) return named;
  const message = `precision '${text}' is not known; there are: ${PRECISIONS.join(', ')}`;
  throw nothing(message, didYouMean(text, PRECISIONS));
}

/** The published weights of the precision; where none are known they are reckoned, and that is said. */
export function withPrecision(
  model: ModelProfile,
  named: Checkpoint | undefined,
  precision: Precision | undefined,
): FoundModel {
  const checkpoint =
    named !== undefined && (precision === undefined || precision === named.precision)
      ? named
      : model.checkpoints.find((entry) => precision === undefined || entry.precision === precision);
  if (checkpoint !== undefined) {
    const first = precision === undefined && named === undefined;
    const assumptions = first ? [`precision ${checkpoint.precision}: first of ${model.id}`] : [];
    return { model, checkpoint, assumptions };
  }
  const base = model.checkpoints[0];
  if (base === undefined || precision === undefined) throw new Error(`${model.id} has no weights`);
  const { loadedGib: _loaded, groupSize: _group, ...rest } = base;
  return {
    model,
    checkpoint: {
      ...rest,
      precision,
      scope: 'linear',
      huggingFace: null,
      modelScope: null,
      publisher: 'third-party',
    },
    assumptions: [
      `precision ${precision}: no weights of ${model.id} are known in it; their size is reckoned`,
    ],
  };
}

function nothing(message: string, fix: string | string[] | undefined): UserError {
  return new UserError('nothing was sized', [{ message, fix }]);
}
