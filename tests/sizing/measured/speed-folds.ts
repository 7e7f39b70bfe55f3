import { readFileSync, writeFileSync } from 'node:fs';
import type { SpeedConstants } from '../../../src/sizing/throughput/constants.js';
import { familyOfModel } from './families.js';
import { fitSpeed } from './fit-speed.js';
import type { PreparedRun } from './prepared-run.js';
import { constantsOf, PARAMETERS, valuesOf } from './speed-parameters.js';

const FITTED = 'src/sizing/throughput/fitted.ts';
const FOLDS = 'tests/fixtures/measurements/speed-folds.json';

/** What a fold is held out by. */
export const FOLD_KINDS = {
  'family held out': ({ row }: PreparedRun) => familyOfModel(row.model),
  'card held out': ({ row }: PreparedRun) => row.accelerator,
} as const;
export type FoldKind = keyof typeof FOLD_KINDS;

/** By kind and by what is held out: constants fitted without its runs. */
export type Folds = Readonly<Record<FoldKind, Readonly<Record<string, SpeedConstants>>>>;

/** Fits everything anew and writes the constants of the product and of each fold. Takes an hour. */
export function writeFits(runs: readonly PreparedRun[]): void {
  const all = rounded(fitSpeed(runs, null, 60));
  writeFileSync(FITTED, fittedFile(all));
  const folds = Object.entries(FOLD_KINDS).map(([kind, of]) => {
    const names = [...new Set(runs.map(of))].sort();
    const fits = names.map((name) => {
      console.info(`${kind}: ${name}`);
      const rest = runs.filter((run) => of(run) !== name);
      // From the guesses: constants of all runs as a start would carry the held-out runs in.
      return [name, valuesOf(rounded(fitSpeed(rest, null, 30)))];
    });
    return [kind, Object.fromEntries(fits)];
  });
  const names = PARAMETERS.map(({ name }) => name);
  writeFileSync(FOLDS, `${JSON.stringify({ names, ...Object.fromEntries(folds) })}\n`);
}

export function readFolds(): Folds {
  const { names, ...kinds } = JSON.parse(readFileSync(FOLDS, 'utf8'));
  if (PARAMETERS.some(({ name }, at) => names[at] !== name))
    throw new Error('the folds are of other constants');
  const constants = (values: Record<string, number[]>) =>
    Object.fromEntries(Object.entries(values).map(([name, list]) => [name, constantsOf(list)]));
  return Object.fromEntries(
    Object.entries(kinds).map(([kind, values]) => [kind, constants(values as Record<string, number[]>)]),
  ) as Folds;
}

/** Four figures are more than the runs give. */
function rounded(constants: SpeedConstants): SpeedConstants {
  return constantsOf(valuesOf(constants).map((value) => Number(value.toPrecision(4))));
}

function fittedFile(constants: SpeedConstants): string {
  return `${[
    "import type { SpeedConstants } from './constants.js';\n",
    '/**',
    ' * Fitted to 1,838 runs of tests/fixtures/measurements/throughput.csv (InferenceX, AIConfigurator, AccelMark and others; vLLM',
    ' * 0.7–0.23, SGLang 0.5, TensorRT-LLM 1.0–1.3, ATOM 0.1) by tests/sizing/speed-fit.test.ts, which writes this file.',
    ' */',
    `export const SPEED: SpeedConstants = ${JSON.stringify(constants, null, 2)};`,
  ].join('\n')}\n`;
}
