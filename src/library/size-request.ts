import { type Catalog, openCatalog } from '../catalog/catalog.js';
import { didYouMean } from '../catalog/nearest.js';
import { type Problem, UserError } from '../error.js';
import type { SizeRequest } from '../sizing/types.js';

/** What is to be sized, by the catalogue's ids. */
export interface SizeIds extends Omit<SizeRequest, 'model' | 'checkpoint' | 'accelerator' | 'engine'> {
  /** Id of the catalogue, e.g. `qwen3-32b`, or a Hugging Face repository that it knows. */
  readonly model: string;

  /**
   * Number format of the weights.
   *
   * @default - the repository's, else the first of the model's entry
   */
  readonly precision?: string;

  /** Id of the catalogue, e.g. `h100-sxm`. */
  readonly accelerator: string;

  /**
   * Version of vLLM.
   *
   * @default - the catalogue's
   */
  readonly engine?: string;
}

/**
 * Looks up what `sizeModel` takes.
 *
 * @param catalog @default - the catalogue of this package
 * @throws UserError naming every id that is unknown, with the likely one.
 */
export function sizeRequest(ids: SizeIds, catalog: Catalog = openCatalog()): SizeRequest {
  const { model: modelId, precision, accelerator: acceleratorId, engine: version, ...settings } = ids;
  const found = catalog.findModel(modelId);
  const checkpoint =
    found?.checkpoint?.precision === precision || precision === undefined
      ? (found?.checkpoint ?? found?.model.checkpoints[0])
      : found?.model.checkpoints.find((one) => one.precision === precision);
  const accelerator = catalog.accelerator(acceleratorId);
  const wanted = version ?? catalog.engineFamily.defaultVersion;
  const engine = catalog.engine(wanted)?.table;
  if (found && checkpoint && accelerator && engine)
    return { ...settings, model: found.model, checkpoint, accelerator, engine };

  const problems: Problem[] = [];
  const unknown = (what: string, id: string, known: readonly string[]) =>
    problems.push({ message: `no ${what} '${id}' in the catalogue`, fix: didYouMean(id, known) });
  if (!found) unknown('model', modelId, catalog.ids('models'));
  else if (!checkpoint) {
    const known = found.model.checkpoints.map((one) => one.precision);
    unknown(`${modelId} in precision`, String(precision), known);
  }
  if (!accelerator) unknown('accelerator', acceleratorId, catalog.ids('accelerators'));
  if (!engine) unknown('engine version', wanted, catalog.engineVersions());
  throw new UserError('nothing was sized', problems);
}
