import type { AcceleratorProfile } from '../../catalog/accelerator.js';
import type { Catalog } from '../../catalog/catalog.js';
import { doubts } from '../../catalog/doubts.js';
import type { ModelProfile } from '../../catalog/model.js';
import { sizeModel } from '../size-model.js';
import type { SizeRequest, Sizing } from '../types.js';
import { findAccelerator } from './find-accelerator.js';
import { findEngine } from './find-engine.js';
import { findModel, namedPrecision, withPrecision } from './find-model.js';
import type { WhatIf } from './what-if.js';

export interface WhatIfRequest {
  readonly request: SizeRequest;
  /** What was taken for granted before anything was sized. */
  readonly assumptions: readonly string[];
}

/** Profiles that the caller has read already: from a file with its neighbours. */
export interface Described {
  readonly model?: ModelProfile;
  readonly accelerator?: AcceleratorProfile;
}

/**
 * The request that a what-if stands for.
 * @throws UserError where model, accelerator or engine cannot be found.
 */
export function resolveWhatIf(
  asked: WhatIf,
  catalog: Catalog,
  today: string,
  described: Described = {},
): WhatIfRequest {
  const model =
    described.model === undefined
      ? findModel(asked, catalog, today)
      : withPrecision(described.model, undefined, namedPrecision(asked.precision));
  const accelerator =
    described.accelerator === undefined
      ? findAccelerator(asked.accelerator, catalog, today, asked.acceleratorMemoryGib)
      : { accelerator: described.accelerator, assumptions: [] };
  const engine = findEngine(asked.engine, catalog);
  const { expertParallel, gpus } = asked;
  const stages = asked.pipelineParallelSize ?? 1;
  const stated = gpus ?? (asked.tensorParallelSize ?? 1) * stages;
  return {
    request: {
      ...settingsOf(asked),
      model: model.model,
      checkpoint: model.checkpoint,
      accelerator: accelerator.accelerator,
      engine: engine.engine,
      serving: engine.serving,
      gpus: stated,
      enableExpertParallel:
        expertParallel === undefined ? undefined : Number(expertParallel) > (expertParallel === true ? 0 : 1),
    },
    assumptions: [
      ...model.assumptions,
      ...accelerator.assumptions,
      ...engine.assumptions,
      ...(gpus === undefined ? [`gpus ${stated}: as the parallel sizes say`] : []),
    ],
  };
}

/** The settings that a request takes as they are. */
function settingsOf(asked: WhatIf) {
  const {
    acceleratorMemoryGib,
    gpusPerNode,
    tensorParallelSize,
    pipelineParallelSize,
    gpuMemoryUtilization,
    maxModelLen,
    maxNumSeqs,
    maxNumBatchedTokens,
    enforceEager,
    compileCache,
    blockSize,
    kvCacheDtype,
    concurrency,
    inputTokens,
    outputTokens,
    prefixCacheHitRate,
    measured,
  } = asked;
  return {
    acceleratorMemoryGib,
    gpusPerNode,
    tensorParallelSize,
    pipelineParallelSize,
    gpuMemoryUtilization,
    maxModelLen,
    maxNumSeqs,
    maxNumBatchedTokens,
    enforceEager,
    compileCache,
    blockSize,
    kvCacheDtype: kvCacheDtype?.toLowerCase(),
    concurrency,
    inputTokens,
    outputTokens,
    prefixCacheHitRate,
    measured,
  };
}

/** Accelerators that are offered where the asked one is too small, from small to large. */
const OFFERED = ['l40s', 'a100-80-sxm', 'h100-sxm', 'h200', 'mi300x', 'b200'];

/** A what-if, sized. @throws UserError where it cannot be. */
export function sizeWhatIf({ request, assumptions }: WhatIfRequest, catalog: Catalog): Sizing {
  const memory = request.acceleratorMemoryGib ?? request.accelerator.memory.runtimeGib ?? 0;
  const offered = () =>
    OFFERED.flatMap((id) => catalog.accelerator(id) ?? []).filter(
      ({ memory: own }) => (own.runtimeGib ?? 0) > memory,
    );
  const sized = sizeModel(request, { accelerators: offered });
  return inContractOrder({
    ...sized,
    assumptions: [...assumptions, ...sized.assumptions, ...doubts(request.model, request.accelerator)],
  });
}

/** The keys that accuracy is measured by come first. */
function inContractOrder(sizing: Sizing): Sizing {
  const { fits, verdict, perGpu, kvCacheTokens, maxConcurrency, throughput, assumptions, ...rest } = sizing;
  return { fits, verdict, perGpu, kvCacheTokens, maxConcurrency, throughput, assumptions, ...rest };
}
