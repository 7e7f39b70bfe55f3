import type { Obstacle } from './capability.js';
import type { Estimate } from './estimate.js';
import { GIB, round2 } from './gib.js';
import type { KvCache } from './kv-capacity.js';
import type { Overhead } from './overhead.js';
import type { SizedSettings, Verdict } from './types.js';

export interface Evidence {
  readonly settings: SizedSettings;
  readonly totalGib: number;
  readonly budgetGib: number;
  readonly weightsGib: number;
  readonly kvCacheGib: Estimate;
  readonly overhead: Overhead;
  readonly cache: KvCache;
  readonly concurrency: number;
  /** Reasons that no amount of memory removes. */
  readonly obstacles: readonly Obstacle[];
}

export interface Judgement {
  readonly verdict: Verdict;
  readonly missingGib: number;
  readonly missingGibRange: readonly [likely: number, unfavourable: number];
  readonly blockers: readonly Obstacle[];
}

/** Fits at the unfavourable end, barely at the likely overhead only, or not; with the reason in numbers. */
export function judge(evidence: Evidence): Judgement {
  const { kvCacheGib, overhead, cache, concurrency, obstacles, totalGib, budgetGib } = evidence;
  const neededGib = (cache.bytesPerRequest * concurrency) / GIB;
  const freeGib = totalGib - budgetGib;
  const lacks = (kvGib: number, outsideGib: number) =>
    Math.max(0, neededGib - kvGib, outsideGib - freeGib, kvGib > 0 ? 0 : -kvGib + MINIMUM_CACHE_GIB);
  const likely = lacks(kvCacheGib.likely, overhead.outsideBudget.likely);
  const unfavourable = lacks(kvCacheGib.low, overhead.outsideBudget.high);
  const verdict = obstacles.length > 0 || likely > 0 ? 'no' : unfavourable > 0 ? 'barely' : 'fits';
  const missing = likely > 0 ? likely : unfavourable;
  return {
    verdict,
    missingGib: roundedUp(missing),
    missingGibRange: [roundedUp(likely), roundedUp(unfavourable)],
    blockers: missing > 0 ? [...obstacles, ...memoryBlockers(evidence, neededGib, verdict)] : obstacles,
  };
}

function roundedUp(gib: number): number {
  return Math.ceil(gib * 100) / 100;
}

/** One block of the cache must be there at all. */
const MINIMUM_CACHE_GIB = 0.01;

function memoryBlockers(evidence: Evidence, neededGib: number, verdict: Verdict): Obstacle[] {
  const { weightsGib, budgetGib, totalGib, kvCacheGib, overhead, concurrency, settings } = evidence;
  const end = verdict === 'barely' ? 'at the unfavourable overhead ' : '';
  const kv = verdict === 'barely' ? kvCacheGib.low : kvCacheGib.likely;
  const outside = verdict === 'barely' ? overhead.outsideBudget.high : overhead.outsideBudget.likely;
  const free = totalGib - budgetGib;
  const found: Obstacle[] = [];
  if (kv <= 0) {
    found.push({
      id: 'fit/weights',
      message: `weights take ${round2(weightsGib)} GiB, ${end}${round2(weightsGib + kv)} GiB of ${round2(budgetGib)} GiB are left for them`,
    });
  } else if (kv < neededGib) {
    found.push({
      id: 'fit/kv-cache',
      message: `${concurrency} × ${settings.maxModelLen} tokens take ${round2(neededGib)} GiB of cache, ${end}${round2(kv)} GiB are left`,
    });
  }
  if (outside > free) {
    found.push({
      id: 'fit/cuda-graphs',
      message: `CUDA graphs and start-up take ${round2(outside)} GiB beside the budget, ${end}${round2(free)} GiB are free: lower gpuMemoryUtilization`,
    });
  }
  return found;
}
