import type { Architecture } from '../catalog/architecture.js';
import { GGUF_BITS, type GgufType } from '../catalog/gguf.js';
import type { Checkpoint } from '../catalog/model.js';
import type { TensorGroup, TensorKind } from './tensor-group.js';

/** The matrices that weight quantization reaches; embeddings, head, router, norms and towers stay as they are. */
const LINEAR: readonly TensorKind[] = ['attention', 'mixer', 'denseMlp', 'routedExperts', 'sharedExperts'];
const EXPERTS: readonly TensorKind[] = ['routedExperts'];

interface Scheme {
  /** Kinds that the scheme stores in fewer bits. */
  readonly reaches: readonly TensorKind[];
  /** Bytes of one quantized element, its share of scales and zero points included. */
  readonly bytes: (groupSize: number) => number;
  /** Bytes of an element that it does not reach. */
  readonly otherwise: number;
  /** Elements to which the kernel pads an expert's width. */
  readonly padsExpertsTo?: number;
}

const half: Scheme = { reaches: [], bytes: () => 2, otherwise: 2 };
/** One fp32 scale for a block of 128 × 128; per-tensor and per-channel scales take less. */
const eightBit: Scheme = { reaches: LINEAR, bytes: () => 1 + 4 / (128 * 128), otherwise: 2 };
/** 4 bits and one 16-bit scale a group. */
const symmetricFourBit: Scheme = { reaches: LINEAR, bytes: (group) => 0.5 + 2 / group, otherwise: 2 };
/** The same and one 4-bit zero point a group. */
const fourBitWithZeros: Scheme = { reaches: LINEAR, bytes: (group) => 0.5 + 2.5 / group, otherwise: 2 };

/** The types of llama.cpp reach embeddings and head as well; norms and router stay 32-bit, which weighs nothing. */
const GGUF_REACHES: readonly TensorKind[] = [...LINEAR, 'embedding', 'lmHead'];
const GGUF = Object.fromEntries(
  Object.entries(GGUF_BITS).map(([type, bits]) => [
    type,
    { reaches: GGUF_REACHES, bytes: () => bits / 8, otherwise: 2 },
  ]),
) as unknown as Readonly<Record<GgufType, Scheme>>;

/** What each precision quantizes. AWQ and GPTQ: model cards; mxfp4 and nvfp4: OCP Microscaling 1.0 and NVIDIA ModelOpt. */
const SCHEMES: Readonly<Record<Checkpoint['precision'], Scheme>> = {
  bf16: half,
  fp16: half,
  fp32: { reaches: [], bytes: () => 4, otherwise: 4 },
  fp8: eightBit,
  int8: eightBit,
  'gptq-int8': eightBit,
  w4a16: symmetricFourBit,
  int4: symmetricFourBit,
  awq: fourBitWithZeros,
  gptq: fourBitWithZeros,
  // 4 bits and one 8-bit scale for 32 values, experts only; the kernels pad an expert's width to 256.
  mxfp4: { reaches: EXPERTS, bytes: () => 0.5 + 1 / 32, otherwise: 2, padsExpertsTo: 256 },
  // 4 bits and one 8-bit scale for 16 values.
  nvfp4: { reaches: LINEAR, bytes: () => 0.5 + 1 / 16, otherwise: 2 },
  ...GGUF,
};

/** Group size of 4-bit checkpoints that do not say. */
const USUAL_GROUP = 128;

/** Bytes of one tensor of the group as the engine holds it. */
export function bytesOfTensor(
  group: TensorGroup,
  checkpoint: Pick<Checkpoint, 'precision' | 'groupSize' | 'scope'>,
  architecture: Architecture,
): number {
  const scheme = SCHEMES[checkpoint.precision];
  const reaches = checkpoint.scope === 'experts' ? EXPERTS : scheme.reaches;
  if (!reaches.includes(group.kind)) return group.elements * scheme.otherwise;
  if (checkpoint.precision === 'nvfp4') return group.elements * nvfp4Bytes(group.kind, architecture, scheme);
  const bytes = group.elements * scheme.bytes(checkpoint.groupSize ?? USUAL_GROUP);
  const { intermediateSize: width } = group;
  const step = scheme.padsExpertsTo;
  return step === undefined || width === undefined ? bytes : (bytes * Math.ceil(width / step) * step) / width;
}

/**
 * Published NVFP4 checkpoints keep attention beside experts at 16 bits, and the mixers of recurrent layers at 8 or 16
 * (taken as 8): weights of four start-ups of 2026.
 */
function nvfp4Bytes(kind: TensorKind, { moe }: Architecture, scheme: Scheme): number {
  if (kind === 'mixer') return 1;
  return kind === 'attention' && moe ? 2 : scheme.bytes(16);
}

/** Bytes of one activation or logit of the model's own type. */
export function computeBytes(precision: Checkpoint['precision']): number {
  return precision === 'fp32' ? 4 : 2;
}
