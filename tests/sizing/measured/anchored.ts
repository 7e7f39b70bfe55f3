import { calibrated, calibrationOf } from '../../../src/sizing/throughput/calibrate.js';
import type { SpeedConstants } from '../../../src/sizing/throughput/constants.js';
import { type PreparedRun, predict } from './prepared-run.js';
import { errorsOf, type GradedRun } from './speed-grade.js';

/**
 * Configurations with several runs: the one in the middle of the concurrencies is given as the user's measurement, and
 * the others are predicted with it.
 */
export function gradeAnchored(runs: readonly PreparedRun[], constants: SpeedConstants): GradedRun[] {
  const groups = new Map<string, PreparedRun[]>();
  for (const run of runs) {
    const { model, accelerator, engine, version, precision, tensorParallelSize } = run.row;
    const key = [model, accelerator, engine, version, precision, tensorParallelSize].join('|');
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups.values()].flatMap((group) => {
    const ordered = group.toSorted((a, b) => a.row.concurrency - b.row.concurrency);
    const anchor = ordered[Math.floor(ordered.length / 2)];
    if (ordered.length < 4 || anchor === undefined) return [];
    const { row } = anchor;
    const calibration = calibrationOf(
      {
        concurrency: row.concurrency,
        inputTokens: row.inputTokens,
        outputTokens: row.outputTokens,
        ...(row.tpotMs !== null && { tpotMs: row.tpotMs }),
        ...(row.ttftMedianMs !== null && { ttftMs: row.ttftMedianMs }),
        ...(row.outputTokensPerSecond !== null && { outputTokensPerSecond: row.outputTokensPerSecond }),
      },
      predict(anchor, constants),
    );
    return ordered
      .filter((run) => run !== anchor)
      .map((run) => errorsOf(run, calibrated(predict(run, constants), calibration, run.row.outputTokens)));
  });
}
