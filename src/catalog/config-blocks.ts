import type { Architecture } from './architecture.js';

/**
 * Parameters of a model whose layers are each one thing only: a mixer, attention, or an MLP or experts (Nemotron-H).
 * Undefined where every layer holds attention and an MLP, which the dimensions describe.
 * Held against the published total of Nemotron 3 Nano: 1e-7 apart.
 */
export function blockParameters(architecture: Architecture): number | undefined {
  const { layerGroups = [], hiddenSize, layers, vocabSize, tiedEmbeddings } = architecture;
  const thinking = layerGroups.find((group) => group.cache === 'none');
  if (thinking === undefined) return undefined;
  const embeddings = (vocabSize ?? 0) * hiddenSize * (tiedEmbeddings === true ? 1 : 2);
  const blocks = layerGroups.map((group) => {
    if (group.cache === 'none') return group.layers * feedForward(architecture);
    if (group.cache === 'state') return group.layers * (group.parametersPerLayer ?? 0);
    return group.layers * attention(architecture);
  });
  return embeddings + blocks.reduce((sum, count) => sum + count, 0) + (layers + 1) * hiddenSize;
}

function attention({ hiddenSize, attentionHeads, kvHeads, headDim }: Architecture): number {
  return 2 * hiddenSize * headDim * (attentionHeads + kvHeads);
}

function feedForward({ hiddenSize, intermediateSize, moe, mlpMatrices }: Architecture): number {
  if (moe === undefined) return mlpMatrices * hiddenSize * (intermediateSize ?? 0);
  const shared = moe.sharedIntermediateSize ?? moe.sharedExperts * moe.expertIntermediateSize;
  return hiddenSize * (mlpMatrices * (moe.experts * moe.expertIntermediateSize + shared) + moe.experts);
}
