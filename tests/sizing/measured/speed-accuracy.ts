import type { SpeedConstants } from '../../../src/sizing/throughput/constants.js';
import { SPEED } from '../../../src/sizing/throughput/fitted.js';
import { gradeAnchored } from './anchored.js';
import { gradeBursts } from './bursts.js';
import { prepareRuns } from './prepared-run.js';
import { FOLD_KINDS, type FoldKind, readFolds } from './speed-folds.js';
import { gradeRun } from './speed-grade.js';
import type { SpeedAccuracy } from './speed-page.js';

/** Every steady run beside what the sizer says, with all constants and with those of its folds. */
export function gradeSpeed(): SpeedAccuracy {
  const all = prepareRuns(['steady', 'thin']);
  const runs = all.filter(({ row }) => row.use === 'steady');
  const folds = readFolds();
  const graded = (Object.keys(FOLD_KINDS) as FoldKind[]).map((kind) => [
    kind,
    runs.map((run) => gradeRun(run, folds[kind][FOLD_KINDS[kind](run)] as SpeedConstants)),
  ]);
  return {
    inSample: runs.map((run) => gradeRun(run, SPEED)),
    folds: Object.fromEntries(graded),
    thin: all.filter(({ row }) => row.use === 'thin').map((run) => gradeRun(run, SPEED)),
    anchored: gradeAnchored(runs, SPEED),
    bursts: gradeBursts(),
  };
}
