import type { StepTimes } from './step.js';

/** Requests of one length, and when they come, seconds from the start, in order. */
export interface Arrivals {
  readonly at: readonly number[];
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Requests that run at once. */
  readonly runningLimit: number;
  /** Constant part of a time to first token, seconds: HTTP, tokenizer, scheduler. */
  readonly startSeconds: number;
}

/** What the requests met, seconds; one entry a request, in the order of arrival. */
export interface Met {
  readonly ttft: readonly number[];
  readonly tpot: readonly number[];
  /** From the first arrival to the last token. */
  readonly seconds: number;
}

/** Tokens of prompts that one step takes in. */
const STEP_TOKENS = 8192;

interface Running {
  readonly place: number;
  readonly firstToken: number;
  written: number;
}

/**
 * Continuous batching, event by event: prompts ride on decode steps, what does not fit waits its turn. Steps without an
 * event between them are taken at once.
 */
export function eventLoop(times: StepTimes, arrivals: Arrivals): Met {
  const { at, inputTokens, outputTokens, runningLimit, startSeconds } = arrivals;
  const count = at.length;
  const ttft = new Array<number>(count).fill(0);
  const tpot = new Array<number>(count).fill(0);
  const perStep = Math.max(1, Math.floor(STEP_TOKENS / Math.max(1, inputTokens)));
  let running: Running[] = [];
  let clock = at[0] ?? 0;
  let next = 0;

  const advance = (seconds: number, tokens: number) => {
    clock += seconds;
    for (const request of running) request.written += tokens;
    for (const { place, firstToken, written } of running) {
      if (written >= outputTokens) tpot[place] = (clock - firstToken) / Math.max(1, outputTokens - 1);
    }
    running = running.filter(({ written }) => written < outputTokens);
  };
  const stepSeconds = () => {
    const written = running.reduce((sum, request) => sum + request.written, 0) / running.length;
    return times.decode(running.length, inputTokens + written);
  };

  // Each turn takes in a request or ends one, or goes to the next arrival: no more than three a request.
  for (let turn = 0; turn < 4 * count + 4 && (next < count || running.length > 0); turn += 1) {
    const due = dueUntil(at, next, clock, Math.min(perStep, runningLimit - running.length));
    if (due > 0) {
      const before = running.length;
      const decode = before > 0 ? stepSeconds() : 0;
      const riding = times.ridingPrefill(inputTokens, before + due);
      const step = before > 0 ? decode + due * riding : times.prefill(inputTokens) + (due - 1) * riding;
      advance(step, 1);
      for (let place = next; place < next + due; place += 1) {
        ttft[place] = clock - (at[place] as number) + startSeconds;
        if (outputTokens > 1) running.push({ place, firstToken: clock, written: 1 });
      }
      next += due;
    } else if (running.length === 0) {
      clock = Math.max(clock, at[next] ?? clock);
    } else {
      const step = stepSeconds();
      const untilDone = Math.max(
        1,
        Math.ceil(outputTokens - Math.max(...running.map(({ written }) => written))),
      );
      const room = running.length < runningLimit;
      const untilNext =
        room && next < count ? Math.max(1, Math.ceil(((at[next] as number) - clock) / step)) : untilDone;
      const steps = Math.min(untilDone, untilNext);
      advance(steps * step, steps);
    }
  }
  return { ttft, tpot, seconds: clock - (at[0] ?? 0) };
}

/** Requests that have come by `clock`, from `next` on, at most `most`. */
function dueUntil(at: readonly number[], next: number, clock: number, most: number): number {
  let due = 0;
  while (due < most && next + due < at.length && (at[next + due] as number) <= clock) due += 1;
  return due;
}

/** Arrivals of a Poisson process of `rate` a second, the same for the same seed. */
export function poissonArrivals(count: number, rate: number, seed = 1): number[] {
  const at: number[] = [];
  let clock = 0;
  let state = seed >>> 0;
  for (let place = 0; place < count; place += 1) {
    // Numerical Recipes' linear congruential generator.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    clock -= Math.log((state + 1) / 4_294_967_297) / rate;
    at.push(clock);
  }
  return at;
}

/** The value that so large a share of them stays under, 0 to 1. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
