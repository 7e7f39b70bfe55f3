import { resolve } from 'node:path';
import type { Catalog } from '../../catalog/catalog.js';
import { type Checkpoint, type ModelProfile, PRECISIONS } from '../../catalog/model.js';
import { didYouMean } from '../../catalog/nearest.js';
import { readConfig } from '../../catalog/read-config.js';
import { UserError } from '../../error.js';

export interface ModelToSize {
  readonly model: ModelProfile;
  readonly checkpoint: Checkpoint;
  /** What was taken for granted about the weights. */
  readonly assumptions: readonly string[];
}

/**
 * Reads MODEL: a catalogue id, a repository of the catalogue, or a path to a config.json.
 * @throws UserError where there is no such model, or its configuration cannot be sized.
 */
export function readModel(
  name: string,
  precision: string | undefined,
  catalog: Catalog,
  cwd: string,
  today: string,
): ModelToSize {
  if (name.endsWith('.json')) {
    const model = readConfig(resolve(cwd, name), { root: cwd, checked: today });
    return withPrecision(model, undefined, precision);
  }
  const found = catalog.findModel(name);
  if (found !== undefined) return withPrecision(found.model, found.checkpoint, precision);
  const message = `no model '${name}' in the catalogue`;
  const near = didYouMean(name.replace(/^.*\//, ''), catalog.ids('models'));
  const fix = [
    ...(near === undefined ? [] : [near]),
    'berth list models shows what there is; a path to a config.json works too',
  ];
  throw new UserError('nothing was sized', [{ message, fix }]);
}

/** The published weights of the precision; where none are known they are reckoned, and that is said. */
function withPrecision(
  model: ModelProfile,
  named: Checkpoint | undefined,
  precision: string | undefined,
): ModelToSize {
  const checkpoint =
    named !== undefined && (precision === undefined || precision === named.precision)
      ? named
      : model.checkpoints.find((entry) => precision === undefined || entry.precision === precision);
  if (checkpoint !== undefined) {
    const first = precision === undefined && named === undefined;
    return {
      model,
      checkpoint,
      assumptions: first ? [`precision ${checkpoint.precision}: first of ${model.id}`] : [],
    };
  }
  const wanted = PRECISIONS.find((known) => known === precision);
  const base = model.checkpoints[0];
  if (wanted === undefined || base === undefined) {
    const message = `precision '${precision}' is not known; there are: ${PRECISIONS.join(', ')}`;
    throw new UserError('nothing was sized', [{ message, fix: didYouMean(String(precision), PRECISIONS) }]);
  }
  const { loadedGib: _, groupSize: __, ...rest } = base;
  return {
    model,
    checkpoint: {
      ...rest,
      precision: wanted,
      scope: 'linear',
      huggingFace: null,
      modelScope: null,
      publisher: 'third-party',
    },
    assumptions: [
      `precision ${wanted}: the catalogue knows no weights of ${model.id} in it; their size is reckoned`,
    ],
  };
}
