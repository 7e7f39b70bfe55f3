import type { LifecyclePlan } from './plan.js';

/** Weights arrive at least this fast, or the download is taken for stuck. */
const SLOWEST_DOWNLOAD_MIB_PER_SECOND = 25;
/** A load takes up to twice its estimate on a busy node (cold page cache, slow volume). */
const STARTUP_SAFETY = 2;
const SHORTEST_STARTUP_BUDGET_SECONDS = 600;
const STARTUP_PERIOD_SECONDS = 10;
/** Endpoint removal reaches every proxy before the engine stops taking requests. */
const PRE_STOP_SECONDS = 15;
/** The engine needs about 11 s after its last token, measured on 0.32.0; see docs/decisions.md. */
const TEARDOWN_SECONDS = 15;
const SPARE_SECONDS = 15;

/**
 * Times of one server's life, in seconds. Each bound lies above the one it must outlast:
 * progress deadline > download + start-up budget > load; grace > pre-stop + drain + teardown.
 *
 * @param startupSeconds Estimated time from process start to ready.
 * @param filesGib Weight files on the volume.
 * @param shutdownTimeoutSeconds Time that running answers get after SIGTERM.
 */
export function lifecycle(
  startupSeconds: number,
  filesGib: number,
  shutdownTimeoutSeconds: number,
): LifecyclePlan {
  const startupBudgetSeconds = roundUp(
    Math.max(SHORTEST_STARTUP_BUDGET_SECONDS, startupSeconds * STARTUP_SAFETY),
    STARTUP_PERIOD_SECONDS * 6,
  );
  const downloadDeadlineSeconds = roundUp(
    Math.max(3600, (filesGib * 1024) / SLOWEST_DOWNLOAD_MIB_PER_SECOND),
    600,
  );
  return {
    startupBudgetSeconds,
    startupPeriodSeconds: STARTUP_PERIOD_SECONDS,
    // The init container's wait for the weights counts as no progress.
    progressDeadlineSeconds: downloadDeadlineSeconds + startupBudgetSeconds + 300,
    preStopSeconds: PRE_STOP_SECONDS,
    shutdownTimeoutSeconds,
    terminationGraceSeconds: PRE_STOP_SECONDS + shutdownTimeoutSeconds + TEARDOWN_SECONDS + SPARE_SECONDS,
    downloadDeadlineSeconds,
  };
}

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}
