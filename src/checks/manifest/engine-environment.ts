import { environmentValue } from '../../inspect/container.js';
import { textsAt } from '../../inspect/field.js';
import { error, type ManifestCheck, warning } from './manifest-check.js';

const TRUE = /^(1|true|yes|on)$/i;

/**
 * Nodes of GKE mount their driver outside the linker's path: an image of CUDA 12 finds it by this value only, which names
 * the driver's folder first and the image's own CUDA after it (vllm-project/vllm#25766, llm-d/llm-d#1063).
 */
const GKE_DRIVER = '/usr/local/nvidia/lib64:/usr/local/cuda/lib64';

function findsDriverOfGke(value: string | undefined, nodeLabels: readonly string[]): boolean {
  return value === GKE_DRIVER && nodeLabels.some((label) => label.startsWith('cloud.google.com/'));
}

export const engineEnvironmentChecks: readonly ManifestCheck[] = [
  {
    id: 'engine/environment-known',
    title: 'every VLLM_ variable is one that this version reads',
    why: 'A variable that was removed or misspelt is ignored with one line in the log: the server runs, but not as configured.',
    source: 'envs.py of the vLLM wheels 0.19.1 to 0.33.0; vllm#50292',
    inputs: ['servers'],
    traps: [14],
    run: ({ servers }) =>
      servers.flatMap(({ subject, container, engine }) => {
        const { table } = engine;
        if (!table) return [];
        const elsewhere = textsAt(table, 'env_read_outside_envs_py');
        return container.env
          .filter(({ name }) => name.startsWith('VLLM_') && !(name in table.env) && !elsewhere.includes(name))
          .map(({ name }) =>
            warning(subject, `vLLM ${engine.version} does not read ${name}: it is ignored`, `remove ${name}`),
          );
      }),
  },
  {
    id: 'engine/development-mode',
    title: 'the development routes are off',
    why: 'VLLM_SERVER_DEV_MODE adds /sleep, /collective_rpc, /update_weights and more, which no API key guards.',
    source: 'routes of the vLLM 0.32.0 server, with and without the variable',
    inputs: ['servers'],
    guards: true,
    run: ({ servers }) =>
      servers
        .filter(({ container }) => TRUE.test(environmentValue(container, 'VLLM_SERVER_DEV_MODE') ?? ''))
        .map(({ subject }) =>
          error(
            subject,
            'VLLM_SERVER_DEV_MODE opens administrative routes without a key',
            'remove VLLM_SERVER_DEV_MODE',
          ),
        ),
  },
  {
    id: 'engine/port-variable',
    title: 'VLLM_PORT is a number',
    why: 'Written as a Service link writes it, tcp://…, it ends the worker after minutes of start-up.',
    source: 'seen on vLLM 0.32.0; vllm#34199',
    inputs: ['servers'],
    traps: [1],
    run: ({ servers }) =>
      servers
        .filter(({ container }) => !/^\d*$/.test(environmentValue(container, 'VLLM_PORT') ?? ''))
        .map(({ subject }) =>
          error(
            subject,
            'VLLM_PORT is no port number',
            'remove VLLM_PORT: it is for the ports between processes',
          ),
        ),
  },
  {
    id: 'gpu/visible-devices',
    title: 'the device plugin alone says which GPUs a container sees',
    why: 'CUDA_VISIBLE_DEVICES counts the devices that were handed in, and the engine cannot parse the UUIDs of MIG slices.',
    source: 'vllm#41848, vLLM PR 46132',
    inputs: ['servers'],
    traps: [18],
    run: ({ servers }) =>
      servers.flatMap(({ subject, container }) =>
        container.env
          .filter(({ name }) => /^(CUDA|HIP|NVIDIA)_VISIBLE_DEVICES$/.test(name))
          .map(({ name }) =>
            error(
              subject,
              `${name} overrides what the device plugin hands in`,
              `remove ${name}; ask for GPUs in resources.limits`,
            ),
          ),
      ),
  },
  {
    id: 'gpu/library-path',
    title: 'the image finds its own CUDA libraries',
    why: "An LD_LIBRARY_PATH from outside puts another driver or CUDA before the image's own: error 803 or 804 at the first use of the GPU.",
    source: 'llm-d#706, gpustack#4678, vllm#21979, vllm#33447',
    inputs: ['servers'],
    traps: [17],
    run: ({ servers }) =>
      servers
        .filter(({ container, workload }) =>
          container.env.some(
            ({ name, value }) =>
              name === 'LD_PRELOAD' ||
              (name === 'LD_LIBRARY_PATH' && !findsDriverOfGke(value, Object.keys(workload.pod.nodeLabels))),
          ),
        )
        .map(({ subject }) =>
          error(
            subject,
            'LD_LIBRARY_PATH or LD_PRELOAD replaces the CUDA libraries of the image',
            'remove it',
          ),
        ),
  },
];
