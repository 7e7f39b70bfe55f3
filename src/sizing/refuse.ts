import type { ModelProfile } from '../catalog/model.js';
import { UserError } from '../error.js';

/** Refuses a model whose cache or weights the dimensions do not give, naming what is missing. */
export function refuseUnmodelled(model: ModelProfile): void {
  const { architecture } = model;
  const missing: string[] = [];
  if (!architecture.kvCacheModelled) {
    missing.push(`how ${architecture.class} caches keys and values (architecture.kvCacheModelled is false)`);
  }
  for (const group of architecture.layerGroups ?? []) {
    if (group.cache === 'state' && group.bytesPerSequence === null) {
      missing.push('bytes of recurrent state per sequence (architecture.layerGroups[].bytesPerSequence)');
    }
  }
  if (architecture.vocabSize === null) missing.push('the size of the vocabulary (architecture.vocabSize)');
  if (!architecture.weightsModelled && model.parameters.total === null) {
    missing.push('all its parameters (parameters.total): its layers have several shapes');
  }
  if (architecture.intermediateSize === null && !architecture.moe && model.parameters.total === null) {
    missing.push('architecture.intermediateSize or parameters.total');
  }
  if (missing.length === 0) return;
  throw new UserError(
    `${model.id} cannot be sized`,
    missing.map((what) => ({ id: 'size/unmodelled', message: `missing: ${what}` })),
  );
}
