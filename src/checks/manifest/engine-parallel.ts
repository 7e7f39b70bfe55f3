import semver from 'semver';
import { environmentValue } from '../../inspect/container.js';
import { flagIsOn, flagNumber } from '../../inspect/engine.js';
import { listAt } from '../../inspect/field.js';
import { isSharedGpuResource } from '../../inspect/gpu-resource.js';
import type { Server } from '../../inspect/inspected.js';
import { error, type ManifestCheck, warning } from './manifest-check.js';

/** Flags by which each pod holds one rank of data parallelism. */
const ONE_RANK = ['--data-parallel-rank', '--data-parallel-external-lb'];

/** Devices that one pod's share of a replica uses; undefined where that cannot be told from its arguments. */
function devicesPerPod({ engine, workload }: Server): number | undefined {
  const { parsed, nodes } = engine;
  const claims = listAt(workload.pod.spec, 'resourceClaims').length > 0;
  if (!nodes || claims || engine.cpuBuild) return undefined;
  const oneRank = ONE_RANK.some((flag) => parsed.flags[flag] !== undefined);
  const local = flagNumber(parsed, '--data-parallel-size-local') ?? (oneRank ? 1 : engine.dataParallelSize);
  return (engine.tensorParallelSize * engine.pipelineParallelSize * local) / nodes;
}

/** Cards without peer access over PCIe, or with one that hangs. */
const WITHOUT_PEER_ACCESS = /GeForce|RTX-PRO-6000/i;

export const engineParallelChecks: readonly ManifestCheck[] = [
  {
    id: 'gpu/parallel-size',
    title: 'the pod has as many GPUs as the engine uses',
    why: 'With fewer the engine does not start; with more the rest stand idle and are paid for.',
    source: 'vLLM docs, parallelism and scaling',
    inputs: ['servers'],
    run: ({ servers }) =>
      servers.flatMap((server) => {
        const { workload, engine, subject } = server;
        const devices = devicesPerPod(server);
        if (devices === undefined || workload.pod.gpus === devices) return [];
        const sizes = `tensor ${engine.tensorParallelSize} × pipeline ${engine.pipelineParallelSize} × data ${engine.dataParallelSize}`;
        return [
          error(
            subject,
            `the engine uses ${devices} GPUs in this pod (${sizes}), the pod asks for ${workload.pod.gpus}`,
            'make --tensor-parallel-size × --pipeline-parallel-size equal to the GPUs in resources.limits',
          ),
        ];
      }),
  },
  {
    id: 'engine/ray',
    title: 'the engine does not wait for a Ray that its image lacks',
    why: 'The image has no Ray since 0.19: the container ends with ModuleNotFoundError.',
    source: 'vllm#33445, vLLM PR 39400, lws#835',
    inputs: ['servers', 'workloads'],
    traps: [16],
    run: ({ servers, workloads }) => {
      const remedy =
        'use --distributed-executor-backend mp with --nnodes, --node-rank and --master-addr, or an image with Ray';
      const byFlag = servers
        .filter(({ engine }) => engine.parsed.flags['--distributed-executor-backend']?.values[0] === 'ray')
        .filter(({ engine }) => !engine.version || semver.gte(engine.version, '0.19.0'));
      const byScript = workloads.filter(({ pod }) =>
        pod.containers.some(
          ({ image, command, args }) =>
            /vllm-openai/.test(image.repository) &&
            /\bray (start|job)\b|multi-node-serving\.sh/.test([...command, ...args].join(' ')),
        ),
      );
      const subjects = [...byFlag.map(({ subject }) => subject), ...byScript.map(({ subject }) => subject)];
      return subjects.map((subject) => error(subject, 'the vllm-openai image has no Ray since 0.19', remedy));
    },
  },
  {
    id: 'gpu/shared',
    title: 'an engine on a shared GPU takes its share only',
    why: 'vLLM takes its share of the whole memory at start; a second engine on the device finds it gone.',
    source: 'vllm#20305, vllm#19125; NVIDIA/k8s-device-plugin docs',
    inputs: ['servers'],
    traps: [19],
    run: ({ servers }) =>
      servers.flatMap(({ subject, workload, container, engine }) => {
        const { limits } = container;
        const products = workload.pod.nodeLabels['nvidia.com/gpu.product'] ?? [];
        const strategy = workload.pod.nodeLabels['nvidia.com/gpu.sharing-strategy'] ?? [];
        const shared =
          Object.keys(limits).some(isSharedGpuResource) ||
          (products.length > 0 && products.every((product) => product.endsWith('-SHARED'))) ||
          strategy.some((value) => value !== 'none');
        const utilization = Number(engine.parsed.flags['--gpu-memory-utilization']?.values[0] ?? 0.92);
        if (!shared || engine.parsed.flags['--kv-cache-memory-bytes'] || utilization <= 0.5) return [];
        return [
          error(
            subject,
            `the GPU is shared and the engine takes ${Math.round(utilization * 100)} % of its memory`,
            'use MIG slices, or set --kv-cache-memory-bytes or a --gpu-memory-utilization that leaves room for the others',
          ),
        ];
      }),
  },
  {
    id: 'gpu/peer-access',
    title: 'cards without peer access are told so',
    why: 'On GeForce and RTX PRO cards NCCL and the custom all-reduce try direct copies between cards, and hang.',
    source: 'vllm#51513, vLLM PR 36570, rtx6kpro#15',
    inputs: ['servers'],
    traps: [21],
    run: ({ servers }) =>
      servers.flatMap(({ subject, workload, container, engine }) => {
        const products = workload.pod.nodeLabels['nvidia.com/gpu.product'] ?? [];
        const affected =
          workload.pod.gpus > 1 && products.some((product) => WITHOUT_PEER_ACCESS.test(product));
        if (!affected) return [];
        const missing = [
          environmentValue(container, 'NCCL_P2P_DISABLE') === '1' ? [] : 'NCCL_P2P_DISABLE=1',
          flagIsOn(engine.parsed, '--disable-custom-all-reduce') ? [] : '--disable-custom-all-reduce',
        ].flat();
        if (missing.length === 0) return [];
        return [
          warning(
            subject,
            `${products.join(', ')} has no peer access over PCIe, and ${missing.join(' and ')} is not set`,
            `set ${missing.join(' and ')}`,
          ),
        ];
      }),
  },
];
