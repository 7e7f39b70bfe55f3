import { type Plan, plansOf, type ServerPlan } from '../plan/plan.js';
import { gib, section, table, whole } from './markdown.js';

/** Where the memory of one accelerator goes, and why that is enough. */
export function memory(plan: Plan): string | null {
  return section(
    'Why it fits',
    ...plansOf(plan).flatMap(({ servers }) =>
      servers.flatMap((server) => [sentence(server), budget(server)]),
    ),
  );
}

/** The verdict with its numbers, in Markdown. */
export function sentence({ sizing, accelerator }: ServerPlan): string {
  const { perGpu, verdict, kvCacheGibRange, settings } = sizing;
  const words = {
    fits: `It fits: ${gib(perGpu.kvCacheGib)} GiB of KV cache per accelerator are likely, ${gib(kvCacheGibRange[0])} GiB at the unfavourable end.`,
    barely: `It fits **barely**: ${gib(perGpu.kvCacheGib)} GiB of KV cache per accelerator are likely, ${gib(kvCacheGibRange[0])} GiB at the unfavourable end. Start it once before you rely on it.`,
    no: `It does **not** fit: ${gib(sizing.missingGib)} GiB are missing on each ${accelerator.name}, up to ${gib(sizing.missingGibRange[1])} at the unfavourable end.`,
  };
  return `${words[verdict]} One request of ${whole(settings.maxModelLen)} tokens takes ${gib((settings.maxModelLen * sizing.kvBytesPerTokenPerGpu) / 1024 ** 3)} GiB of it.`;
}

function budget(server: ServerPlan): string {
  return table(['one accelerator', 'GiB'], budgetRows(server), 'lr');
}

/** What the memory of one accelerator is spent on: words and GiB. */
export function budgetRows({ sizing }: ServerPlan): string[][] {
  const { perGpu, settings, graphsInsideBudget } = sizing;
  return [
    ['memory that the runtime reports', gib(perGpu.totalGib)],
    [`budget at gpuMemoryUtilization ${settings.gpuMemoryUtilization}`, gib(perGpu.budgetGib)],
    ['− weights', gib(perGpu.weightsGib)],
    ['− activation', gib(perGpu.activationGib)],
    ['− outside the allocator (NCCL, contexts)', gib(perGpu.nonTorchGib)],
    ...(graphsInsideBudget ? [['− CUDA graphs', gib(perGpu.cudaGraphGib)]] : []),
    ['= KV cache', gib(perGpu.kvCacheGib)],
    ...(graphsInsideBudget ? [] : [['CUDA graphs, beside the budget', gib(perGpu.cudaGraphGib)]]),
  ];
}
