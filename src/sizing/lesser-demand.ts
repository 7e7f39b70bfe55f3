import { sizeMemory } from './size-once.js';
import type { NearestChoice, SizeRequest, Sizing, Verdict } from './types.js';

/** A request that asks for less, or for more of the same accelerators' memory, and fits. */
interface LesserDemand {
  readonly request: SizeRequest;
  readonly change: string;
  readonly set: NearestChoice['set'];
}

/** Shortest context worth offering, and the step between lengths: a block of the cache. */
const SHORTEST_TOKENS = 1024;
const STEP_TOKENS = 16;

/**
 * The longest context that fits, by halving: the need grows with the context.
 * @param isEnough What is asked of its verdict; by default that it fits at the unfavourable end.
 */
export function longestContext(
  request: SizeRequest,
  { settings }: Sizing,
  isEnough: (verdict: Verdict) => boolean = (verdict) => verdict === 'fits',
): LesserDemand | null {
  const fits = (steps: number) =>
    isEnough(sizeMemory({ ...request, maxModelLen: steps * STEP_TOKENS }).verdict);
  let low = SHORTEST_TOKENS / STEP_TOKENS;
  let high = Math.floor((settings.maxModelLen - 1) / STEP_TOKENS);
  if (high < low || !fits(low)) return null;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  const maxModelLen = low * STEP_TOKENS;
  return {
    request: { ...request, maxModelLen },
    change: `--max-model-len ${maxModelLen}`,
    set: { maxModelLen },
  };
}

const lacksRoomForGraphs = ({ blockers }: Sizing) => blockers.some(({ id }) => id === 'fit/cuda-graphs');

/** A smaller budget, only where it leaves too little for what comes on top of it. */
export function smallerUtilization(request: SizeRequest, sizing: Sizing): LesserDemand | null {
  if (!lacksRoomForGraphs(sizing)) return null;
  for (let percent = Math.ceil(sizing.settings.gpuMemoryUtilization * 100) - 1; percent >= 50; percent -= 1) {
    const gpuMemoryUtilization = percent / 100;
    const smaller = { ...request, gpuMemoryUtilization };
    const sized = sizeMemory(smaller);
    // What is in the way now only grows with a smaller budget still.
    if (!sized.fits && !lacksRoomForGraphs(sized)) return null;
    if (!sized.fits) continue;
    const change = `--gpu-memory-utilization ${gpuMemoryUtilization}`;
    return { request: smaller, change, set: { gpuMemoryUtilization } };
  }
  return null;
}

/** A smaller budget and a shorter context, where one of them alone is not enough. */
export function shorterInSmallerBudget(request: SizeRequest, sizing: Sizing): LesserDemand | null {
  if (!lacksRoomForGraphs(sizing) || smallerUtilization(request, sizing) !== null) return null;
  const least = Math.min(SHORTEST_TOKENS, sizing.settings.maxModelLen);
  const smaller = smallerUtilization({ ...request, maxModelLen: least }, sizing);
  if (smaller === null) return null;
  const shorter = longestContext({ ...smaller.request, maxModelLen: request.maxModelLen }, sizing);
  if (shorter === null) return null;
  return {
    request: shorter.request,
    change: `${smaller.change}, ${shorter.change}`,
    set: { ...smaller.set, ...shorter.set },
  };
}

/** Whether it fits as it stands, or with a shorter context, a smaller budget, or both: the shortest context says it. */
export function canBeMadeToFit(request: SizeRequest): boolean {
  const { maxModelLen = request.model.context.max } = request;
  const shortest = { ...request, maxModelLen: Math.min(SHORTEST_TOKENS, maxModelLen) };
  const sizing = sizeMemory(shortest);
  return sizing.fits || smallerUtilization(shortest, sizing) !== null;
}

/** Largest budget that is offered: more leaves nothing for a driver's own needs. */
const LARGEST_PERCENT = 95;

/** A larger budget, where a small one is all that is in the way. */
export function greaterUtilization(request: SizeRequest, { settings }: Sizing): LesserDemand | null {
  for (
    let percent = Math.floor(settings.gpuMemoryUtilization * 100) + 1;
    percent <= LARGEST_PERCENT;
    percent += 1
  ) {
    const gpuMemoryUtilization = percent / 100;
    const larger = { ...request, gpuMemoryUtilization };
    if (!sizeMemory(larger).fits) continue;
    return {
      request: larger,
      change: `--gpu-memory-utilization ${gpuMemoryUtilization}`,
      set: { gpuMemoryUtilization },
    };
  }
  return null;
}

/** As many requests at once as fit. */
export function fewerRequests(request: SizeRequest): LesserDemand | null {
  const whole = Math.floor(sizeMemory(request).maxConcurrency);
  for (
    let concurrency = Math.min((request.concurrency ?? 1) - 1, whole);
    concurrency >= 1;
    concurrency -= 1
  ) {
    const fewer = { ...request, concurrency };
    if (sizeMemory(fewer).fits)
      return { request: fewer, change: `--concurrency ${concurrency}`, set: { concurrency } };
  }
  return null;
}

/** Slower, but without what CUDA graphs and the compile take; only where nothing is eager yet. */
export function withoutGraphs(request: SizeRequest, { settings, blockers }: Sizing): LesserDemand | null {
  if (settings.enforceEager || blockers.some(({ id }) => id === 'fit/weights')) return null;
  const eager = { ...request, enforceEager: true };
  return { request: eager, change: '--enforce-eager', set: { enforceEager: true } };
}
