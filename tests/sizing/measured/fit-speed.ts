import type { SpeedConstants } from '../../../src/sizing/throughput/constants.js';
import { solve } from './least-squares.js';
import { type PreparedRun, predict } from './prepared-run.js';
import { constantsOf, PARAMETERS, valuesOf } from './speed-parameters.js';

/** Spread of a run around a perfect model, as a share: times to first token vary twice as much. */
const STEP_SPREAD = 0.12;
const START_SPREAD = 0.25;
/** What one figure of a run counts. */
const WEIGHTS = { tpot: 1, output: 0.6, start: 0.3 } as const;
/** Runs of uncertain settings. */
const THIN_WEIGHT = 0.3;

/**
 * The constants that fit the runs: least squares of logarithms with a robust loss, each constant drawn to its guess by
 * its doubt. Gauss–Newton with derivatives by small steps.
 */
export function fitSpeed(
  runs: readonly PreparedRun[],
  start: SpeedConstants | null = null,
  rounds = 12,
): SpeedConstants {
  const weights = weightsOf(runs);
  const guesses = PARAMETERS.map(({ guess }) => Math.log(guess));
  const residuals = (logs: readonly number[]) => {
    const constants = constantsOf(logs.map(Math.exp));
    const ofRuns = runs.flatMap((run, at) => residualsOf(run, constants, weights[at] as number));
    const ofGuesses = logs.map(
      (log, at) => (log - (guesses[at] as number)) / (PARAMETERS[at]?.doubt as number),
    );
    return Float64Array.from([...ofRuns, ...ofGuesses]);
  };
  let logs = bounded(start === null ? guesses : valuesOf(start).map(Math.log));
  let loss = sumOfSquares(residuals(logs));
  let damping = 1e-3;
  for (let round = 0; round < rounds; round += 1) {
    const next = step(residuals, logs, damping);
    const nextLoss = sumOfSquares(residuals(next));
    if (nextLoss < loss) {
      const gain = (loss - nextLoss) / loss;
      [logs, loss, damping] = [next, nextLoss, damping / 5];
      if (gain < 1e-4) break;
    } else damping *= 10;
  }
  return constantsOf(logs.map(Math.exp));
}

/** How far the constants are from the best fit: share of the loss that one more step would take off. */
export function stepGain(runs: readonly PreparedRun[], constants: SpeedConstants): number {
  const lossOf = (fitted: SpeedConstants) => {
    const weights = weightsOf(runs);
    return runs.reduce(
      (sum, run, at) =>
        sum + sumOfSquares(Float64Array.from(residualsOf(run, fitted, weights[at] as number))),
      0,
    );
  };
  return 1 - lossOf(fitSpeed(runs, constants, 1)) / lossOf(constants);
}

function step(
  residuals: (logs: readonly number[]) => Float64Array,
  logs: readonly number[],
  damping: number,
): number[] {
  const at = residuals(logs);
  const size = 1e-3;
  const slopes = logs.map((_, index) => {
    const shifted = residuals(logs.map((log, other) => (other === index ? log + size : log)));
    return shifted.map((value, row) => (value - (at[row] as number)) / size);
  });
  // A constant that stands at its bound and is drawn outwards stays there.
  const free = logs
    .map((_, index) => index)
    .filter((index) => !isHeld(index, logs, slopes[index] as Float64Array, at));
  const change = solve(
    free.map((index) => slopes[index] as Float64Array),
    at,
    damping,
  );
  // A step of more than a factor of two is not to be trusted.
  const moves = new Map(
    free.map((index, place) => [index, Math.max(-0.7, Math.min(0.7, change[place] as number))]),
  );
  return bounded(logs.map((log, index) => log - (moves.get(index) ?? 0)));
}

function bounded(logs: readonly number[]): number[] {
  return logs.map((log, at) => {
    const { least, most } = PARAMETERS[at] as (typeof PARAMETERS)[number];
    return Math.min(Math.max(log, Math.log(least)), Math.log(most));
  });
}

function isHeld(index: number, logs: readonly number[], slope: Float64Array, at: Float64Array): boolean {
  const { least, most } = PARAMETERS[index] as (typeof PARAMETERS)[number];
  const pull = -slope.reduce((sum, value, row) => sum + value * (at[row] as number), 0);
  const log = logs[index] as number;
  return (log >= Math.log(most) && pull > 0) || (log <= Math.log(least) && pull < 0);
}

/** Many runs of one configuration count as their root. */
function weightsOf(runs: readonly PreparedRun[]): number[] {
  const keyOf = ({ row }: PreparedRun) => [row.model, row.accelerator, row.engine, row.precision].join('|');
  const counts = new Map<string, number>();
  for (const run of runs) counts.set(keyOf(run), (counts.get(keyOf(run)) ?? 0) + 1);
  const plain = runs.map(
    (run) => (run.row.use === 'thin' ? THIN_WEIGHT : 1) / Math.sqrt(counts.get(keyOf(run)) ?? 1),
  );
  const mean = plain.reduce((sum, weight) => sum + weight, 0) / plain.length;
  return plain.map((weight) => weight / mean);
}

function residualsOf(run: PreparedRun, constants: SpeedConstants, weight: number): number[] {
  const { row } = run;
  const state = predict(run, constants);
  const one = (predicted: number, measured: number | null, spread: number, counts: number) =>
    measured === null || measured <= 0
      ? 0
      : robust(Math.log(predicted / measured) / spread) * counts * Math.sqrt(weight);
  return [
    one(state.tpot * 1000, row.tpotMs, STEP_SPREAD, WEIGHTS.tpot),
    one(state.outputTokensPerSecond, row.outputTokensPerSecond, STEP_SPREAD, WEIGHTS.output),
    one(state.ttftMedian * 1000, row.ttftMedianMs, START_SPREAD, WEIGHTS.start),
    one(state.ttftMean * 1000, row.ttftMeanMs, START_SPREAD, WEIGHTS.start),
  ];
}

/** Square root of the soft absolute loss 2(√(1 + x²) − 1): large errors count linearly. */
function robust(x: number): number {
  return Math.sign(x) * Math.sqrt(2 * (Math.sqrt(1 + x * x) - 1));
}

function sumOfSquares(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}
