import type { EngineRange, SpeedConstants } from './constants.js';
import { stepTimes } from './step.js';
import type { Work } from './work.js';

/** Requests in flight and their lengths, tokens; means where they differ. */
export interface Load {
  readonly concurrency: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Share of each prompt that the prefix cache already holds, 0 to 1. */
  readonly prefixCacheHitRate: number;
  /** Requests that run at once: what the cache and maxNumSeqs hold. */
  readonly runningLimit: number;
  /** Requests that a closed-loop harness sends in all. @default 10 × concurrency */
  readonly requests?: number;
}

/** Steady state of a closed loop; seconds. */
export interface SteadyState {
  readonly tpot: number;
  readonly ttftMedian: number;
  readonly ttftMean: number;
  /** Between two tokens of a request at the median: a step without a prompt riding on it. */
  readonly itl: number;
  readonly outputTokensPerSecond: number;
  readonly running: number;
}

/** Requests that a closed-loop harness sends for each slot. */
const REQUESTS_A_SLOT = 10;
/** Utilization of prefill above which queueing theory no longer says anything. */
const HIGHEST_UTILIZATION = 0.85;

/**
 * A closed loop of `concurrency` requests: prompts ride on the steps of the others, and Little's law closes the loop.
 *
 * tpot = decode(B) + (B − 1) · riding / output tokens, less what goes in waves; throughput = B / (ttft + (O − 1) · tpot).
 */
export function steadyState(
  work: Work,
  load: Load,
  constants: SpeedConstants,
  range: EngineRange,
): SteadyState {
  const engine = constants.engines[range];
  const times = stepTimes(work, constants, range);
  const { concurrency, outputTokens } = load;
  const running = Math.max(1, Math.min(concurrency, load.runningLimit));
  const newTokens = load.inputTokens * (1 - load.prefixCacheHitRate);
  const context = load.inputTokens + outputTokens / 2;
  const itl = times.decode(running, context);
  const riding = times.ridingPrefill(newTokens, running);
  const alone = times.prefill(newTokens);
  const others = Math.max(0, running - 1);
  const several = Math.min(1, others);
  const tpot = itl + ((others * riding) / outputTokens) * (1 - engine.synchrony / 2);
  const utilization = Math.min((running * riding) / (alone + outputTokens * tpot), HIGHEST_UTILIZATION);
  // What goes in waves waits for its wave, not in a queue.
  const queueing = (engine.queue * (1 - engine.synchrony) * utilization) / (2 * (1 - utilization));
  const together = others > 0 ? (engine.together * others) / (engine.together + others) : 0;
  const base =
    alone * (1 + queueing * several + together) +
    engine.wait * itl * several +
    constants.startSeconds * engine.start;
  const wave = (engine.synchrony / 2) * others * riding;
  // The first requests of a closed loop come at once, and wait for half of the others on average.
  const first = Math.min(1, concurrency / (load.requests ?? REQUESTS_A_SLOT * concurrency));
  const burst = (first * constants.burstWeight * others * riding) / 2;
  const perSecond = running / (base + wave + burst + (outputTokens - 1) * tpot);
  const queued = Math.max(0, concurrency - running) / perSecond;
  return {
    tpot,
    itl,
    running,
    ttftMedian: base + wave * constants.medianWaveShare + queued,
    ttftMean: base + wave + engine.stall + (1 - first / 2) * queued + burst,
    outputTokensPerSecond: perSecond * outputTokens,
  };
}
