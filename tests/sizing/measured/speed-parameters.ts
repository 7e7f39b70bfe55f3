import type { EngineRange, EngineSpeed, SpeedConstants } from '../../../src/sizing/throughput/constants.js';

/** One constant to fit: where it stands, what one would guess from physics alone, and how sure one would be. */
export interface Parameter {
  readonly name: string;
  /** Guess without any measurement of Berth's. */
  readonly guess: number;
  /** Standard deviation of the guess's logarithm. */
  readonly doubt: number;
  /** Largest value that makes sense. */
  readonly most: number;
  readonly least: number;
}

/**
 * Narrower than one family's runs would like: a constant leaves its guess only where several families ask for it. That is
 * what carries over to a family or card that nobody measured.
 */
const ROUGH = 0.2;
const FAIR = 0.1;
/** Of kernels that nobody has timed for every kind of model. */
const UNKNOWN = 0.6;
/** Of what hangs on the harness more than on the engine. */
const LOOSE = 0.35;

function of(
  name: string,
  guess: number,
  doubt = FAIR,
  most = Number.POSITIVE_INFINITY,
  least = 1e-12,
): Parameter {
  return { name, guess, doubt, most, least };
}

/** Factors of an engine that nothing was fitted for. */
const ALONE = { overhead: 1, prefill: 1, start: 1 } as const;

/** Shares of a peak end below 1. */
export const PARAMETERS: readonly Parameter[] = [
  of('stepSeconds', 2e-4, ROUGH),
  of('layerSeconds', 6.5e-5),
  of('expertLayerSeconds', 2e-5, ROUGH),
  of('blockFp8LayerSeconds', 1.5e-5, UNKNOWN),
  of('fourBitExpertLayerSeconds', 4e-5, UNKNOWN),
  of('emulatedFp4LayerSeconds', 1e-5, ROUGH),
  of('nvfp4LayerSeconds', 5e-6, ROUGH),
  of('latentLayerSeconds', 1e-5, UNKNOWN),
  of('sparseLayerSeconds', 3e-5, ROUGH),
  of('recurrentLayerSeconds', 1.5e-5, ROUGH),
  of('queryKeyNormLayerSeconds', 8e-6, ROUGH),
  of('requestSeconds', 8e-6, ROUGH),
  of('requestLayerSeconds', 5e-8, ROUGH),
  of('requestExpertLayerSeconds', 2e-7, ROUGH),
  of('requestSparseLayerSeconds', 1e-6, ROUGH),
  of('allReduceSeconds', 3e-6, ROUGH),
  of('bridgedAllReduceSeconds', 1e-5, ROUGH),
  of('linkShare', 0.5),
  of('weightBandwidthShare', 0.85, FAIR, 0.95),
  of('expertBandwidthShare', 0.75, FAIR, 0.95),
  of('cacheBandwidthShare', 0.75, FAIR, 0.95),
  of('byteCacheFactor', 0.8, FAIR, 1),
  of('prefillPeakShare', 0.65, FAIR, 0.8),
  of('decodePeakShare', 0.5, FAIR, 0.8),
  of('attentionPeakShare', 0.5, FAIR, 0.8),
  of('latentPeakShare', 0.4),
  of('expertPrefillFactor', 0.4, ROUGH, 1),
  of('expertDecodeFactor', 0.4, ROUGH, 1),
  of('eightBitFactor', 0.9, FAIR, 1.05),
  of('fourBitFactor', 0.8, FAIR, 1.05),
  of('blockScaleFactor', 0.85, FAIR, 1),
  of('sparsePrefillFactor', 1.3, FAIR),
  of('chunkLayerSeconds', 6e-5, ROUGH),
  of('expertReread', 0.5, ROUGH),
  of('activationBytesPerElement', 30, ROUGH),
  of('expertActivationBytesPerElement', 8, ROUGH),
  of('cdnaPeakFactor', 0.6, ROUGH, 1),
  of('cdna3OverheadFactor', 2, ROUGH),
  of('blackwellPeakFactor', 0.9, FAIR, 1),
  of('blackwellOverheadFactor', 0.9),
  of('startSeconds', 0.018),
  of('medianWaveShare', 0.3, FAIR, 1),
  of('burstWeight', 1.1, LOOSE / 2),
  // Between its neighbours: an engine does not jump from one minor version to the next.
  of('vllm-0.13/overhead', 1.15, FAIR / 2),
  ...engine('vllm-0.8', { overhead: 1.3 }),
  ...engine('vllm-old', { overhead: 1.8, prefill: 1.1, start: 1 }),
  ...engine('sglang', { overhead: 1.1, prefill: 1.1, start: 1.1 }),
  ...engine('tensorrt-llm-1.0', { overhead: 0.8, prefill: 1, start: 1.4 }),
  ...engine('tensorrt-llm', { overhead: 0.8, prefill: 1, start: 1.4 }),
  ...engine('atom', { overhead: 1, prefill: 1, start: 0.9 }),
  ...engine('vllm-new', { wait: 1.5, queue: 0.7, together: 0.15, stall: 0.002 }),
  ...engine('sglang', { wait: 4, queue: 0.7, together: 0.15, stall: 0.1, synchrony: 0.3 }),
  ...engine('tensorrt-llm-1.0', { wait: 1.5, queue: 0.7, together: 2, stall: 0.01 }),
  ...engine('tensorrt-llm', { wait: 1.5, queue: 0.7, together: 0.15, stall: 0.005 }),
  ...engine('atom', { wait: 1.5, queue: 0.7, together: 0.15, stall: 0.02 }),
];

