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
import type { SizeRequest, Sizing } from './types.js';
import { judge } from './verdict.js';
import { loraBytesOfRank, weightBytesOfRank } from './weights.js';

/**
 * Sizes the request as it stands, without looking for choices that fit better.
 * @param overheads Measured constants; others only to test how well they carry over.
 */
export function sizeOnce(request: SizeRequest, overheads: readonly OverheadConstants[] = OVERHEADS): Sizing {
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
    concurrency: request.concurrency ?? 1,
    obstacles: [
      ...(parallel.blocker === null ? [] : [{ id: 'fit/parallel', message: parallel.blocker }]),
      precisionObstacle(accelerator, checkpoint),
      cacheTypeObstacle(accelerator, settings.kvCacheDtype),
    ].filter((obstacle) => obstacle !== null),
  });
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
    kvCacheGibRange: [round2(Math.max(0, kvCacheGib.low)), round2(Math.max(0, kvCacheGib.high))],
    missingGib: judged.missingGib,
    blockers: judged.blockers,
    nearest: [],
    host: hostNeeds(model, checkpoint, settings, request.gpusPerNode ?? gpus, request.readGibPerSecond),
    throughput: null,
    assumptions: [...notes, ...defaults, rangeNote(engine.version, overhead), 'throughput is not estimated'],
  };
}

/** What is left for the cache: least where the overhead is highest. */
function kvCacheRange(
  leftGib: number,
  { activation, nonTorch, cudaGraphs, graphsInsideBudget }: Overhead,
): Estimate {
  const spent = graphsInsideBudget ? plus(activation, nonTorch, cudaGraphs) : plus(activation, nonTorch);
  return { low: leftGib - spent.high, likely: leftGib - spent.likely, high: leftGib - spent.low };
}
