import type { EngineRange } from './constants.js';
import type { Work } from './work.js';

/** Two of three measured runs lie within this share of the time per token where their card was held out of the fit. */
const BANDS: Readonly<Record<EngineRange, number>> = {
  'vllm-new': 0.09,
  'vllm-0.13': 0.14,
  'vllm-0.8': 0.14,
  'vllm-old': 0.27,
  sglang: 0.24,
  'tensorrt-llm-1.0': 0.1,
  'tensorrt-llm': 0.18,
  atom: 0.17,
};

/** Kinds of layer or card that few runs stand behind. */
const THIN_FACTOR = 1.5;
/** One measurement of the same configuration halves the error. */
const MEASURED_FACTOR = 0.5;

export function bandOf(
  { traits, card, pipelineParallelSize }: Work,
  range: EngineRange,
  measured: boolean,
): number {
  const thin = traits.recurrent || traits.sparse || card.cardClass === 'cdna3' || pipelineParallelSize > 1;
  const band = BANDS[range] * (thin ? THIN_FACTOR : 1) * (measured ? MEASURED_FACTOR : 1);
  return Math.round(band * 100) / 100;
}