function engine(range: EngineRange, guesses: Partial<EngineSpeed>): Parameter[] {
  return Object.entries(guesses).map(([key, guess]) =>
    of(
      `${range}/${key}`,
      guess,
      // All engines call the same libraries for a prompt's matrices.
      key === 'prefill' ? FAIR / 2 : key in ALONE ? FAIR : LOOSE,
      key === 'synchrony' ? 1 : Number.POSITIVE_INFINITY,
    ),
  );
}

const RANGES: readonly EngineRange[] = [
  'vllm-new',
  'vllm-0.13',
  'vllm-0.8',
  'vllm-old',
  'sglang',
  'tensorrt-llm-1.0',
  'tensorrt-llm',
  'atom',
];

/** The constants that the values stand for, in the order of `PARAMETERS`; vLLM's ranges wait alike. */
export function constantsOf(values: readonly number[]): SpeedConstants {
  const flat = new Map(PARAMETERS.map(({ name }, at) => [name, values[at] as number]));
  const plain = Object.fromEntries([...flat].filter(([name]) => !name.includes('/')));
  const speedOf = (range: EngineRange): EngineSpeed => {
    const kin = range.startsWith('vllm') ? 'vllm-new' : range;
    const factor = (key: keyof typeof ALONE) => flat.get(`${range}/${key}`) ?? ALONE[key];
    const waiting = (key: 'wait' | 'queue' | 'together' | 'stall' | 'synchrony') =>
      flat.get(`${kin}/${key}`) ?? 0;
    return {
      overhead: factor('overhead'),
      prefill: factor('prefill'),
      start: factor('start'),
      wait: waiting('wait'),
      queue: waiting('queue'),
      together: waiting('together'),
      stall: waiting('stall'),
      synchrony: waiting('synchrony'),
    };
  };
  const engines = Object.fromEntries(RANGES.map((range) => [range, speedOf(range)]));
  return { ...plain, engines } as unknown as SpeedConstants;
}

/** The values of the constants, in the order of `PARAMETERS`. */
export function valuesOf(constants: SpeedConstants): number[] {
  return PARAMETERS.map(({ name }) => {
    const [range, key] = name.split('/');
    if (key === undefined) return constants[name as 'stepSeconds'];
    return constants.engines[range as EngineRange][key as keyof EngineSpeed];
  });
}
