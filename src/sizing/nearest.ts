import type { AcceleratorProfile } from '../catalog/accelerator.js';
import { tensorParallelObstacle } from './parallel.js';
import { sizeOnce } from './size-once.js';
import type { NearestChoice, SizeRequest, Sizing } from './types.js';

export interface NearestOptions {
  /** Accelerators to offer instead of the asked one. @default none */
  readonly accelerators?: readonly AcceleratorProfile[];
  /** @default 4 */
  readonly limit?: number;
}

/** Shortest context worth offering. */
const SHORTEST = 1024;
const MOST_GPUS = 16;

/** Changes that make the request fit, nearest first; each is sized before it is offered. */
export function nearestChoices(
  request: SizeRequest,
  sizing: Sizing,
  options: NearestOptions,
): NearestChoice[] {
  const found = [
    ...otherPrecisions(request),
    shorterContext(request, sizing),
    smallerUtilization(request, sizing),
    fewerRequests(request),
    moreGpus(request),
    ...(options.accelerators ?? []).map((accelerator) => otherAccelerator(request, accelerator)),
  ];
  return found.filter((choice) => choice !== null).slice(0, options.limit ?? 4);
}

/** The choice, if it fits at the unfavourable end. */
function tried(request: SizeRequest, change: string, set: NearestChoice['set']): NearestChoice | null {
  const sizing = sizeOnce(request);
  if (!sizing.fits) return null;
  return { change, set, kvCacheTokens: sizing.kvCacheTokens, weightsGib: sizing.perGpu.weightsGib };
}

function otherPrecisions(request: SizeRequest): (NearestChoice | null)[] {
  return request.model.checkpoints
    .filter(
      (checkpoint) =>
        checkpoint !== request.checkpoint && checkpoint.precision !== request.checkpoint.precision,
    )
    .filter(
      (checkpoint, at, all) => all.findIndex((other) => other.precision === checkpoint.precision) === at,
    )
    .map((checkpoint) =>
      tried({ ...request, checkpoint }, `precision: ${checkpoint.precision}`, {
        precision: checkpoint.precision,
      }),
    );
}

/** The longest context that fits, found by halving: the need grows with the context. */
function shorterContext(request: SizeRequest, { settings }: Sizing): NearestChoice | null {
  const step = 16;
  let fits = 0;
  let low = Math.ceil(SHORTEST / step);
  let high = Math.floor((settings.maxModelLen - 1) / step);
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    if (sizeOnce({ ...request, maxModelLen: middle * step }).fits) {
      fits = middle * step;
      low = middle + 1;
    } else high = middle - 1;
  }
  if (fits === 0) return null;
  return tried({ ...request, maxModelLen: fits }, `--max-model-len ${fits}`, { maxModelLen: fits });
}

/** Only where the budget leaves too little for what comes on top of it. */
function smallerUtilization(request: SizeRequest, sizing: Sizing): NearestChoice | null {
  if (!sizing.blockers.some(({ id }) => id === 'fit/cuda-graphs')) return null;
  for (
    let percent = Math.floor(sizing.settings.gpuMemoryUtilization * 100) - 1;
    percent >= 70;
    percent -= 1
  ) {
    const gpuMemoryUtilization = percent / 100;
    const choice = tried(
      { ...request, gpuMemoryUtilization },
      `--gpu-memory-utilization ${gpuMemoryUtilization}`,
      {
        gpuMemoryUtilization,
      },
    );
    if (choice) return choice;
  }
  return null;
}

function fewerRequests(request: SizeRequest): NearestChoice | null {
  for (
    let concurrency = Math.floor((request.concurrency ?? 1) / 2);
    concurrency >= 1;
    concurrency = Math.floor(concurrency / 2)
  ) {
    const choice = tried({ ...request, concurrency }, `--concurrency ${concurrency}`, { concurrency });
    if (choice) return choice;
  }
  return null;
}

/** The next number of GPUs that the heads and the node allow. */
function moreGpus(request: SizeRequest, from = request.gpus + 1): NearestChoice | null {
  const { model, checkpoint, accelerator } = request;
  for (let gpus = from; gpus <= MOST_GPUS; gpus += 1) {
    const whole = tensorParallelObstacle(
      model.architecture,
      checkpoint,
      gpus,
      request.enableExpertParallel ?? false,
    );
    if (whole !== null || (gpus & (gpus - 1)) !== 0) continue;
    const more = {
      ...request,
      gpus,
      tensorParallelSize: undefined,
      pipelineParallelSize: undefined,
      gpusPerNode: request.gpusPerNode && Math.max(request.gpusPerNode, Math.min(gpus, 8)),
    };
    const choice = tried(more, `${gpus} × ${accelerator.id}`, { gpus });
    if (choice) return choice;
  }
  return null;
}

function otherAccelerator(request: SizeRequest, accelerator: AcceleratorProfile): NearestChoice | null {
  if (accelerator.id === request.accelerator.id) return null;
  const same = { ...request, accelerator, acceleratorMemoryGib: undefined };
  return tried(same, `${request.gpus} × ${accelerator.id}`, {
    accelerator: accelerator.id,
    gpus: request.gpus,
  });
}
