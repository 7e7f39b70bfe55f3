import { environmentValue } from '../../inspect/container.js';
import { flagNumber } from '../../inspect/engine.js';
import { numberAt } from '../../inspect/field.js';
import { volumeAt } from '../../inspect/pod.js';
import { error, type ManifestCheck, warning } from './manifest-check.js';

export const engineBackendChecks: readonly ManifestCheck[] = [
  {
    id: 'engine/multiprocess-metrics',
    title: 'several API servers keep their metrics on a local disk',
    why: 'They share files under PROMETHEUS_MULTIPROC_DIR; on a network volume the locks fail and /metrics answers 500.',
    source: 'vllm#49983',
    inputs: ['servers'],
    traps: [24],
    run: ({ servers }) =>
      servers.flatMap(({ subject, workload, container, engine }) => {
        const processes = flagNumber(engine.parsed, '--api-server-count') ?? engine.dataParallelSize;
        const chosen = environmentValue(container, 'PROMETHEUS_MULTIPROC_DIR');
        if (processes < 2 && chosen === undefined) return [];
        const directory = chosen ?? '/tmp';
        const at = volumeAt(workload.pod, container, directory);
        if (at?.writable && at.volume.kind === 'emptyDir') return [];
        return [
          error(
            subject,
            `the API servers write their metrics to ${directory}, which ${at ? `is a ${at.volume.kind}` : 'no emptyDir holds'}`,
            'mount an emptyDir there and set PROMETHEUS_MULTIPROC_DIR to it',
          ),
        ];
      }),
  },
  {
    id: 'engine/cpu-backend',
    title: 'the processor build gets whole cores and a fixed cache',
    why: 'It binds threads to cores and sizes its cache from what it believes the machine has: with a share of a core, or without VLLM_CPU_KVCACHE_SPACE, it is slow or killed.',
    source: 'vLLM PR 45086, vllm#10556, vllm#58033',
    inputs: ['servers'],
    traps: [44],
    run: ({ servers }) =>
      servers
        .filter(({ engine }) => engine.cpuBuild)
        .flatMap(({ subject, container }) => {
          const missing = container.env.some(({ name }) => name === 'VLLM_CPU_KVCACHE_SPACE')
            ? []
            : [
                error(
                  subject,
                  'VLLM_CPU_KVCACHE_SPACE is not set: the cache is guessed from the whole machine',
                  'set VLLM_CPU_KVCACHE_SPACE, in GiB',
                ),
              ];
          const { cpu } = container.limits;
          const whole = cpu !== undefined && Number.isInteger(cpu) && container.requests.cpu === cpu;
          const cores = whole
            ? []
            : [
                warning(
                  subject,
                  'cores are not whole and guaranteed: threads are bound to cores that others use',
                  'set the same whole number of cpu as request and limit',
                ),
              ];
          return [...missing, ...cores];
        }),
  },
  {
    id: 'engine/ascend-user',
    title: 'several NPUs run under a user that the image knows',
    why: 'On Ascend a user without an entry in /etc/passwd fails as soon as more than one NPU takes part.',
    source: 'vllm-ascend#9490',
    inputs: ['servers'],
    traps: [49],
    run: ({ servers }) =>
      servers.flatMap(({ subject, workload, container }) => {
        const ascend = workload.pod.gpuResources.some((name) => name.startsWith('huawei.com/'));
        const user =
          numberAt(container.securityContext, 'runAsUser') ??
          numberAt(workload.pod.spec, 'securityContext', 'runAsUser') ??
          0;
        if (!ascend || workload.pod.gpus < 2 || user === 0) return [];
        return [
          warning(
            subject,
            `user ${user} has no entry in the image's /etc/passwd, and ${workload.pod.gpus} NPUs take part`,
            'use an image with an entry for this user',
          ),
        ];
      }),
  },
];
