import { environmentValue } from '../../inspect/container.js';
import { volumeAt } from '../../inspect/pod.js';
import { error, type ManifestCheck, warning } from './manifest-check.js';

const CACHES = ['VLLM_CACHE_ROOT', 'TORCHINDUCTOR_CACHE_DIR', 'TRITON_CACHE_DIR', 'HOME'];

export const weightChecks: readonly ManifestCheck[] = [
  {
    id: 'weights/one-writer',
    title: 'one Job writes the weights, servers only read them',
    why: "Several downloads into one network volume lock, rename and corrupt each other's files.",
    source: 'huggingface_hub#2543, huggingface_hub#3944, llm-d-benchmark#1750',
    inputs: ['servers'],
    traps: [36],
    run: ({ servers }) =>
      servers.flatMap(({ subject, workload, container, engine, maxReplicas }) => {
        const local = engine.model?.startsWith('/') ?? false;
        const path = local
          ? (engine.model ?? '')
          : (environmentValue(container, 'HF_HOME') ?? environmentValue(container, 'HF_HUB_CACHE') ?? '');
        const at = path === '' ? undefined : volumeAt(workload.pod, container, path);
        if (!at?.writable || at.volume.kind !== 'persistentVolumeClaim') return [];
        if (local)
          return [
            warning(
              subject,
              `the weights at ${path} can be written by the server`,
              'mount the volume with readOnly: true',
            ),
          ];
        return maxReplicas > 1
          ? [
              error(
                subject,
                `up to ${maxReplicas} pods download ${engine.model} into one volume at the same time`,
                'fill the volume with one Job and mount it with readOnly: true',
              ),
            ]
          : [];
      }),
  },
  {
    id: 'weights/offline',
    title: 'a server with local weights does not ask the hub',
    why: 'Otherwise each start checks the hub for files and fails, or waits, where there is no way out.',
    source: 'seen on vLLM 0.32.0; huggingface_hub docs, environment variables',
    inputs: ['servers'],
    traps: [36],
    run: ({ servers }) =>
      servers
        .filter(
          ({ engine, container }) =>
            engine.model?.startsWith('/') && environmentValue(container, 'HF_HUB_OFFLINE') !== '1',
        )
        .map(({ subject }) =>
          warning(
            subject,
            'the weights are local, but the server may ask the hub',
            'set HF_HUB_OFFLINE to "1"',
          ),
        ),
  },
  {
    id: 'weights/local-path',
    title: 'the weights lie where the server looks for them',
    why: 'A path that no volume holds is empty: the engine takes it for a repository name and ends.',
    source: 'seen on vLLM 0.32.0',
    inputs: ['servers'],
    run: ({ servers }) =>
      servers
        .filter(
          ({ workload, container, engine }) =>
            engine.model?.startsWith('/') && !volumeAt(workload.pod, container, engine.model),
        )
        .map(({ subject, engine }) =>
          error(subject, `no volume holds ${engine.model}`, 'mount the weights volume at this path'),
        ),
  },
  {
    id: 'storage/compile-cache',
    title: 'each pod has its own compile cache',
    why: "Pods that share torch.compile's files race for them and read half-written ones.",
    source: 'vllm#24601, vLLM PR 27616',
    inputs: ['servers'],
    traps: [40],
    run: ({ servers }) =>
      servers.flatMap(({ subject, workload, container, maxReplicas }) =>
        CACHES.flatMap((name) => {
          const path = environmentValue(container, name);
          const at = path === undefined ? undefined : volumeAt(workload.pod, container, path);
          if (maxReplicas < 2 || at?.volume.kind !== 'persistentVolumeClaim') return [];
          return [
            error(
              subject,
              `up to ${maxReplicas} pods share the cache ${name} on claim ${at.volume.claim}`,
              'put it on an emptyDir',
            ),
          ];
        }),
      ),
  },
];
