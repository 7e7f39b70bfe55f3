import { acceleratorMemory } from './accelerator-memory.js';
import { cacheTypeObstacle, precisionNote, precisionObstacle } from './capability.js';
import { isV1Engine } from './engine-version.js';
import { type Estimate, plus } from './estimate.js';
import { GIB, round2 } from './gib.js';
import { hostNeeds } from './host.js';
import { kvCacheOf } from './kv-capacity.js';
import { type Overhead, overheadOf } from './overhead.js';
import { OVERHEADS, type OverheadConstants } from './overhead-constants.js';
import { rangeNote } from './range-note.js';
import { fillSettings } from './settings.js';
import { throughputOf } from './throughput/throughput.js';
import type { SizeRequest, Sizing } from './types.js';
import { judge } from './verdict.js';
import { loraBytesOfRank, weightBytesOfRank } from './weights.js';

/** The memory alone: what the search for a nearest choice asks for, hundreds of times. */
export function sizeMemory(request: SizeRequest): Sizing {
  return sized(request, OVERHEADS, false);
}

/**
 * Sizes the request as it stands, without looking for choices that fit better.
 * @param overheads Measured constants; others only to test how well they carry over.
 */
export function sizeOnce(request: SizeRequest, overheads: readonly OverheadConstants[] = OVERHEADS): Sizing {
  return sized(request, overheads, true);
}

function sized(request: SizeRequest, overheads: readonly OverheadConstants[], withSpeed: boolean): Sizing {
  const { model, checkpoint, accelerator, engine, gpus } = request;
  const memory = acceleratorMemory(accelerator, request.acceleratorMemoryGib);
  const { settings, parallel, defaults } = fillSettings(request, memory);
  const shape = settings;
  const common = {
    ...settings,
    model,
    precision: checkpoint.precision,
    engineVersion: engine.version,
    computeCapability: accelerator.computeCapability,
  };
  const weights =
    weightBytesOfRank(model, checkpoint, shape) +
    loraBytesOfRank(model, shape, request.maxLoras ?? 0, request.maxLoraRank ?? 16);
  const overhead = overheadOf({
    ...common,
    engine,
    v1: isV1Engine(engine.version, accelerator.computeCapability),
    linked: accelerator.interconnect.fast,
    compileCache: request.compileCache,
    flashInferSampler: request.flashInferSampler,
    maxLoras: request.maxLoras,
    maxLoraRank: request.maxLoraRank,
    overheads,
  });
  const cache = kvCacheOf({ ...common, architecture: model.architecture }, common);
  const totalGib = memory.gib;
  const budgetGib = totalGib * settings.gpuMemoryUtilization;
  const weightsGib = weights / GIB;
  const kvCacheGib = kvCacheRange(budgetGib - weightsGib, overhead);
  const capacity = cache.capacity(kvCacheGib.likely * GIB);
  const judged = judge({
    settings,
    totalGib,
    budgetGib,
    weightsGib,
    kvCacheGib,
    overhead,
    cache,
    concurrency: isLoad(request) ? 1 : (request.concurrency ?? 1),
    obstacles: [
      ...(parallel.blocker === null ? [] : [{ id: 'fit/parallel', message: parallel.blocker }]),
      precisionObstacle(accelerator, checkpoint),
      cacheTypeObstacle(accelerator, settings.kvCacheDtype),
    ].filter((obstacle) => obstacle !== null),
  });
  // Where the usual settings leave no cache, the speed is that of an engine that was given all the memory.
  const most = totalGib - weightsGib - overhead.nonTorch.likely - LEAST_FREE_GIB;
  const speed = withSpeed
    ? throughputOf({
        request,
        settings,
        cacheGib: [kvCacheGib.likely, kvCacheGib.high, most],
        held: (tokens, cacheGib) =>
          kvCacheOf(
            { ...common, architecture: model.architecture },
            { ...common, maxModelLen: tokens },
          ).capacity(cacheGib * GIB).concurrency,
      })
    : NO_SPEED;
  const notes = [memory.assumption, parallel.note, precisionNote(accelerator, checkpoint)].filter(
    (note) => note !== null,
  );
  return {
    fits: judged.verdict === 'fits',
    verdict: judged.verdict,
    settings,
    perGpu: {
      totalGib: round2(totalGib),
      budgetGib: round2(budgetGib),
      weightsGib: round2(weightsGib),
      activationGib: round2(overhead.activation.likely),
      nonTorchGib: round2(overhead.nonTorch.likely),
      cudaGraphGib: round2(overhead.cudaGraphs.likely),
      kvCacheGib: round2(Math.max(0, kvCacheGib.likely)),
    },
    kvBytesPerTokenPerGpu: Math.round(cache.bytesPerToken),
    stateBytesPerSequencePerGpu: Math.round(cache.stateBytesPerSequence),
    kvCacheTokens: capacity.tokens,
    maxConcurrency: round2(cache.bytesPerRequest === 0 ? settings.maxNumSeqs : capacity.concurrency),
    graphsInsideBudget: overhead.graphsInsideBudget,
    kvCacheGibRange: [round2(Math.max(0, kvCacheGib.low)), round2(Math.max(0, kvCacheGib.high))],
    missingGib: judged.missingGib,
    missingGibRange: judged.missingGibRange,
    blockers: judged.blockers,
    nearest: [],
    nearestBarely: [],
    host: hostNeeds(model, checkpoint, settings, request.gpusPerNode ?? gpus, request.readGibPerSecond),
    throughput: speed.throughput,
    assumptions: [...notes, ...defaults, rangeNote(engine.version, overhead), ...speed.notes],
  };
}

/** Of an accelerator, beside weights, buffers and cache: activation of small batches and the card's context. */
const LEAST_FREE_GIB = 1.5;

const NO_SPEED = { throughput: null, notes: [] };

/** With lengths, requests in flight are a load that may wait; without, they must fit. */
function isLoad({ inputTokens, outputTokens }: SizeRequest): boolean {
  return inputTokens !== undefined || outputTokens !== undefined;
}

/** What is left for the cache: least where the overhead is highest. */
function kvCacheRange(
  leftGib: number,
  { activation, nonTorch, cudaGraphs, graphsInsideBudget }: Overhead,
): Estimate {
  const spent = graphsInsideBudget ? plus(activation, nonTorch, cudaGraphs) : plus(activation, nonTorch);
  return { low: leftGib - spent.high, likely: leftGib - spent.likely, high: leftGib - spent.low };
}
