import { key, onServers, onServing, type PlanCheck, type PlanFinding } from './planned.js';

export const scalingAdmission: PlanCheck = {
  id: 'scaling/admission-cap',
  title: 'the autoscaler acts before the server refuses',
  why: 'requests beyond the admission cap are refused and never wait: a threshold above the cap is never reached',
  source: 'vllm-project/vllm#49445: the cap counts waiting plus running',
  inputs: ['servers[].concurrency', 'servers[].scaling'],
  run: onServers(({ concurrency, scaling }, planned): PlanFinding[] => {
    if (scaling === null || concurrency.admitted > concurrency.target + scaling.waitingThreshold) return [];
    return [
      {
        severity: 'error',
        message: `engine.maxNumQueuedReqs ${concurrency.admitted} leaves no room for ${concurrency.target} running and ${scaling.waitingThreshold} waiting requests`,
        remedy: [
          `set engine.maxNumQueuedReqs to at least ${concurrency.target + 2 * scaling.waitingThreshold}`,
        ],
        subject: key(planned, 'engine.maxNumQueuedReqs'),
      },
    ];
  }),
};

export const scalingPrometheus: PlanCheck = {
  id: 'scaling/prometheus-address',
  title: 'the autoscaler knows where the metrics are',
  why: 'KEDA asks Prometheus for the queue; without an address there is nothing to ask',
  source: 'KEDA prometheus scaler',
  inputs: ['cluster.capabilities', 'cluster.prometheus.address'],
  run: onServing(({ sizing }, planned): PlanFinding[] => {
    const { cluster } = planned.resolved;
    const wanted =
      (cluster.capabilities?.includes('keda') ?? false) && sizing.replicas.max > sizing.replicas.min;
    if (!wanted || cluster.prometheus?.address !== undefined) return [];
    return [
      {
        severity: 'question',
        message: 'the cluster has KEDA, but cluster.prometheus.address is not set: replicas stay fixed',
        remedy: ['set cluster.prometheus.address, e.g. http://prometheus-operated.monitoring:9090'],
        key: key(planned, 'cluster.prometheus.address'),
      },
    ];
  }),
};

export const scalingRange: PlanCheck = {
  id: 'scaling/range',
  title: 'replicas.min is not above replicas.max',
  why: 'no number of replicas lies between them',
  source: 'KEDA ScaledObject',
  inputs: ['servers[].replicas'],
  run: onServers(({ replicas }, planned): PlanFinding[] =>
    replicas.min <= replicas.max
      ? []
      : [
          {
            severity: 'error',
            message: `sizing.replicas.min ${replicas.min} is above max ${replicas.max}`,
            remedy: [`set sizing.replicas.max to ${replicas.min} or more`],
            subject: key(planned, 'sizing.replicas'),
          },
        ],
  ),
};
