import { flagNumber } from '../../inspect/engine.js';
import { type PodTemplate, volumeAt } from '../../inspect/pod.js';
import { error, type ManifestCheck, warning } from './manifest-check.js';

const GIB = 2 ** 30;
/** API server and engine process without any weights, as measured on vLLM 0.32.0. */
const ENGINE_BYTES = 2 * GIB;

/** Bytes of volumes in memory: they count as the container's memory. */
function memoryVolumeBytes({ volumes }: PodTemplate): number {
  return volumes
    .filter(({ medium }) => medium === 'Memory')
    .reduce((sum, { sizeLimitBytes }) => sum + (sizeLimitBytes ?? 0), 0);
}

export const podMemoryChecks: readonly ManifestCheck[] = [
  {
    id: 'pod/shared-memory',
    title: 'several GPUs of one pod have shared memory',
    why: 'The runtime gives 64 MiB of /dev/shm; NCCL and the engine\'s ring buffers need more as soon as two processes work together: "unhandled system error", or a bus error.',
    source: 'vllm#1710; vLLM docs, deployment on Kubernetes',
    inputs: ['servers'],
    traps: [5],
    run: ({ servers }) =>
      servers.flatMap(({ subject, workload, container }) => {
        if (workload.pod.gpus < 2) return [];
        const at = volumeAt(workload.pod, container, '/dev/shm');
        if (at?.volume.kind !== 'emptyDir' || at.volume.medium !== 'Memory') {
          return [
            error(
              subject,
              `${workload.pod.gpus} GPUs talk over the 64 MiB of /dev/shm`,
              'mount an emptyDir with medium: Memory and a sizeLimit at /dev/shm',
            ),
          ];
        }
        const size = at.volume.sizeLimitBytes;
        if (size === undefined)
          return [
            warning(
              subject,
              '/dev/shm has no sizeLimit: it may take all memory of the pod',
              'set a sizeLimit',
            ),
          ];
        return size < GIB
          ? [
              error(
                subject,
                `/dev/shm has ${(size / 2 ** 20).toFixed(0)} MiB`,
                'set a sizeLimit of 1Gi or more',
              ),
            ]
          : [];
      }),
  },
  {
    id: 'pod/memory-limit',
    title: 'the memory limit holds the engine and what counts as memory beside it',
    why: 'Volumes in memory and offloaded cache count against the limit: the kernel ends the engine under load (OOMKilled).',
    source: 'vllm#57469, vllm#28923; Kubernetes docs, emptyDir',
    inputs: ['servers'],
    traps: [6],
    run: ({ servers }) =>
      servers.flatMap(({ subject, workload, container, engine }) => {
        const offloadGib =
          (flagNumber(engine.parsed, '--cpu-offload-gb') ?? 0) * workload.pod.gpus +
          (flagNumber(engine.parsed, '--kv-offloading-size') ?? 0);
        const needed = memoryVolumeBytes(workload.pod) + offloadGib * GIB + ENGINE_BYTES;
        const limit = container.limits.memory;
        const request = container.requests.memory;
        if (request === undefined)
          return [
            warning(
              subject,
              'no memory is requested: the scheduler counts none',
              'request the memory that the engine takes',
            ),
          ];
        const least = Math.min(limit ?? request, request);
        if (least >= needed) return [];
        return [
          error(
            subject,
            `${(least / GIB).toFixed(1)} GiB must hold ${(memoryVolumeBytes(workload.pod) / GIB).toFixed(1)} GiB of volumes in memory, ${offloadGib.toFixed(1)} GiB of offload and the engine`,
            `give it ${Math.ceil(needed / GIB)} GiB plus the largest weight file`,
          ),
        ];
      }),
  },
  {
    id: 'pod/volume-medium',
    title: 'the medium of an emptyDir is one that the kubelet knows',
    why: 'The API server takes any text; the pod then stays in ContainerCreating.',
    source: 'Kubernetes docs, emptyDir; tried against kube-apiserver 1.36.3',
    inputs: ['workloads'],
    run: ({ workloads }) =>
      workloads.flatMap(({ subject, pod }) =>
        pod.volumes
          .filter(({ medium }) => medium !== undefined && !/^(|Memory|HugePages(-\w+)?)$/.test(medium))
          .map(({ name, medium }) =>
            error(
              subject,
              `volume ${name}: no medium is called '${medium}'`,
              'write Memory, with a capital letter, or leave it out',
            ),
          ),
      ),
  },
  {
    id: 'pod/ephemeral-storage',
    title: "the node's disk is asked for and bounded",
    why: "Caches and logs on the node's disk end in the eviction of pods, this one or its neighbours.",
    source: 'Kubernetes docs, local ephemeral storage; LLMKube#1452, LMCache#1399',
    inputs: ['servers'],
    traps: [38],
    run: ({ servers }) =>
      servers.flatMap(({ subject, workload, container }) => {
        const unbounded = workload.pod.volumes.filter(
          ({ kind, sizeLimitBytes }) => kind === 'emptyDir' && sizeLimitBytes === undefined,
        );
        const limit = container.limits['ephemeral-storage'];
        const onDisk = workload.pod.volumes.filter(
          ({ kind, medium }) => kind === 'emptyDir' && medium !== 'Memory',
        );
        const volumes = onDisk.reduce((sum, { sizeLimitBytes }) => sum + (sizeLimitBytes ?? 0), 0);
        return [
          ...unbounded.map(({ name }) =>
            warning(subject, `emptyDir ${name} has no sizeLimit`, 'set a sizeLimit'),
          ),
          ...(limit === undefined
            ? [
                warning(
                  subject,
                  'ephemeral-storage has no limit',
                  'set request and limit of ephemeral-storage',
                ),
              ]
            : []),
          ...(limit !== undefined && volumes > limit
            ? [
                error(
                  subject,
                  `emptyDir volumes may take ${(volumes / GIB).toFixed(1)} GiB, the limit of ephemeral-storage is ${(limit / GIB).toFixed(1)} GiB`,
                  'raise the limit of ephemeral-storage',
                ),
              ]
            : []),
        ];
      }),
  },
];
