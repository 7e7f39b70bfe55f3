import type { Checkpoint, ModelProfile } from '../../catalog/model.js';
import { UserError } from '../../error.js';
import type { Use } from '../../licence/use.js';
import { licensing } from '../../licence/verdict.js';
import type { Serving } from '../../selection/resolved.js';
import { judgeModel } from '../../sizing/size-model.js';
import { parametersFromDimensions } from '../../sizing/tensors.js';
import { knowsArchitecture } from './engine.js';

/** How many models are sized before the search gives up: sizing takes milliseconds, and far ones help nobody. */
const TRIED = 24;

/** The model nearest in size that this use is simply allowed to take and that fits the same accelerators, as a remedy. */
export function nearestFree(serving: Serving, use: Use): string {
  const size = parametersOf(serving.model);
  const candidates = serving
    .otherModels()
    .filter(
      ({ model }) =>
        model.task === serving.model.task && knowsArchitecture(serving.engine, model.architecture.class),
    )
    .filter(({ heldUnder }) => licensing(heldUnder, use, false).verdict === 'allowed')
    .map(({ model }) => ({ model, distance: Math.abs(Math.log(parametersOf(model) / size)) }))
    .sort((a, b) => a.distance - b.distance || (a.model.id < b.model.id ? -1 : 1))
    .slice(0, TRIED);
  for (const { model } of candidates) {
    const checkpoint = fitting(model, serving);
    if (checkpoint === undefined) continue;
    const { maxModelLen } = contextOf(model, serving);
    const shorter = maxModelLen < serving.sizing.context ? `, with a context of ${maxModelLen}` : '';
    return `model: ${model.id} (${model.licence}) is the nearest free model that fits here, in ${checkpoint.precision}${shorter}`;
  }
  const accelerators = `${serving.sizing.gpusPerReplica} × ${serving.accelerator.id}`;
  return `no free model near this size fits ${accelerators}: \`berth list models\` shows them all`;
}

function parametersOf(model: ModelProfile): number {
  return model.parameters.total ?? parametersFromDimensions(model.architecture);
}

/** The first weights that fit: those of the planned precision, then as the maker lists them. */
function fitting(model: ModelProfile, serving: Serving): Checkpoint | undefined {
  const planned = serving.checkpoint.precision;
  const [same, others] = [true, false].map((wanted) =>
    model.checkpoints.filter((one) => (one.precision === planned) === wanted && !one.notVerified),
  );
  return [...(same ?? []), ...(others ?? [])].find((checkpoint) => fits(model, checkpoint, serving));
}

/** What cannot be sized, because the catalogue lacks a dimension, is not offered. */
function fits(model: ModelProfile, checkpoint: Checkpoint, serving: Serving): boolean {
  try {
    const { verdict } = judgeModel({
      model,
      checkpoint,
      accelerator: serving.accelerator,
      engine: serving.engine,
      gpus: serving.sizing.gpusPerReplica,
      maxNumSeqs: serving.sizing.concurrency,
      ...contextOf(model, serving),
    });
    return verdict === 'fits';
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

function contextOf(model: ModelProfile, { sizing }: Serving) {
  return { maxModelLen: Math.min(sizing.context, model.context.max) };
}
