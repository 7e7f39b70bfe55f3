import type { Architecture } from '../catalog/architecture.js';
import type { Checkpoint, ModelProfile } from '../catalog/model.js';

export interface ParallelRequest {
  readonly gpus: number;
  readonly gpusPerNode?: number;
  readonly tensorParallelSize?: number;
  readonly pipelineParallelSize?: number;
  readonly enableExpertParallel: boolean;
}

export interface ParallelSizes {
  readonly tensorParallelSize: number;
  readonly pipelineParallelSize: number;
  /** Why the sizes cannot be, with what can; null where they can. */
  readonly blocker: string | null;
  /** Said where Berth chose otherwise than tensor parallel over all. */
  readonly note: string | null;
}

/** Block quantization needs whole blocks of 128 on every rank (vLLM #17569, #25292, #52997). */
const BLOCK = 128;

/** Why tensor parallel size `size` does not divide the model, or null. */
export function tensorParallelObstacle(
  architecture: Architecture,
  checkpoint: Checkpoint,
  size: number,
  enableExpertParallel: boolean,
): string | null {
  const { attentionHeads, kvHeads, mla } = architecture;
  if (attentionHeads % size !== 0) return `${attentionHeads} attention heads do not divide by ${size}`;
  if (!mla && kvHeads % size !== 0 && size % kvHeads !== 0) {
    return `${kvHeads} key/value heads neither divide by ${size} nor divide it`;
  }
  const block = blockOf(checkpoint);
  // One rank may end with a part of a block.
  if (block === null || size === 1) return null;
  const odd = blockWidths(architecture, enableExpertParallel).find((width) => width % (block * size) !== 0);
  return odd === undefined
    ? null
    : `width ${odd} is not ${size} times whole blocks of ${block} (${checkpoint.precision})`;
}

/** Makers publish fp8 in blocks of 128; others by channel. 4-bit weights come in groups. */
function blockOf({ precision, groupSize, publisher }: Checkpoint): number | null {
  if (precision === 'fp8') return groupSize ?? (publisher === 'vendor' ? BLOCK : null);
  return ['awq', 'gptq', 'w4a16', 'int4'].includes(precision) ? (groupSize ?? BLOCK) : null;
}

/** Widths that tensor parallelism cuts: of the MLP, and of one expert unless experts are dealt out whole. */
function blockWidths({ moe, intermediateSize }: Architecture, enableExpertParallel: boolean): number[] {
  if (!moe) return intermediateSize === null ? [] : [intermediateSize];
  const dense = moe.denseLayers > 0 ? [moe.denseIntermediateSize ?? intermediateSize] : [];
  const routed = enableExpertParallel ? [] : [moe.expertIntermediateSize];
  return [...dense, ...routed].filter((width) => width !== null && width !== undefined);
}

/** All sizes up to `limit` that divide the model. */
export function legalTensorParallelSizes(
  model: ModelProfile,
  checkpoint: Checkpoint,
  limit: number,
  expert: boolean,
) {
  return Array.from({ length: limit }, (_, index) => index + 1).filter(
    (size) => tensorParallelObstacle(model.architecture, checkpoint, size, expert) === null,
  );
}

/** Tensor × pipeline = GPUs: tensor parallel as wide as heads, blocks and the node allow, stages for the rest. */
export function chooseParallelSizes(
  model: ModelProfile,
  checkpoint: Checkpoint,
  request: ParallelRequest,
): ParallelSizes {
  const { gpus, enableExpertParallel } = request;
  const limit = Math.min(gpus, request.gpusPerNode ?? gpus);
  const dividing = legalTensorParallelSizes(model, checkpoint, limit, enableExpertParallel);
  const legal = dividing.filter((size) => gpus % size === 0 && gpus / size <= model.architecture.layers);
  const best = legal.at(-1) ?? 1;
  const asked =
    request.tensorParallelSize ?? (request.pipelineParallelSize && gpus / request.pipelineParallelSize);
  if (asked === undefined) {
    const note = best === limit ? null : parallelNote(model, checkpoint, request, limit, best);
    return { tensorParallelSize: best, pipelineParallelSize: gpus / best, blocker: null, note };
  }
  const stages = request.pipelineParallelSize ?? gpus / asked;
  const obstacle = Number.isInteger(asked)
    ? tensorParallelObstacle(model.architecture, checkpoint, asked, enableExpertParallel)
    : `${request.pipelineParallelSize} stages do not divide ${gpus} GPUs`;
  const product =
    asked * stages === gpus && Number.isInteger(stages) ? null : `${asked} × ${stages} is not ${gpus} GPUs`;
  const reason = product ?? obstacle;
  const blocker =
    reason &&
    `${reason}; tensor parallel sizes that divide it, up to ${limit} GPUs: ${dividing.join(', ') || 'none'}; all ${gpus} GPUs work as tensor parallel ${best} × ${gpus / best} pipeline stages`;
  return { tensorParallelSize: asked, pipelineParallelSize: stages, blocker: blocker ?? null, note: null };
}

function parallelNote(
  model: ModelProfile,
  checkpoint: Checkpoint,
  request: ParallelRequest,
  limit: number,
  best: number,
): string {
  const reason = tensorParallelObstacle(model.architecture, checkpoint, limit, request.enableExpertParallel);
  const stages = request.gpus / best;
  return `tensor parallel ${best} × ${stages} pipeline stages: ${reason ?? `${limit} does not divide ${request.gpus} GPUs`}`;
}
