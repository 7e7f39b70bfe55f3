import type { ModelProfile } from '../catalog/model.js';
import { UserError } from '../error.js';
import type { Serving } from '../selection/resolved.js';
import { judgeModel } from '../sizing/size-model.js';
import type { AlternativePlan } from './plan.js';

/** What each successor would take on the same accelerators, and which of them nobody can size. */
export interface Alternatives {
  readonly alternatives: readonly AlternativePlan[];
  readonly notes: readonly string[];
}

/** Sizes every successor in the same precision where it is published. */
export function alternatives(serving: Serving): Alternatives {
  const found: AlternativePlan[] = [];
  const notes: string[] = [];
  for (const model of serving.successors) {
    try {
      found.push(alternative(model, serving));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const missing = error.problems.map(({ message }) => message).join('; ');
      notes.push(`the successor ${model.id} is left out of the comparison: ${missing}`);
    }
  }
  return { alternatives: found, notes };
}

function alternative(model: ModelProfile, serving: Serving): AlternativePlan {
  const checkpoint =
    model.checkpoints.find(({ precision }) => precision === serving.checkpoint.precision) ??
    model.checkpoints.find(
      ({ precision }) => isFourBit(precision) && isFourBit(serving.checkpoint.precision),
    ) ??
    model.checkpoints[0];
  if (checkpoint === undefined) throw new Error(`model ${model.id} has no checkpoint`);
  const context = Math.min(serving.sizing.context, model.context.max);
  const sizing = judgeModel({
    model,
    checkpoint,
    accelerator: serving.accelerator,
    engine: serving.engine,
    gpus: serving.sizing.gpusPerReplica,
    compileCache: 'cold',
    maxModelLen: context,
    maxNumSeqs: serving.sizing.concurrency,
  });
  return {
    model: model.id,
    name: model.name,
    precision: checkpoint.precision,
    licence: model.licence,
    verdict: sizing.verdict,
    weightsGibPerGpu: sizing.perGpu.weightsGib,
    kvCacheTokens: sizing.kvCacheTokens,
    kvBytesPerTokenPerGpu: sizing.kvBytesPerTokenPerGpu,
    context,
  };
}

function isFourBit(precision: string): boolean {
  return ['awq', 'gptq', 'w4a16', 'int4'].includes(precision);
}
