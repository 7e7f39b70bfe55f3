import { type Problem, UserError } from '../error.js';
import { isV1Engine } from './engine-version.js';
import { chooseParallelSizes } from './parallel.js';
import type { SizeRequest } from './types.js';

const OTHER_MODEL = 'or take another model: berth list models';

/** Refuses what the dimensions or the measurements do not give, naming what is missing. */
export function refuseUnmodelled(request: SizeRequest): void {
  const { model, engine, accelerator } = request;
  const missing = missingFacts(model);
  const { architecture } = model;
  if (architecture.class.startsWith('Mllama') && !isV1Engine(engine.version, accelerator.computeCapability)) {
    missing.push(
      `what vLLM ${engine.version} takes for dummy images while it profiles ${architecture.class}`,
    );
  }
  if (missing.length === 0) return;
  throw new UserError(`${model.id} cannot be sized`, [
    ...parallelProblem(request),
    ...missing.map((what) => ({
      id: 'size/unmodelled',
      message: `missing: ${what}`,
      fix: [`state it in profiles/models/${model.id}.yaml of the project, where you know it`, OTHER_MODEL],
    })),
  ]);
}

/** What heads and blocks forbid is known even where the memory is not. */
function parallelProblem({ model, checkpoint, ...request }: SizeRequest): Problem[] {
  const { enableExpertParallel = false } = request;
  const { blocker } = chooseParallelSizes(model, checkpoint, { ...request, enableExpertParallel });
  return blocker === null ? [] : [{ id: 'fit/parallel', message: blocker }];
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
