import type { Architecture } from '../catalog/architecture.js';
import type { RankShape, TensorGroup } from './tensor-group.js';

/** Layers that hold experts, of all pipeline stages. */
export function moeLayers(architecture: Architecture): number {
  const { moe, layers } = architecture;
  return moe ? Math.floor((layers - moe.denseLayers) / moe.everyNLayers) : 0;
}

/** MLPs and experts of `layers` layers on one rank; the stage with the most experts is the fullest. */
export function feedForwardTensors(
  architecture: Architecture,
  shape: RankShape,
  layers: number,
): TensorGroup[] {
  const { hiddenSize, moe } = architecture;
  const withExperts = Math.min(
    layers,
    Math.ceil(moeLayers(architecture) * (layers === architecture.layers ? 1 : layers / architecture.layers)),
  );
  const dense = layers - withExperts;
  const denseWidth = moe?.denseIntermediateSize ?? architecture.intermediateSize;
  return [
    ...(denseWidth === null || dense === 0 ? [] : denseMlp(architecture, shape, dense, denseWidth)),
    ...(moe ? experts(hiddenSize, architecture, moe, shape, withExperts) : []),
  ];
}

/** Gate and up are one matrix. */
function denseMlp(
  { hiddenSize, mlpMatrices }: Architecture,
  { tensorParallelSize }: RankShape,
  layers: number,
  width: number,
): TensorGroup[] {
  const perRank = width / tensorParallelSize;
  return [
    { kind: 'denseMlp', tensors: layers, elements: (mlpMatrices - 1) * hiddenSize * perRank },
    { kind: 'denseMlp', tensors: layers, elements: perRank * hiddenSize },
  ];
}

/** Experts are cut by tensor parallelism, or dealt out whole by expert parallelism: the same count either way. */
function experts(
  hiddenSize: number,
  architecture: Architecture,
  moe: NonNullable<Architecture['moe']>,
  { tensorParallelSize, enableExpertParallel }: RankShape,
  layers: number,
): TensorGroup[] {
  const onRank = enableExpertParallel ? Math.ceil(moe.experts / tensorParallelSize) : moe.experts;
  const width = moe.expertIntermediateSize / (enableExpertParallel ? 1 : tensorParallelSize);
  const routedHidden = moe.expertHiddenSize ?? hiddenSize;
  const sharedWidth = moe.sharedIntermediateSize ?? moe.sharedExperts * moe.expertIntermediateSize;
  const matrices = architecture.mlpMatrices;
  return [
    { kind: 'router', tensors: layers, elements: moe.experts * hiddenSize },
    {
      kind: 'routedExperts',
      tensors: layers,
      elements: onRank * matrices * routedHidden * width,
      intermediateSize: width,
    },
    {
      kind: 'sharedExperts',
      tensors: sharedWidth > 0 ? layers : 0,
      elements: (matrices * hiddenSize * sharedWidth) / tensorParallelSize,
    },
  ];
}
