import type { ModelProfile } from '../../catalog/model.js';
import { parametersFromDimensions } from '../../sizing/tensors.js';

export interface Accounted {
  readonly model: ModelProfile;
  /** Parameters that the dimensions give; null where they do not describe the layers. */
  readonly computed: number | null;
}

/** Dimensions and weight files should agree as well as in the catalogue. */
const TOLERANCE = 0.01;

/** Holds the dimensions against the total of the weight files, and says in the entry what is beside them. */
export function accountFor(model: ModelProfile): Accounted {
  const { architecture, parameters } = model;
  if (!architecture.weightsModelled) return { model, computed: null };
  const computed = parametersFromDimensions(architecture);
  const { total } = parameters;
  if (total === null || Math.abs(computed / total - 1) <= TOLERANCE) return { model, computed };
  if (computed < total && model.modalities.length > 0) {
    const what = 'vision tower and what else the dimensions do not describe (total minus the rest)';
    const beside = [...parameters.beside, { what, count: total - computed, loaded: true }];
    return { model: { ...model, parameters: { ...parameters, beside } }, computed };
  }
  const share = ((computed / total - 1) * 100).toFixed(1);
  const note = `weights: the dimensions give ${computed}, ${share} % away from the files; the files count`;
  const doubt = 'why dimensions and weight files disagree: a size may be as far off';
  return {
    model: { ...model, notes: [...model.notes, note], notVerified: [...model.notVerified, doubt] },
    computed,
  };
}
