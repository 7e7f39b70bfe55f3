import { error, type ManifestCheck, warning } from './manifest-check.js';

const SCALABLE = new Set(['Deployment', 'StatefulSet', 'LeaderWorkerSet']);

export const scalerTargetChecks: readonly ManifestCheck[] = [
  {
    id: 'scaling/target',
    title: 'a scaler names a workload that exists',
    why: 'KEDA takes any name; its status says ScaledObjectCheckFailed and nothing scales.',
    source: 'tried against KEDA 2.21.0',
    inputs: ['scalers', 'objects'],
    run: ({ scalers, workloads, objects }) =>
      scalers
        .filter((scaler) => scaler.workloads.length === 0)
        // Custom kinds such as a Rollout can be scaled too.
        .filter(
          ({ target }) =>
            !objects.some(({ kind, metadata }) => kind === target.kind && metadata.name === target.name),
        )
        .map(({ subject, target, namespace }) => {
          const known = workloads
            .filter((each) => each.namespace === namespace && SCALABLE.has(each.kind))
            .map((each) => `${each.kind}/${each.name}`);
          return error(
            subject,
            `there is no ${target.kind}/${target.name}`,
            `use one of: ${[...new Set(known)].join(', ')}`,
          );
        }),
  },
  {
    id: 'scaling/one-scaler',
    title: 'a workload has one scaler',
    why: "KEDA makes a HorizontalPodAutoscaler of its own; with a second one they undo each other's work.",
    source: 'keda#5572; seen with KEDA 2.21.0',
    inputs: ['scalers', 'workloads'],
    traps: [29],
    run: ({ scalers, workloads }) =>
      workloads
        .filter(({ role }) => role !== 'worker')
        .map((workload) => ({
          workload,
          own: scalers.filter((scaler) => scaler.workloads.includes(workload)),
        }))
        .filter(({ own }) => own.length > 1)
        .map(({ workload, own }) =>
          error(
            workload.subject,
            `${own.map(({ subject }) => subject).join(' and ')} both scale it`,
            'keep the ScaledObject, with all triggers in it',
          ),
        ),
  },
  {
    id: 'scaling/signal',
    title: 'a GPU server is not scaled by its processor',
    why: "Processor and host memory say nothing about a GPU's queue: replicas are added too late, or for nothing.",
    source: 'Google Cloud docs, autoscaling LLM inference on GPUs',
    inputs: ['servers'],
    run: ({ servers }) =>
      servers
        .filter(({ workload }) => workload.pod.gpus > 0)
        .flatMap(({ scalers, subject: server }) =>
          scalers
            .filter(({ triggers }) => triggers.some(({ type }) => type === 'cpu' || type === 'memory'))
            .map(({ subject }) =>
              warning(
                subject,
                `${server} is scaled by processor or memory`,
                'scale by vllm:num_requests_waiting_by_reason and vllm:num_requests_running',
              ),
            ),
        ),
  },
];
