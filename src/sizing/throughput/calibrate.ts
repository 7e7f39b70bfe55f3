import type { SteadyState } from './steady-state.js';

/** What somebody measured on the very configuration: lengths and concurrency of the run, and what came out. */
export interface Measurement {
  readonly concurrency: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly ttftMs?: number;
  readonly tpotMs?: number;
  readonly outputTokensPerSecond?: number;
}

/** Measured over predicted, of the two times that everything else follows from. */
export interface Calibration {
  readonly tpot: number;
  readonly ttft: number;
}

/**
 * Factors that make the prediction at the measured point meet the measurement. Tokens a second stand in for a time per
 * token that nobody measured: by Little's law they are one.
 */
export function calibrationOf(measured: Measurement, predicted: SteadyState): Calibration {
  const ttftMs = measured.ttftMs ?? predicted.ttftMedian * 1000;
  const perRequest =
    measured.outputTokensPerSecond === undefined
      ? undefined
      : (measured.concurrency * measured.outputTokens) / measured.outputTokensPerSecond - ttftMs / 1000;
  const fromRate =
    perRequest === undefined || measured.outputTokens <= 1
      ? undefined
      : (perRequest / (measured.outputTokens - 1)) * 1000;
  const tpotMs = measured.tpotMs ?? fromRate ?? predicted.tpot * 1000;
  return {
    tpot: Math.max(tpotMs, 0.001) / (predicted.tpot * 1000),
    ttft: ttftMs / (predicted.ttftMedian * 1000),
  };
}

/** The prediction with both factors; throughput by Little's law. */
export function calibrated(
  state: SteadyState,
  { tpot, ttft }: Calibration,
  outputTokens: number,
): SteadyState {
  const before = state.ttftMedian + (outputTokens - 1) * state.tpot;
  const after = state.ttftMedian * ttft + (outputTokens - 1) * state.tpot * tpot;
  return {
    ...state,
    tpot: state.tpot * tpot,
    itl: state.itl * tpot,
    ttftMedian: state.ttftMedian * ttft,
    ttftMean: state.ttftMean * ttft,
    outputTokensPerSecond: (state.outputTokensPerSecond * before) / after,
  };
}
