import type { EngineTable } from '../catalog/engine.js';
import type { ModelProfile } from '../catalog/model.js';
import { type ActivationInput, activationGib } from './activation.js';
import { atLeast } from './engine-version.js';
import { around, type Estimate } from './estimate.js';
import { moeLayers } from './feed-forward-tensors.js';
import { GIB } from './gib.js';
import { AFTER_CACHE_GIB, CUDA_GRAPHS, type OverheadConstants } from './overhead-constants.js';

/** What one accelerator spends beside weights and cache, GiB. */
export interface Overhead {
  readonly constants: OverheadConstants;
  readonly activation: Estimate;
  readonly nonTorch: Estimate;
  readonly cudaGraphs: Estimate;
  /** Whether the engine takes the graphs off its budget; else they come on top of it. */
  readonly graphsInsideBudget: boolean;
  /** Must be free outside the budget: graphs that are not inside, the card's context, a sampler not yet profiled. */
  readonly outsideBudget: Estimate;
}

export interface OverheadInput extends Omit<ActivationInput, 'secondRunner'> {
  readonly engine: EngineTable;
  /** Whether every pair of accelerators is joined by NVLink or the like. */
  readonly linked: boolean;
  readonly overheads: readonly OverheadConstants[];
}

export function overheadOf(input: OverheadInput): Overhead {
  const constants = constantsFor(input.engineVersion, input.overheads);
  const secondRunner = usesSecondRunner(input.engine, input.model);
  const graphs = input.enforceEager ? around(0, 0) : cudaGraphs(input);
  const inside = !secondRunner && estimatesGraphs(input.engine);
  // The second runner meets its sampler's fp32 logits only after the cache is taken.
  const sampler = secondRunner ? (4 * input.maxNumSeqs * (input.model.architecture.vocabSize ?? 0)) / GIB : 0;
  const fixed = AFTER_CACHE_GIB + sampler;
  return {
    constants,
    activation: activationGib({ ...input, secondRunner }, constants),
    nonTorch: nonTorch(input, constants),
    cudaGraphs: graphs,
    graphsInsideBudget: inside,
    outsideBudget: inside
      ? around(fixed, 0)
      : { low: graphs.low + fixed, likely: graphs.likely + fixed, high: graphs.high + fixed },
  };
}

/** The newest range that starts at or before the version. */
export function constantsFor(
  engineVersion: string,
  overheads: readonly OverheadConstants[],
): OverheadConstants {
  const found = overheads.findLast((entry) => atLeast(engineVersion, entry.from)) ?? overheads[0];
  if (found === undefined) throw new Error('no overhead constants');
  return found;
}

/** Beyond one rank: communication buffers, larger where the cards are joined directly. */
function nonTorch({ tensorParallelSize, linked }: OverheadInput, constants: OverheadConstants): Estimate {
  const { nonTorchGib, spread } = constants;
  if (tensorParallelSize === 1) return around(nonTorchGib.alone, spread.alone);
  if (!linked) return around(nonTorchGib.bridged, spread.parallel);
  const key = tensorParallelSize <= 2 ? 2 : tensorParallelSize <= 4 ? 4 : 8;
  return around(nonTorchGib.linked[key], spread.parallel);
}

/**
 * One graph for each captured batch size, so the part of them that `maxNumSeqs` leaves. No start with few sequences was
 * measured: the unfavourable end counts all sizes.
 */
function cudaGraphs(input: OverheadInput): Estimate {
  const { model, tensorParallelSize, pipelineParallelSize } = input;
  const experts = moeLayers(model.architecture);
  const layers =
    (model.architecture.layers - experts) * CUDA_GRAPHS.perLayerGib + experts * CUDA_GRAPHS.perExpertLayerGib;
  const split = CUDA_GRAPHS.unsplitShare + (1 - CUDA_GRAPHS.unsplitShare) / tensorParallelSize;
  const all = (CUDA_GRAPHS.fixedGib + layers / pipelineParallelSize) * split;
  const likely = all * capturedShare(input);
  return { low: likely * (1 - CUDA_GRAPHS.spread), likely, high: all * (1 + CUDA_GRAPHS.spread) };
}

/** Batch sizes that are captured unless told otherwise, up to twice `maxNumSeqs`. Source: vLLM's VllmConfig. */
const CAPTURED_SIZES = [
  ...[1, 2, 4],
  ...Array.from({ length: 31 }, (_, at) => 8 * (at + 1)),
  ...Array.from({ length: 17 }, (_, at) => 256 + 16 * at),
];

function capturedShare({ v1, maxNumSeqs }: OverheadInput): number {
  if (!v1) return 1;
  return CAPTURED_SIZES.filter((size) => size <= 2 * maxNumSeqs).length / CAPTURED_SIZES.length;
}

/** Default of the version's own switch; on since 0.20.2, absent before 0.19. */
function estimatesGraphs(engine: EngineTable): boolean {
  const entry = engine.env.VLLM_MEMORY_PROFILER_ESTIMATE_CUDAGRAPHS as { default?: unknown } | undefined;
  return entry?.default === 'True';
}

/**
 * The second model runner serves dense models with full attention since 0.27 (12 starts of 0.27 and 0.28 show it) and
 * all models since 0.29 (release notes). It does not profile the sampler and takes CUDA graphs from outside the budget.
 */
function usesSecondRunner({ version }: EngineTable, { architecture, modalities }: ModelProfile): boolean {
  if (atLeast(version, '0.29.0')) return true;
  const plain =
    !architecture.moe && !architecture.mla && !architecture.layerGroups && modalities.length === 0;
  return plain && atLeast(version, '0.27.0');
}
