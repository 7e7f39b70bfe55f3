import type { AcceleratorProfile } from '../catalog/accelerator.js';
import {
  canBeMadeToFit,
  fewerRequests,
  greaterUtilization,
  longestContext,
  shorterInSmallerBudget,
  smallerUtilization,
  withoutGraphs,
} from './lesser-demand.js';
import { tensorParallelObstacle } from './parallel.js';
import { sizeMemory } from './size-once.js';
import type { NearestChoice, SizeRequest, Sizing } from './types.js';

export interface NearestOptions {
  /** Accelerators to offer instead of the asked one; read only where they are needed. @default none */
  readonly accelerators?: () => readonly AcceleratorProfile[];
  /** @default 4 */
  readonly limit?: number;
}

/** GPUs of one replica that are worth offering. */
const GPU_COUNTS = [1, 2, 4, 8, 16];
/** GPUs of one node, as servers are built. */
const USUAL_NODE = 8;

/** Changes that ask nothing new of anybody, nearest first. */
const LESSER_DEMANDS = [
  longestContext,
  smallerUtilization,
  shorterInSmallerBudget,
  greaterUtilization,
  fewerRequests,
  withoutGraphs,
];

/** One change of the request, before anybody knows whether it fits. */
interface Candidate {
  readonly request: SizeRequest;
  readonly change: string;
  readonly set: NearestChoice['set'];
}

/** A choice that fits, and the change beside which it shortens the context. */
interface Offer {
  readonly choice: NearestChoice;
  readonly shortens?: Candidate;
}

/**
 * Changes that make the request fit, nearest first; each is sized before it is offered. Changes of one thing come before
 * those that shorten the context as well. Where the context is what changes, the longest that fits barely stands apart.
 */
export function nearestChoices(
  request: SizeRequest,
  sizing: Sizing,
  options: NearestOptions,
): Pick<Sizing, 'nearest' | 'nearestBarely'> {
  const { accelerators = () => [], limit = 4 } = options;
  const lesser = LESSER_DEMANDS.map((find) => find(request, sizing));
  const other = [
    ...otherCacheTypes(request, sizing),
    ...oneOfEachWidth(otherPrecisions(request)),
    moreGpus(request),
    ...accelerators().map((accelerator) => otherAccelerator(request, accelerator)),
  ].filter((candidate) => candidate !== null);
  const single = [...lesser, ...other].filter((candidate) => candidate !== null).flatMap(offered);
  const both =
    single.length >= limit
      ? []
      : other
          .filter(({ change }) => !single.some(({ choice }) => choice.change.startsWith(change)))
          .flatMap(withShorterContext);
  const offers = [...single, ...both].slice(0, limit);
  const asked = sizing.verdict === 'no' ? [{ request, change: '', set: {} }] : [];
  return {
    nearest: offers.map(({ choice }) => choice),
    nearestBarely: [...asked, ...offers.flatMap(({ shortens }) => shortens ?? [])].flatMap(likelyContext),
  };
}

/** The longest context that is not refused, where that is more than what fits at the unfavourable end too. */
function likelyContext(candidate: Candidate): NearestChoice[] {
  const longest = longestContext(
    candidate.request,
    sizeMemory(candidate.request),
    (verdict) => verdict !== 'no',
  );
  if (longest === null) return [];
  const { request, change, set } = candidate.change === '' ? longest : joined(candidate, longest);
  const { verdict, kvCacheTokens, perGpu } = sizeMemory(request);
  return verdict === 'barely' ? [{ change, set, kvCacheTokens, weightsGib: perGpu.weightsGib }] : [];
}

/** The choice, if it fits at the unfavourable end; where only CUDA graphs are in the way, with a smaller budget. */
function offered({ request, change, set }: Candidate): Offer[] {
  const sizing = sizeMemory(request);
  if (!sizing.fits) {
    const smaller = smallerUtilization(request, sizing);
    return smaller === null ? [] : offered(joined({ request, change, set }, smaller));
  }
  const { kvCacheTokens, perGpu } = sizing;
  return [{ choice: { change, set, kvCacheTokens, weightsGib: perGpu.weightsGib } }];
}

