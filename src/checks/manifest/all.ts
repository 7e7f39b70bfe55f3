import { accessChecks } from './access.js';
import { admissionChecks } from './admission.js';
import { alertChecks } from './alerts.js';
import { availabilityChecks } from './availability.js';
import { closedGateChecks } from './closed-gates.js';
import { configMapSecretChecks } from './config-map-secrets.js';
import { disruptionChecks } from './disruption.js';
import { engineArgumentChecks } from './engine-arguments.js';
import { engineBackendChecks } from './engine-backend.js';
import { engineEnvironmentChecks } from './engine-environment.js';
import { engineMetricChecks } from './engine-metrics.js';
import { engineParallelChecks } from './engine-parallel.js';
import { entranceChecks } from './entrance.js';
import { exposureChecks } from './exposure.js';
import { gpuDriverChecks } from './gpu-driver.js';
import { gpuSchedulingChecks } from './gpu-scheduling.js';
import { imageChecks } from './images.js';
import { inferencePoolChecks } from './inference-pool.js';
import { jobChecks } from './jobs.js';
import { leaderWorkerSetChecks } from './leader-worker-set.js';
import type { ManifestCheck } from './manifest-check.js';
import { monitorChecks } from './monitors.js';
import { networkIsolationChecks } from './network-isolation.js';
import { networkNameChecks } from './network-names.js';
import { objectScopeChecks } from './object-scope.js';
import { objectSizeChecks } from './object-size.js';
import { podMemoryChecks } from './pod-memory.js';
import { podSecurityChecks } from './pod-security.js';
import { podUserChecks } from './pod-user.js';
import { probeChecks } from './probes.js';
import { queryChecks } from './queries.js';
import { rolloutChecks } from './rollout.js';
import { scalerPaceChecks } from './scaler-pace.js';
import { scalerQueryChecks } from './scaler-query.js';
import { scalerTargetChecks } from './scaler-target.js';
import { scalerTriggerChecks } from './scaler-trigger.js';
import { secretChecks } from './secrets.js';
import { serverPodChecks } from './server-pod.js';
import { serviceLinkChecks } from './service-links.js';
import { shutdownChecks } from './shutdown.js';
import { storageChecks } from './storage.js';
import { weightChecks } from './weights.js';

/** Every check that reads manifests, in the order in which `berth audit` prints what they find. */
export const manifestChecks: readonly ManifestCheck[] = [
  ...imageChecks,
  ...engineArgumentChecks,
  ...engineEnvironmentChecks,
  ...engineParallelChecks,
  ...engineBackendChecks,
  ...admissionChecks,
  ...weightChecks,
  ...gpuSchedulingChecks,
  ...gpuDriverChecks,
  ...podMemoryChecks,
  ...podUserChecks,
  ...podSecurityChecks,
  ...serverPodChecks,
  ...accessChecks,
  ...probeChecks,
  ...shutdownChecks,
  ...rolloutChecks,
  ...disruptionChecks,
  ...availabilityChecks,
  ...storageChecks,
  ...jobChecks,
  ...serviceLinkChecks,
  ...networkNameChecks,
  ...networkIsolationChecks,
  ...exposureChecks,
  ...entranceChecks,
  ...secretChecks,
  ...configMapSecretChecks,
  ...scalerTargetChecks,
  ...scalerTriggerChecks,
  ...scalerQueryChecks,
  ...scalerPaceChecks,
  ...monitorChecks,
  ...queryChecks,
  ...engineMetricChecks,
  ...alertChecks,
  ...leaderWorkerSetChecks,
  ...inferencePoolChecks,
  ...objectScopeChecks,
  ...objectSizeChecks,
  ...closedGateChecks,
];
