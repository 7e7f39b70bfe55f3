import { UserError } from '../error.js';
import { isV1Engine } from './engine-version.js';
import type { SizeRequest } from './types.js';

/** Refuses what the dimensions or the measurements do not give, naming what is missing. */
export function refuseUnmodelled({ model, engine, accelerator }: SizeRequest): void {
  const missing = missingFacts(model);
  const { architecture } = model;
  if (architecture.class.startsWith('Mllama') && !isV1Engine(engine.version, accelerator.computeCapability)) {
    missing.push(
      `what vLLM ${engine.version} takes for dummy images while it profiles ${architecture.class}`,
    );
  }
  if (missing.length === 0) return;
  throw new UserError(
    `${model.id} cannot be sized`,
    missing.map((what) => ({ id: 'size/unmodelled', message: `missing: ${what}` })),
  );
}

function missingFacts({ architecture, parameters }: SizeRequest['model']): string[] {
  const missing: string[] = [];
  if (!architecture.kvCacheModelled) {
    missing.push(`how ${architecture.class} caches keys and values (architecture.kvCacheModelled is false)`);
  }
  const unknownState = architecture.layerGroups?.some(
    (group) => group.cache === 'state' && group.bytesPerSequence === null,
  );
  if (unknownState) {
    missing.push('bytes of recurrent state per sequence (architecture.layerGroups[].bytesPerSequence)');
  }
  if (architecture.vocabSize === null) missing.push('the size of the vocabulary (architecture.vocabSize)');
  if (!architecture.weightsModelled && parameters.total === null) {
    missing.push('all its parameters (parameters.total): its layers have several shapes');
  }
  if (architecture.intermediateSize === null && !architecture.moe && parameters.total === null) {
    missing.push('architecture.intermediateSize or parameters.total');
  }
  return missing;
}