/** The second change is made on top of the first. */
function joined(first: Candidate, second: Candidate): Candidate {
  return {
    request: second.request,
    change: `${first.change}, ${second.change}`,
    set: { ...first.set, ...second.set },
  };
}

function withShorterContext(candidate: Candidate): Offer[] {
  const sizing = sizeMemory(candidate.request);
  const shorter =
    longestContext(candidate.request, sizing) ?? shorterInSmallerBudget(candidate.request, sizing);
  if (shorter === null) return [];
  return offered(joined(candidate, shorter)).map((offer) => ({ ...offer, shortens: candidate }));
}

/** Where the card cannot run the cache's type: e5m2 where the engine has it, and the model's own 16 bit. */
function otherCacheTypes(request: SizeRequest, { blockers }: Sizing): Candidate[] {
  if (!blockers.some(({ id }) => id === 'fit/kv-cache-dtype')) return [];
  const types = ['fp8_e5m2', 'auto'].filter((type) => request.engine.kv_cache_dtypes.includes(type));
  return types.map((kvCacheDtype) => ({
    request: { ...request, kvCacheDtype },
    change: `--kv-cache-dtype ${kvCacheDtype}`,
    set: { kvCacheDtype },
  }));
}

/** One candidate for each other precision that is published. */
function otherPrecisions(request: SizeRequest): Candidate[] {
  const { checkpoints } = request.model;
  const others = checkpoints.filter(
    ({ precision }, at) =>
      precision !== request.checkpoint.precision &&
      checkpoints.findIndex((entry) => entry.precision === precision) === at,
  );
  return others.map((checkpoint) => ({
    request: { ...request, checkpoint },
    change: `precision: ${checkpoint.precision}`,
    set: { precision: checkpoint.precision },
  }));
}

const WIDE: readonly string[] = ['bf16', 'fp16', 'fp32'];
/** Eight-bit precisions; those with fewer bits are alike in what they leave. */
const EIGHT_BIT: readonly string[] = ['fp8', 'int8', 'gptq-int8'];

/** The first of each width that can be made to fit: five ways to say 4 bit would leave no room for other choices. */
function oneOfEachWidth(candidates: readonly Candidate[]): Candidate[] {
  const width = ({ set }: Candidate) =>
    EIGHT_BIT.includes(String(set.precision)) ? 8 : WIDE.includes(String(set.precision)) ? 16 : 4;
  const fitting = candidates.filter(
    (candidate) => offered(candidate).length > 0 || withShorterContext(candidate).length > 0,
  );
  return fitting.filter((one, at) => fitting.findIndex((other) => width(other) === width(one)) === at);
}

/** The next number of GPUs on which at least the weights leave room. */
function moreGpus(request: SizeRequest): Candidate | null {
  return withGpus(request, {}, (gpus) => gpus > request.gpus);
}

/** As many of another accelerator as asked for, else the next number that leaves room, else fewer. */
function otherAccelerator(request: SizeRequest, accelerator: AcceleratorProfile): Candidate | null {
  if (accelerator.id === request.accelerator.id) return null;
  const there = { ...request, accelerator, acceleratorMemoryGib: undefined };
  const set = { accelerator: accelerator.id };
  return (
    withGpus(there, set, (gpus) => gpus >= request.gpus) ??
    withGpus(there, set, (gpus) => gpus < request.gpus)
  );
}

function withGpus(
  request: SizeRequest,
  set: NearestChoice['set'],
  allowed: (gpus: number) => boolean,
): Candidate | null {
  const { model, checkpoint, accelerator, gpusPerNode, enableExpertParallel = false } = request;
  for (const gpus of GPU_COUNTS.filter(allowed)) {
    const perNode = Math.min(gpus, Math.max(gpusPerNode ?? 0, USUAL_NODE));
    if (tensorParallelObstacle(model.architecture, checkpoint, perNode, enableExpertParallel) !== null)
      continue;
    const sizes = {
      gpus,
      gpusPerNode: perNode,
      tensorParallelSize: undefined,
      pipelineParallelSize: undefined,
    };
    const candidate = {
      request: { ...request, ...sizes },
      change: `${gpus} × ${accelerator.id}`,
      set: { ...set, gpus },
    };
    if (canBeMadeToFit(candidate.request)) return candidate;
  }
  return null;
}
