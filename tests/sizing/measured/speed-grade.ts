import type { SpeedConstants } from '../../../src/sizing/throughput/constants.js';
import type { SteadyState } from '../../../src/sizing/throughput/steady-state.js';
import { type PreparedRun, predict } from './prepared-run.js';

/** A run beside what the sizer says of it. Errors are shares of the measured value, with their sign. */
export interface GradedRun {
  readonly run: PreparedRun;
  readonly tpot: number | null;
  readonly output: number | null;
  readonly ttftMedian: number | null;
  readonly ttftMean: number | null;
  /** Of the median where the source gives one, else of the mean. */
  readonly ttft: number | null;
}

export function gradeRun(run: PreparedRun, constants: SpeedConstants): GradedRun {
  return errorsOf(run, predict(run, constants));
}

export function errorsOf(run: PreparedRun, state: SteadyState): GradedRun {
  const { row } = run;
  const ttftMedian = relative(state.ttftMedian * 1000, row.ttftMedianMs);
  const ttftMean = relative(state.ttftMean * 1000, row.ttftMeanMs);
  return {
    run,
    tpot: relative(state.tpot * 1000, row.tpotMs),
    output: relative(state.outputTokensPerSecond, row.outputTokensPerSecond),
    ttftMedian,
    ttftMean,
    ttft: ttftMedian ?? ttftMean,
  };
}

function relative(predicted: number, measured: number | null): number | null {
  return measured === null || measured <= 0 ? null : predicted / measured - 1;
}
