import { cacheValueBytes } from '../cache-entry.js';
import type { SizedSettings, SizeRequest } from '../types.js';
import { acceleratorSpeed } from './accelerator-speed.js';
import { calibrated, calibrationOf } from './calibrate.js';
import type { SpeedConstants } from './constants.js';
import { engineRange, type FoundRange, type ServingEngine } from './engine-range.js';
import { bandOf } from './error-band.js';
import { SPEED } from './fitted.js';
import { type SteadyState, steadyState } from './steady-state.js';
import { type Work, workOf } from './work.js';

/** Steady state of a closed loop of `concurrency` requests, with its lengths. */
export interface Throughput {
  readonly outputTokensPerSecond: number;
  /** Median of the steady state. */
  readonly ttftMs: number;
  /** Mean as closed-loop harnesses report it, their first burst included. */
  readonly ttftMeanMs: number;
  /** Mean time per output token after the first. */
  readonly tpotMs: number;
  /** Median gap between two tokens: a step without a prompt riding on it. */
  readonly itlMs: number;
  /** Half width of the band that two of three measured runs lie in, as a share. */
  readonly errorBand: number;
  readonly concurrency: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Requests that run at once; the rest waits. */
  readonly running: number;
}

export interface ThroughputInput {
  readonly request: SizeRequest;
  readonly settings: SizedSettings;
  /** GiB for the cache: the likely figure first, then what more favourable settings would leave. */
  readonly cacheGib: readonly number[];
  /** Requests of so many tokens that a cache of so many GiB holds at once. */
  readonly held: (tokens: number, cacheGib: number) => number;
}

/** Lengths that are taken where nobody gives any: those of public benchmarks of chat. */
const USUAL_INPUT_TOKENS = 1024;
const USUAL_OUTPUT_TOKENS = 256;
/** Share of its answer that a running request has written when it is met. */
const WRITTEN_SHARE = 0.6;

/** What is asked of the engine: the load, and whether somebody said it. */
export interface AskedLoad {
  readonly concurrency: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly prefixCacheHitRate: number;
}

export function askedLoad(request: SizeRequest): AskedLoad {
  return {
    concurrency: request.concurrency ?? 1,
    inputTokens: request.inputTokens ?? USUAL_INPUT_TOKENS,
    outputTokens: request.outputTokens ?? USUAL_OUTPUT_TOKENS,
    prefixCacheHitRate: request.prefixCacheHitRate ?? 0,
  };
}

export function throughputOf(
  input: ThroughputInput,
  constants: SpeedConstants = SPEED,
): { readonly throughput: Throughput | null; readonly notes: readonly string[] } {
  const { request } = input;
  const load = askedLoad(request);
  const model = speedModel(input, constants);
  if ('missing' in model) return none(`missing: ${model.missing}`);
  const limit = runningLimit(input, load);
  if (limit < 1) return none(`the cache holds no request of ${load.inputTokens + load.outputTokens} tokens`);
  const plain = model.at(load, limit);
  const { measured } = request;
  const state =
    measured === undefined
      ? plain
      : calibrated(
          plain,
          calibrationOf(
            measured,
            model.at({ ...load, ...measured }, runningLimit(input, { ...load, ...measured })),
          ),
          load.outputTokens,
        );
  const band = bandOf(model.work, model.found.range, measured !== undefined);
  return { throughput: rounded(state, load, band), notes: notesOf(request, load, state, model.found) };
}

/** The model's work on the card, and its steady state at a load. */
export function speedModel(
  { request, settings }: Pick<ThroughputInput, 'request' | 'settings'>,
  constants: SpeedConstants = SPEED,
) {
  const { model, checkpoint, accelerator } = request;
  const card = acceleratorSpeed(accelerator);
  if ('missing' in card) return card;
  const serving = servingEngine(request);
  const found = engineRange(serving);
  const work = workOf({
    model,
    checkpoint,
    card,
    engine: serving.name,
    shape: settings,
    cacheValueBytes: cacheValueBytes(settings.kvCacheDtype, checkpoint.precision),
  });
  const at = (load: AskedLoad, limit: number): SteadyState =>
    steadyState(work, { ...load, runningLimit: limit }, constants, found.range);
  return { work, found, at };
}

export function servingEngine(request: SizeRequest): ServingEngine {
  return request.serving ?? { name: 'vllm', version: request.engine.version };
}

/** What the cache holds of requests half-way through, and never more than the engine's own limit. */
export function runningLimit(
  { request, settings, cacheGib, held }: ThroughputInput,
  load: AskedLoad,
): number {
  const tokens = Math.max(1, Math.round(load.inputTokens + WRITTEN_SHARE * load.outputTokens));
  const counts = cacheGib.map((gib) => Math.floor(held(tokens, gib)));
  const count = counts.find((number) => number >= 1) ?? 0;
  return servingEngine(request).name === 'vllm' ? Math.min(count, settings.maxNumSeqs) : count;
}

function none(reason: string) {
  return { throughput: null, notes: [`throughput is not estimated: ${reason}`] };
}

function rounded(state: SteadyState, load: AskedLoad, errorBand: number): Throughput {
  const ms = (seconds: number) => Number((seconds * 1000).toPrecision(4));
  return {
    outputTokensPerSecond: Number(state.outputTokensPerSecond.toPrecision(4)),
    ttftMs: ms(state.ttftMedian),
    ttftMeanMs: ms(state.ttftMean),
    tpotMs: ms(state.tpot),
    itlMs: ms(state.itl),
    errorBand,
    concurrency: load.concurrency,
    inputTokens: load.inputTokens,
    outputTokens: load.outputTokens,
    running: Math.floor(state.running),
  };
}

function notesOf(request: SizeRequest, load: AskedLoad, state: SteadyState, found: FoundRange): string[] {
  const asked = (['concurrency', 'inputTokens', 'outputTokens'] as const).filter(
    (key) => request[key] === undefined,
  );
  const waiting = load.concurrency - state.running;
  return [
    ...(asked.length > 0
      ? [`throughput at ${asked.map((key) => `${key} ${load[key]}`).join(', ')}: the default`]
      : []),
    `speed of ${found.measured}`,
    ...(waiting > 0
      ? [`${Math.floor(state.running)} of ${load.concurrency} requests run at once, the rest waits`]
      : []),
  ];
}

export type { Work };
