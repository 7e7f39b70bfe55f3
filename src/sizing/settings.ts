import type { AcceleratorMemory } from './accelerator-memory.js';
import { batchDefaults } from './engine-defaults.js';
import { chooseParallelSizes, type ParallelSizes } from './parallel.js';
import type { SizedSettings, SizeRequest } from './types.js';

export interface FilledSettings {
  readonly settings: SizedSettings;
  readonly parallel: ParallelSizes;
  /** One line for every default that was taken. */
  readonly defaults: readonly string[];
}

/** The request with the engine's own defaults for this version and card. */
export function fillSettings(request: SizeRequest, memory: AcceleratorMemory): FilledSettings {
  const { engine, model, checkpoint, accelerator, gpus } = request;
  const parallel = chooseParallelSizes(model, checkpoint, {
    ...request,
    enableExpertParallel: request.enableExpertParallel ?? false,
  });
  const maxModelLen = request.maxModelLen ?? model.context.max;
  const card = {
    name: `${accelerator.id} ${accelerator.name}`,
    memoryGib: memory.gib,
    computeCapability: accelerator.computeCapability,
  };
  const batch = batchDefaults(engine, card, maxModelLen);
  const settings: SizedSettings = {
    precision: checkpoint.precision,
    gpus,
    tensorParallelSize: parallel.tensorParallelSize,
    pipelineParallelSize: parallel.pipelineParallelSize,
    enableExpertParallel: request.enableExpertParallel ?? false,
    gpuMemoryUtilization: request.gpuMemoryUtilization ?? engine.defaults.gpu_memory_utilization,
    maxModelLen,
    maxNumSeqs: request.maxNumSeqs ?? batch.maxNumSeqs,
    maxNumBatchedTokens: request.maxNumBatchedTokens ?? batch.maxNumBatchedTokens,
    kvCacheDtype: request.kvCacheDtype ?? 'auto',
    blockSize: request.blockSize ?? engine.defaults.block_size_fallback,
    enforceEager: request.enforceEager ?? false,
    compileCache: request.compileCache ?? 'warm',
    engine:
      request.serving === undefined
        ? `vllm@${engine.version}`
        : `${request.serving.name}@${request.serving.version}`,
  };
  return { settings, parallel, defaults: defaultLines(request, settings) };
}

function defaultLines(request: SizeRequest, settings: SizedSettings): string[] {
  const byEngine = [
    'gpuMemoryUtilization',
    'maxNumSeqs',
    'maxNumBatchedTokens',
    'kvCacheDtype',
    'blockSize',
    'enforceEager',
  ] as const;
  const lines = byEngine
    .filter((key) => request[key] === undefined)
    .map((key) => `${key} ${settings[key]}: default of ${settings.engine} on ${request.accelerator.id}`);
  if (request.compileCache === undefined && !settings.enforceEager)
    lines.push('compileCache warm: a first start, as in a new pod, finds nothing compiled and may take more');
  if (request.maxModelLen === undefined)
    lines.push(`maxModelLen ${settings.maxModelLen}: the model's own limit`);
  if (request.tensorParallelSize === undefined && settings.gpus > 1) {
    lines.push(
      `tensorParallelSize ${settings.tensorParallelSize}, pipelineParallelSize ${settings.pipelineParallelSize}: chosen`,
    );
  }
  return lines;
}
