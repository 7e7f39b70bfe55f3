import type { AcceleratorProfile } from '../../../src/catalog/accelerator.js';
import type { Catalog } from '../../../src/catalog/catalog.js';
import type { Checkpoint, ModelProfile } from '../../../src/catalog/model.js';
import { UserError } from '../../../src/error.js';
import { refuseUnmodelled } from '../../../src/sizing/refuse.js';
import { sizeOnce } from '../../../src/sizing/size-once.js';
import type { Verdict } from '../../../src/sizing/types.js';

export const COUNTS = [1, 2, 4, 8] as const;
/** As many as a team's server works on at once; the engine's default of 256 captures graphs that small cards have no room for. */
export const MAX_NUM_SEQS = 16;

/** What every entry of the catalogue says of every other; `verdicts` holds one list of counts for each accelerator. */
export interface Row {
  readonly model: ModelProfile;
  readonly checkpoint: Checkpoint;
  /** Verdicts for COUNTS by the accelerator's id; null where the model cannot be sized. */
  readonly verdicts: ReadonlyMap<string, readonly Verdict[]> | null;
  /** What is missing for a size. */
  readonly missing: readonly string[];
}

export function accelerators(catalog: Catalog): AcceleratorProfile[] {
  return catalog.ids('accelerators').flatMap((id) => catalog.accelerator(id) ?? []);
}

/** Every model in the weights that its entry names first, one request of the context that the entry suggests. */
export function sweep(catalog: Catalog): Row[] {
  const engine = catalog.engine(catalog.engineFamily.defaultVersion)?.table;
  if (engine === undefined) throw new Error('the default engine has no table');
  const cards = accelerators(catalog);
  return catalog.ids('models').map((id): Row => {
    const model = catalog.model(id);
    const checkpoint = model?.checkpoints[0];
    if (model === undefined || checkpoint === undefined) throw new Error(`${id} has no weights`);
    const on = (accelerator: AcceleratorProfile, gpus: number): Verdict => {
      const request = {
        model,
        checkpoint,
        accelerator,
        gpus,
        engine,
        maxModelLen: model.context.suggested,
        maxNumSeqs: MAX_NUM_SEQS,
      };
      refuseUnmodelled(request);
      return sizeOnce(request).verdict;
    };
    try {
      const verdicts = new Map(cards.map((card) => [card.id, COUNTS.map((count) => on(card, count))]));
      return { model, checkpoint, verdicts, missing: [] };
    } catch (error) {
      // Anything else is a crash, and fails the test.
      if (!(error instanceof UserError)) throw error;
      return { model, checkpoint, verdicts: null, missing: error.problems.map(({ message }) => message) };
    }
  });
}
