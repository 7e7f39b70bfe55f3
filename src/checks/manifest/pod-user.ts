import { type Container, environmentValue } from '../../inspect/container.js';
import { flagAt, numberAt } from '../../inspect/field.js';
import { type PodTemplate, volumeAt } from '../../inspect/pod.js';
import { error, type ManifestCheck, warning } from './manifest-check.js';

/** The user that the image knows, in group 0. Source: Dockerfile of vllm/vllm-openai. */
const IMAGE_USER = 2000;
const CACHES = [
  'HF_HOME',
  'VLLM_CACHE_ROOT',
  'TRITON_CACHE_DIR',
  'TORCHINDUCTOR_CACHE_DIR',
  'XDG_CACHE_HOME',
];

function idOf(pod: PodTemplate, container: Container, which: 'runAsUser' | 'runAsGroup'): number | undefined {
  return numberAt(container.securityContext, which) ?? numberAt(pod.spec, 'securityContext', which);
}

export const podUserChecks: readonly ManifestCheck[] = [
  {
    id: 'pod/known-user',
    title: "the engine's user has a name, a home and the image's group",
    why: "A user without an entry in /etc/passwd makes Python's getpwuid fail, in torch, in Triton or in a cache's path; the image's files belong to group 0.",
    source: 'kserve#5666, dynamo PR 12457; Dockerfile of vllm/vllm-openai, vLLM PR 40275',
    inputs: ['servers'],
    traps: [2, 3],
    run: ({ servers }) =>
      servers.flatMap(({ subject, workload, container }) => {
        const user = idOf(workload.pod, container, 'runAsUser');
        if (user === undefined || user === 0) return [];
        const missing = ['USER', 'LOGNAME', 'HOME'].filter((name) => !environmentValue(container, name));
        const group = idOf(workload.pod, container, 'runAsGroup');
        return [
          ...(missing.length > 0 &&
          !(user === IMAGE_USER && !missing.includes('HOME') && !missing.includes('USER'))
            ? [
                error(
                  subject,
                  `user ${user} has no ${missing.join(', ')}`,
                  `set ${missing.join(', ')} in env`,
                ),
              ]
            : []),
          ...(group === 0
            ? []
            : [
                error(
                  subject,
                  `user ${user} is in group ${group ?? 'of the image'}, and the image's files belong to group 0`,
                  'set runAsGroup: 0',
                ),
              ]),
        ];
      }),
  },
  {
    id: 'pod/writable-caches',
    title: 'caches lie where the user may write',
    why: 'vLLM, torch, Triton and the hub write below HOME or their own variables; a read-only or foreign place ends in PermissionError: /.cache.',
    source: 'vllm#9118, llm-d#485; vLLM docs, environment variables',
    inputs: ['servers'],
    traps: [3],
    run: ({ servers }) =>
      servers.flatMap(({ subject, workload, container }) => {
        const user = idOf(workload.pod, container, 'runAsUser');
        if (user === undefined || user === 0) return [];
        return ['HOME', ...CACHES].flatMap((name) => {
          const path = environmentValue(container, name);
          if (path === undefined) return [];
          const at = volumeAt(workload.pod, container, path);
          const readOnlyModels = name === 'HF_HOME' && environmentValue(container, 'HF_HUB_OFFLINE') === '1';
          if (at?.writable || readOnlyModels) return [];
          return [
            error(subject, `${name} is ${path}, where user ${user} cannot write`, 'mount an emptyDir there'),
          ];
        });
      }),
  },
  {
    id: 'pod/read-only-root',
    title: 'a GPU container keeps a writable root',
    why: "The hook that hands GPUs in writes into the container's root: with readOnlyRootFilesystem the pod does not start on many clusters.",
    source: 'kserve config-llm-template.yaml (nvidia-cdi-hook)',
    inputs: ['workloads'],
    traps: [4],
    run: ({ workloads }) =>
      workloads
        .filter(({ pod }) => pod.gpus > 0)
        .flatMap(({ subject, pod }) =>
          pod.containers
            .filter(({ securityContext }) => flagAt(securityContext, 'readOnlyRootFilesystem') === true)
            .map(({ name }) =>
              warning(
                subject,
                `container ${name} has a read-only root, into which the GPU hook must write`,
                'leave readOnlyRootFilesystem out; Pod Security restricted does not ask for it',
              ),
            ),
        ),
  },
];
