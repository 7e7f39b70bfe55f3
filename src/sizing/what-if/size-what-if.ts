import type { AcceleratorProfile } from '../../catalog/accelerator.js';
import type { Catalog } from '../../catalog/catalog.js';
import { doubts } from '../../catalog/doubts.js';
import type { ModelProfile } from '../../catalog/model.js';
import { type Problem, UserError } from '../../error.js';
import { collector } from '../../selection/collect.js';
import { sizeModel } from '../size-model.js';
import type { SizeRequest, Sizing } from '../types.js';
import { findAccelerator } from './find-accelerator.js';
import { findEngine } from './find-engine.js';
import { findModel, namedPrecision, withPrecision } from './find-model.js';
import { readWhatIf } from './read-what-if.js';
import type { WhatIf } from './what-if.js';

export interface WhatIfRequest {
  readonly request: SizeRequest;
  /** What was taken for granted before anything was sized. */
  readonly assumptions: readonly string[];
}

/** What the caller has read already, from files: profiles, and what was wrong with them. */
export interface Described {
  readonly model?: ModelProfile;
  readonly accelerator?: AcceleratorProfile;
  readonly problems?: readonly Problem[];
  /** Keys that these problems stand for: they are not missed once more. @default none */
  readonly unread?: readonly (keyof WhatIf)[];
}

/**
 * The request that a what-if stands for.
 * @param keys Its keys, as yet unchecked.
 * @throws UserError with every problem: of its keys, its precision, its model, its accelerator and its engine.
 */
export function resolveWhatIf(
  keys: WhatIf | Readonly<Record<string, unknown>>,
  catalog: Catalog,
  today: string,
  described: Described = {},
): WhatIfRequest {
  const { asked, problems, invalid } = readWhatIf(keys);
  const unread: readonly string[] = [...invalid, ...(described.unread ?? [])];
  const found = collector();
  found.add([...(described.problems ?? []), ...problems]);
  // What depends on a key that could not be read is not looked up: it would be missed where it stands.
  const lookUp = <T>(needs: readonly (keyof WhatIf)[], step: () => T): T | undefined =>
    needs.some((key) => unread.includes(key)) ? undefined : found.attempt(step);
  const precision = found.attempt(() => namedPrecision(asked.precision));
  const model = lookUp(['model', 'config', 'checkpoint'], () =>
    described.model === undefined
      ? findModel({ ...asked, precision }, catalog, today)
      : withPrecision(described.model, undefined, precision),
  );
  const accelerator = lookUp(['accelerator', 'acceleratorMemoryGib'], () =>
    described.accelerator === undefined
      ? findAccelerator(asked.accelerator, catalog, today, asked.acceleratorMemoryGib)
      : { accelerator: described.accelerator, assumptions: [] },
  );
  const engine = lookUp(['engine'], () => findEngine(asked.engine, catalog));
  if (found.problems.length > 0 || !model || !accelerator || !engine) {
    throw new UserError('nothing was sized', found.problems);
  }
  const gpus = asked.gpus ?? (asked.tensorParallelSize ?? 1) * (asked.pipelineParallelSize ?? 1);
  return {
    request: {
      ...settingsOf(asked),
      model: model.model,
      checkpoint: model.checkpoint,
      accelerator: accelerator.accelerator,
      engine: engine.engine,
      serving: engine.serving,
      gpus,
    },
    assumptions: [
      ...model.assumptions,
      ...accelerator.assumptions,
      ...engine.assumptions,
      ...(asked.gpus === undefined ? [`gpus ${gpus}: as the parallel sizes say`] : []),
    ],
  };
}

/** The keys that are neither looked up nor counted: a request takes them as they are, but for two spellings. */
function settingsOf(asked: WhatIf) {
  const {
    id: _id,
    model: _model,
    config: _config,
    checkpoint: _checkpoint,
    precision: _precision,
    accelerator: _accelerator,
    gpus: _gpus,
    engine: _engine,
    expertParallel,
    kvCacheDtype,
    ...settings
  } = asked;
  return {
    ...settings,
    kvCacheDtype: kvCacheDtype?.toLowerCase(),
    enableExpertParallel:
      expertParallel === undefined ? undefined : Number(expertParallel) > (expertParallel === true ? 0 : 1),
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
