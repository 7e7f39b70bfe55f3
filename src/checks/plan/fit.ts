import type { NearestChoice, Sizing } from '../../sizing/types.js';
import { gib, key, onServers, type PlanCheck, type PlanFinding } from './planned.js';

const SOURCE =
  'memory budget of the engine: gpuMemoryUtilization × memory − weights − activation − non-torch − graphs';

/** One check per reason for which a model does not fit; `sizeModel` names the reason and the nearest choices. */
function blockerCheck(id: string, title: string, why: string, otherwise: string): PlanCheck {
  return {
    id,
    title,
    why,
    source: SOURCE,
    inputs: ['servers[].sizing'],
    run: onServers(({ sizing }, planned) =>
      // What only fails at the unfavourable end is a warning: fit/barely.
      (sizing.verdict === 'no' ? sizing.blockers : [])
        .filter((blocker) => blocker.id === id)
        .map((blocker) => ({
          severity: 'error' as const,
          message: blocker.message,
          remedy: sizing.nearest.length + sizing.nearestBarely.length > 0 ? nearest(sizing) : [otherwise],
          subject: key(planned, 'model'),
        })),
    ),
  };
}

/** Keys of a selection for the settings that `sizeModel` offers to change. */
const KEYS: Readonly<Record<string, string>> = {
  precision: 'precision',
  maxModelLen: 'sizing.context',
  concurrency: 'sizing.concurrency',
  gpus: 'sizing.gpusPerReplica',
  gpuMemoryUtilization: 'engine.gpuMemoryUtilization',
  tensorParallelSize: 'engine.tensorParallelSize',
  pipelineParallelSize: 'engine.pipelineParallelSize',
  kvCacheDtype: 'engine.kvCacheDtype',
  enforceEager: 'engine.enforceEager',
  accelerator: 'sizing.accelerator',
};

/** The nearest choices as lines: the keys to set, and what that leaves; what fits only barely comes last. */
export function nearest({ nearest: sure, nearestBarely }: Sizing): string[] {
  return [
    ...sure.map((choice) => choiceLine(choice, 'fits')),
    ...nearestBarely.map((choice) => choiceLine(choice, 'fits barely, at the likely overhead')),
  ];
}

function choiceLine({ change, set, weightsGib, kvCacheTokens }: NearestChoice, fits: string): string {
  const known = Object.entries(set).filter(([name]) => KEYS[name] !== undefined);
  const words =
    known.length === 0 ? change : known.map(([name, value]) => `${KEYS[name]}: ${value}`).join(', ');
  return `${words} ${fits}: ${gib(weightsGib)} GiB of weights per accelerator, ${kvCacheTokens.toLocaleString('en-US')} tokens of KV cache`;
}

export const fitWeights = blockerCheck(
  'fit/weights',
  'the weights fit the accelerators',
  'all weights of a model are resident, also those of experts that a token does not use; what does not fit ends in an out-of-memory error while loading',
  'take a smaller model, or an accelerator with more memory',
);
export const fitKvCache = blockerCheck(
  'fit/kv-cache',
  'at least one request of full length fits the KV cache',
  'the engine refuses to start where one request of maxModelLen tokens needs more cache than the weights leave',
  'take a shorter context, a smaller model or more accelerators',
);
export const fitParallel = blockerCheck(
  'fit/parallel',
  'the parallel sizes divide the model',
  'tensor parallelism splits attention heads and quantization blocks: a size that does not divide them ends the start-up',
  'leave engine.tensorParallelSize out: a size that divides the model is chosen',
);
export const fitPrecision = blockerCheck(
  'fit/precision',
  'the accelerator can run this precision',
  'number formats need hardware or kernels that older cards lack; the engine stops, or falls back to a slower path',
  'take a precision that the accelerator has, see berth explain and the id of the accelerator',
);
export const fitKvCacheDtype = blockerCheck(
  'fit/kv-cache-dtype',
  'the accelerator can run this type of KV cache',
  'kernels for e4m3 need compute capability 8.9: on older cards the engine stops when it compiles them',
  'engine.kvCacheDtype: fp8_e5m2 is read by older cards, where the engine version has it; or leave it out: 16 bit, half the tokens',
);
export const fitCudaGraphs = blockerCheck(
  'fit/cuda-graphs',
  'what the engine takes outside its budget is free',
  'some versions capture CUDA graphs on top of gpuMemoryUtilization: the cache is allocated, and then the start-up dies',
  'lower engine.gpuMemoryUtilization, or set engine.enforceEager: true',
);

