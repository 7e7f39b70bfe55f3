/** What a weight tensor does; quantizations treat the kinds differently. */
export type TensorKind =
  | 'embedding'
  | 'lmHead'
  | 'attention'
  /** What stands in attention's place in recurrent layers. */
  | 'mixer'
  | 'denseMlp'
  | 'routedExperts'
  | 'sharedExperts'
  | 'router'
  | 'norm'
  | 'remainder';

/** Tensors of one size on one rank. */
export interface TensorGroup {
  readonly kind: TensorKind;
  /** How many such tensors the rank holds. */
  readonly tensors: number;
  /** Elements of one of them. */
  readonly elements: number;
  /** Rows × columns of one routed expert's padded and plain size, where the kernel pads: factor on the bytes. */
  readonly intermediateSize?: number;
}

/** How a replica is cut into ranks. */
export interface RankShape {
  readonly tensorParallelSize: number;
  readonly pipelineParallelSize: number;
  readonly enableExpertParallel: boolean;
}
