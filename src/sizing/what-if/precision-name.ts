import { PRECISIONS, type Precision } from '../../catalog/model.js';

/** Other words for how weights are stored, as checkpoints and benchmarks call them. */
const OTHER_WORDS: readonly [RegExp, Precision][] = [
  [/^(bfloat16|bf-16)$/, 'bf16'],
  [/^(float16|half|f16|fp-16)$/, 'fp16'],
  [/^(float32|float|f32)$/, 'fp32'],
  [/^(fp8.*|f8.*|w8a8.?fp8|float8.*|fbgemm.?fp8|compressed.tensors.fp8)$/, 'fp8'],
  [/^(w8a8|w8a8.?int8|int8.?w8a8|smoothquant|experts.?int8|bnb.?8bit|bitsandbytes.?8.*)$/, 'int8'],
  [/^(w8a16|int8.?w8a16|gptq.?8bit|gptq.?int8)$/, 'gptq-int8'],
  [/^(fp4|nvfp4.*|w4a4.?fp4|modelopt.?fp4)$/, 'nvfp4'],
  [/^(mxfp4.*)$/, 'mxfp4'],
  [/^(awq.*)$/, 'awq'],
  [/^(gptq.*|auto.?round.*)$/, 'gptq'],
  [/^(w4a16.*|compressed.tensors.int4|marlin)$/, 'w4a16'],
  [/^(int4.*|4bit|bnb.*|bitsandbytes.*|nf4|q4)$/, 'int4'],
];

/** The precision that a word means, in any letter case; undefined for a word that is not known. */
export function precisionNamed(text: string): Precision | undefined {
  const word = text
    .toLowerCase()
    .replace(/\([^)]*\)/g, '')
    .trim();
  const plain = word.replace(/^gguf[-_: ]*/, '');
  const exact = PRECISIONS.find((known) => known === plain || known === plain.replaceAll('-', '_'));
  if (exact !== undefined) return exact;
  if (word === 'gguf') return 'q4_k_m';
  return OTHER_WORDS.find(([words]) => words.test(word.replaceAll('_', '-')))?.[1];
}
