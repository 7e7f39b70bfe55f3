import type { Catalog } from '../catalog/catalog.js';
import { shown } from '../catalog/issue-message.js';
import type { Checkpoint, ModelProfile } from '../catalog/model.js';
import { didYouMean } from '../catalog/nearest.js';
import { UserError } from '../error.js';
import { modelOfConfig } from './config-model.js';
import type { Setting } from './resolved.js';
import { own, type Target } from './target.js';

/** The model that an environment serves, and the weights that it loads. */
export interface ChosenModel {
  readonly model: ModelProfile;
  readonly checkpoint: Checkpoint;
  readonly successors: readonly ModelProfile[];
  readonly settings: readonly Setting[];
  readonly notices: readonly string[];
}

/**
 * Looks up the model and the weights of the wished precision, by default the model's first.
 * @param root The project's root, from which paths in messages count.
 * @throws UserError where the catalogue has no such model or the model no such weights.
 */
export function chooseModel(target: Target, catalog: Catalog, root: string): ChosenModel {
  const wish = own(target, 'model');
  if (wish === undefined) {
    const message = `environment ${target.environment} has no model`;
    const fix = 'set model: to an id of the catalogue, e.g. qwen3-32b';
    throw mistake(target, ['model'], message, fix);
  }
  const { value, from } = wish;
  const found = typeof value === 'string' ? lookUp(value, target, catalog, root) : { model: value };
  const { model } = found;
  const described = typeof value !== 'string' || value.endsWith('.json');
  const precision = choosePrecision(target, model, found.checkpoint);
  const replaced = described && catalog.ids('models').includes(model.id);
  return {
    model,
    checkpoint: precision.checkpoint,
    successors: model.successors.flatMap((id) => catalog.model(id) ?? []),
    settings: [
      { key: 'model', value: typeof value === 'string' ? value : model.id, from, ...inline(value) },
      precision.setting(from, model),
    ],
    notices: replaced ? [`model ${model.id} is described inline and replaces the catalogue's entry`] : [],
  };
}

function lookUp(id: string, target: Target, catalog: Catalog, root: string) {
  if (id.endsWith('.json')) return { model: modelOfConfig(id, target, root) };
  const found = catalog.findModel(id);
  if (found !== undefined) return found;
  const near = didYouMean(id.replace(/^.*\//, ''), catalog.ids('models'));
  const known = catalog.licenceOf(id) ?? catalog.licenceOf(stranger(id, catalog) ?? null);
  const terms = known?.licence.terms.map(({ clause }) => clause).join('; ') || known?.licence.unread;
  const licence = known === undefined ? '' : `; its licence is known, ${known.licence.id}: ${terms}`;
  const note = known?.note === undefined ? '' : `; it is ${known.note}`;
  throw mistake(target, ['model'], `no model ${shown(id)} in the catalogue${note}${licence}`, [
    ...(known?.scheme === undefined ? [] : [`scheme: ${known.scheme} runs it, apart from language models`]),
    ...(near === undefined ? [] : [near]),
    'berth list models shows what there is; or describe it inline or in profiles/models/<id>.yaml',
  ]);
}

/** A repository that is known by its licence only, under the short name that people use. */
function stranger(id: string, catalog: Catalog): string | undefined {
  const name = id.replace(/^.*\//, '');
  return catalog
    .ids('licences')
    .flatMap((licence) => catalog.licence(licence)?.repositories ?? [])
    .find((one) => one.scheme !== undefined && one.id.endsWith(`/${name}`))?.id;
}

function choosePrecision(target: Target, model: ModelProfile, named: Checkpoint | undefined) {
  const wish = own(target, 'precision');
  if (named !== undefined && wish !== undefined && wish.value !== named.precision) {
    const message = `precision ${wish.value} contradicts the repository in model, which is ${named.precision}`;
    throw mistake(target, ['precision'], message, `remove precision, or set model: ${model.id}`);
  }
  const checkpoint =
    named ??
    (wish ? model.checkpoints.find(({ precision }) => precision === wish.value) : model.checkpoints[0]);
  if (checkpoint === undefined) {
    const there = [...new Set(model.checkpoints.map(({ precision }) => precision))].join(', ');
    const message = `${model.id} has no published weights in ${wish?.value}, only in: ${there}`;
    throw mistake(target, ['precision'], message, `set precision: to one of: ${there}`);
  }
  const setting = (modelFrom: Setting['from'], { id }: ModelProfile): Setting => {
    const { precision } = checkpoint;
    if (wish !== undefined) return { key: 'precision', value: precision, from: wish.from };
    if (named !== undefined)
      return { key: 'precision', value: precision, from: modelFrom, detail: 'the repository in model' };
    return { key: 'precision', value: precision, from: 'catalogue', detail: `first of ${id}` };
  };
  return { checkpoint, setting };
}

function inline(value: unknown): { detail?: string } {
  if (typeof value !== 'string') return { detail: 'described inline' };
  return value.endsWith('.json') ? { detail: 'read from this file' } : {};
}

function mistake(target: Target, key: string[], message: string, fix: string | string[]): UserError {
  return new UserError(message, [{ place: target.placeOf(key), message, fix }]);
}
