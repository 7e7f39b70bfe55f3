import type { ScalingPlan } from './plan.js';

/** Share of its concurrency at which a replica counts as full. */
const FULL_SHARE = 0.8;
/** Waiting requests per replica that call for another one, as a share of the concurrency. */
const WAITING_SHARE = 0.25;
/** Requests that a replica holds (waiting plus running) before it refuses, as a multiple of what it runs at once. */
const ADMITTED_FACTOR = 4;

/** Requests that one replica runs at once and holds at most before it answers 503. */
export function admission(concurrency: number, maxNumQueuedReqs: number | undefined) {
  return { target: concurrency, admitted: maxNumQueuedReqs ?? concurrency * ADMITTED_FACTOR };
}

/**
 * Thresholds and times of the autoscaler. Thresholds are per replica and lie below the admission cap, else a full
 * replica would refuse requests before the scaler saw them waiting.
 *
 * @param coldStartSeconds Longest time until a new replica is ready (its start-up budget): scaling is never faster than that.
 */
export function scaling(
  concurrency: number,
  replicas: { readonly min: number; readonly max: number },
  coldStartSeconds: number,
  serverAddress: string,
): ScalingPlan {
  return {
    serverAddress,
    waitingThreshold: Math.max(1, Math.round(concurrency * WAITING_SHARE)),
    runningThreshold: Math.max(1, Math.round(concurrency * FULL_SHARE)),
    pollingSeconds: 15,
    cooldownSeconds: coldStartSeconds + 300,
    scaleUpStabilizationSeconds: 60,
    // One replica per cold start: an external metric does not discount replicas that are still loading.
    scaleUpPeriodSeconds: Math.min(1800, Math.max(60, coldStartSeconds)),
    scaleDownStabilizationSeconds: Math.min(3600, Math.max(600, coldStartSeconds)),
    fallbackReplicas: replicas.min,
  };
}
