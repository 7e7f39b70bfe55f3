import { acceleratorMemory } from '../../../src/sizing/accelerator-memory.js';
import { fillSettings } from '../../../src/sizing/settings.js';
import { sizeOnce } from '../../../src/sizing/size-once.js';
import type { EngineRange, SpeedConstants } from '../../../src/sizing/throughput/constants.js';
import { type SteadyState, steadyState } from '../../../src/sizing/throughput/steady-state.js';
import { askedLoad, speedModel } from '../../../src/sizing/throughput/throughput.js';
import type { Work } from '../../../src/sizing/throughput/work.js';
import { readSpeedRows, type SpeedRow, speedRequest } from './speed-rows.js';

/** A run with all that does not hang on speed constants worked out, so that many constants can be tried. */
export interface PreparedRun {
  readonly row: SpeedRow;
  readonly work: Work;
  readonly range: EngineRange;
  /** Null where the sizer says that the cache holds no such request. */
  readonly runningLimit: number | null;
}

export function prepare(row: SpeedRow): PreparedRun | null {
  const request = speedRequest(row);
  const { settings } = fillSettings(request, acceleratorMemory(request.accelerator, undefined));
  const model = speedModel({ request, settings });
  if ('missing' in model) return null;
  const { throughput } = sizeOnce({ ...request, concurrency: 100_000 });
  return { row, work: model.work, range: model.found.range, runningLimit: throughput?.running ?? null };
}

/** All runs of these uses that the catalogue describes. */
export function prepareRuns(uses: readonly SpeedRow['use'][]): PreparedRun[] {
  return readSpeedRows()
    .filter(({ use }) => uses.includes(use))
    .flatMap((row) => prepare(row) ?? []);
}

export function predict(
  { row, work, range, runningLimit }: PreparedRun,
  constants: SpeedConstants,
): SteadyState {
  const load = {
    ...askedLoad(speedRequestLoad(row)),
    runningLimit: runningLimit ?? row.concurrency,
    ...(row.requests !== null && { requests: row.requests }),
  };
  return steadyState(work, load, constants, range);
}

function speedRequestLoad({ concurrency, inputTokens, outputTokens }: SpeedRow) {
  return { concurrency, inputTokens, outputTokens } as Parameters<typeof askedLoad>[0];
}
