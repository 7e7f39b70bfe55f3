import { eventLoop, percentile } from '../../../src/sizing/throughput/event-loop.js';
import { SPEED } from '../../../src/sizing/throughput/fitted.js';
import { stepTimes } from '../../../src/sizing/throughput/step.js';
import { type PreparedRun, prepareRuns } from './prepared-run.js';
import { errorsOf, type GradedRun } from './speed-grade.js';

/** Runs whose requests all came at once, beside what the event loop says; nothing was fitted to them. */
export function gradeBursts(): GradedRun[] {
  return prepareRuns(['burst']).flatMap((run) =>
    run.row.requests === null ? [] : graded(run, run.row.requests),
  );
}

function graded(run: PreparedRun, requests: number): GradedRun[] {
  const { row, work, range, runningLimit } = run;
  const met = eventLoop(stepTimes(work, SPEED, range), {
    at: new Array<number>(Math.round(requests)).fill(0),
    inputTokens: row.inputTokens,
    outputTokens: Math.max(2, Math.round(row.outputTokens)),
    // A harness that caps what is in flight caps what runs.
    runningLimit: Math.max(1, Math.min(runningLimit ?? row.concurrency, row.concurrency || requests)),
    startSeconds: SPEED.startSeconds * SPEED.engines[range].start,
  });
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return [
    errorsOf(run, {
      tpot: mean(met.tpot),
      itl: mean(met.tpot),
      running: runningLimit ?? 0,
      ttftMedian: percentile(met.ttft, 0.5),
      ttftMean: mean(met.ttft),
      outputTokensPerSecond: (requests * row.outputTokens) / met.seconds,
    }),
  ];
}
