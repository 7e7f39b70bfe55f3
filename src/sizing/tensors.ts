import type { Architecture } from '../catalog/architecture.js';
import type { ModelProfile } from '../catalog/model.js';
import { attentionTensors } from './attention-tensors.js';
import { feedForwardTensors } from './feed-forward-tensors.js';
import type { RankShape, TensorGroup } from './tensor-group.js';

/** vLLM pads the vocabulary to a multiple of 64 before it splits it over the ranks (VocabParallelEmbedding). */
export function paddedVocabSize({ vocabSize }: Architecture): number {
  return Math.ceil((vocabSize ?? 0) / 64) * 64;
}

/** Transformer layers of the fullest pipeline stage. */
export function layersOfStage(layers: number, pipelineParallelSize: number): number {
  return Math.ceil(layers / pipelineParallelSize);
}

/**
 * The weight tensors that the fullest rank holds, as vLLM fuses them (one matrix for q, k and v; one for gate and up).
 * Counts are elements, not bytes: what an element takes is the quantization's business.
 */
export function tensorsOfRank(model: ModelProfile, shape: RankShape): TensorGroup[] {
  const { architecture } = model;
  const layers = layersOfStage(architecture.layers, shape.pipelineParallelSize);
  const tables = tableTensors(architecture, shape);
  const share = layers / architecture.layers / shape.tensorParallelSize;
  const beside = model.parameters.beside.filter(({ loaded }) => loaded).map(({ count }) => count * share);
  const rest = unexplained(model) * share;
  const blocks: TensorGroup[] = architecture.weightsModelled
    ? [...layerTensors(architecture, shape, layers), { kind: 'remainder', tensors: 1, elements: rest }]
    : [{ kind: architecture.moe ? 'routedExperts' : 'denseMlp', tensors: 1, elements: rest }];
  return [
    ...tables,
    ...blocks,
    ...beside.map((elements) => ({ kind: 'remainder', tensors: 1, elements }) as const),
  ];
}

/** Embeddings and head. Of several pipeline stages the first holds the one and the last the other. */
function tableTensors(architecture: Architecture, shape: RankShape): TensorGroup[] {
  const elements = (paddedVocabSize(architecture) * architecture.hiddenSize) / shape.tensorParallelSize;
  const head = architecture.tiedEmbeddings !== true && shape.pipelineParallelSize === 1 ? 1 : 0;
  return [
    { kind: 'embedding', tensors: 1, elements },
    { kind: 'lmHead', tensors: head, elements },
  ];
}

function layerTensors(architecture: Architecture, shape: RankShape, layers: number): TensorGroup[] {
  return [
    ...attentionTensors(architecture, shape, layers),
    ...feedForwardTensors(architecture, shape, layers),
    { kind: 'norm', tensors: 2 * layers + 1, elements: architecture.hiddenSize },
  ];
}

/** Elements of one kind, or of all. */
export function countElements(groups: readonly TensorGroup[], kind?: TensorGroup['kind']): number {
  return groups
    .filter((group) => kind === undefined || group.kind === kind)
    .reduce((sum, group) => sum + group.tensors * group.elements, 0);
}

/** One rank that holds everything. */
export const WHOLE: RankShape = {
  tensorParallelSize: 1,
  pipelineParallelSize: 1,
  enableExpertParallel: false,
};

/** Parameters that the dimensions describe, biases and query/key norms left out. Source: config.json alone. */
export function parametersFromDimensions(architecture: Architecture): number {
  const tables = architecture.tiedEmbeddings === true ? 1 : 2;
  const embeddings = (architecture.vocabSize ?? 0) * architecture.hiddenSize * tables;
  if (!architecture.weightsModelled) return embeddings;
  return embeddings + countElements(layerTensors(architecture, WHOLE, architecture.layers));
}

/** Parameters of the published total that nothing explains: biases, norms of queries and keys; or all, unmodelled. */
function unexplained({ architecture, parameters }: ModelProfile): number {
  if (parameters.total === null) return 0;
  const beside = parameters.beside.reduce((sum, { count }) => sum + count, 0);
  return Math.max(0, parameters.total - beside - parametersFromDimensions(architecture));
}