export const fitBarely: PlanCheck = {
  id: 'fit/barely',
  title: 'the model also fits at the unfavourable end of the estimate',
  why: 'overhead differs between drivers, engine patches and a warm or cold compile cache; a plan that only fits at the likely value may not start',
  source: SOURCE,
  inputs: ['servers[].sizing.verdict'],
  run: onServers(({ sizing }, planned): PlanFinding[] =>
    sizing.verdict !== 'barely'
      ? []
      : [
          {
            severity: 'warning',
            message: `fits barely: ${gib(sizing.perGpu.kvCacheGib)} GiB of KV cache per accelerator are likely, ${gib(sizing.kvCacheGibRange[0])} GiB at the unfavourable end`,
            remedy: [
              'take a shorter context, a smaller precision or one accelerator more, or start it once before you rely on it',
              ...nearest(sizing),
            ],
            subject: key(planned, 'sizing'),
          },
        ],
  ),
};

export const fitConcurrency: PlanCheck = {
  id: 'fit/concurrency',
  title: 'the planned concurrency fits the KV cache',
  why: 'requests beyond the cache wait or are preempted and computed again: latency grows though the accelerator is busy',
  source: 'tokens of cache ÷ (usage.inputTokens + usage.outputTokens), or ÷ context where usage is not said',
  inputs: ['servers[].sizing.kvCacheTokens', 'sizing.concurrency', 'usage'],
  run: onServers(({ sizing, concurrency }, planned): PlanFinding[] => {
    if (!sizing.fits) return [];
    const { inputTokens, outputTokens } = planned.resolved.usage;
    const typical =
      inputTokens !== undefined && outputTokens !== undefined ? inputTokens + outputTokens : undefined;
    const perRequest = Math.min(typical ?? sizing.settings.maxModelLen, sizing.settings.maxModelLen);
    const atOnce = Math.floor(sizing.kvCacheTokens / perRequest);
    if (atOnce >= concurrency.target) return [];
    const words =
      typical === undefined
        ? 'of full length'
        : `of ${perRequest} tokens (usage.inputTokens + usage.outputTokens)`;
    return [
      {
        severity: typical === undefined ? 'info' : 'warning',
        message: `${sizing.kvCacheTokens.toLocaleString('en-US')} tokens of KV cache hold ${atOnce} requests ${words}; ${concurrency.target} are planned per replica`,
        remedy: [
          ...(typical === undefined
            ? ['set usage.inputTokens and usage.outputTokens: typical requests are shorter']
            : []),
          `set sizing.concurrency to ${Math.max(1, atOnce)} or add accelerators`,
        ],
        subject: key(planned, 'sizing.concurrency'),
      },
    ];
  }),
};

export const fitHostMemory: PlanCheck = {
  id: 'fit/host-memory',
  title: 'the pod fits the memory of a node',
  why: 'loading needs host memory, and /dev/shm counts against the same limit: a pod that is too large stays Pending, one with too little is OOM-killed',
  source: 'host memory of the sizing plus shared memory',
  inputs: ['servers[].resources', 'cluster.nodeMemoryGib'],
  run: onServers(({ resources }, planned): PlanFinding[] => {
    const needs = resources.memoryGib + resources.sharedMemoryGib;
    const has = planned.resolved.cluster.nodeMemoryGib;
    if (has === undefined || needs <= has) return [];
    return [
      {
        severity: 'error',
        message: `one pod needs ${Math.ceil(needs)} GiB of host memory, a node has ${has} GiB`,
        remedy: ['take nodes with more memory, or correct cluster.nodeMemoryGib'],
        subject: key(planned, 'cluster.nodeMemoryGib'),
      },
    ];
  }),
};
