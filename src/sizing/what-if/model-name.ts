import type { Precision } from '../../catalog/model.js';
import { precisionNamed } from './precision-name.js';

/** Words that name a way of tuning, packing or publishing and not the model. */
const VARIANT =
  /[-_.](?:instruct|chat|it|hf|base|vllm|gguf|dynamic|quantized|ptq|qat|pt|thinking|bf16|fp16|fp8|fp4|nvfp4|mxfp4|int4|int8|awq|gptq|w4a16|w8a8|w8a16|bnb|unsloth|4bit|8bit|mixed|autoround|block|kv|model|opt|g128|marlin|ct|modelopt|nvidia|tp\d+|q\d[\w]*|\d{4}|v\d(?!\.)|preview|it-qat|reasoning|fp4mixed|a16|release|math|coder-instruct|chat-hf|autoround|sym|mxfp8|text)(?=$|[-_.])/gi;

/** `RedHatAI/Meta-Llama-3.1-8B-Instruct-FP8-dynamic` → `llama-3.1-8b`: the id that the catalogue may have. */
export function baseName(name: string): string {
  let stem = name
    .replace(/\([^)]*\)/g, '')
    .trim()
    .replace(/^.*\//, '')
    .replace(/\s+/g, '-')
    .toLowerCase();
  stem = stem.replace(/^meta-/, '').replaceAll('_', '-');
  for (let before = ''; before !== stem; ) {
    before = stem;
    stem = stem.replace(VARIANT, '');
  }
  return stem
    .replace(/^qwen(\d)-(\d)(?=-\d)/, 'qwen$1.$2')
    .replace(/^llama-?(\d)-(\d)-/, 'llama-$1.$2-')
    .replace(/^llama(\d)/, 'llama-$1');
}

/** The precision that the words of a name tell; undefined where they tell none. */
export function precisionInName(name: string): Precision | undefined {
  const words = name.replace(/^.*\//, '').toLowerCase().split(/[-.]/);
  const told = words.filter((word) =>
    /^(fp8|fp4|nvfp4|mxfp4|int4|int8|awq|gptq|w4a16|w8a8|w8a16|4bit|bnb|q\d\w*|gguf)$/.test(word),
  );
  const first = told.find((word) => word !== 'gguf') ?? told[0];
  return first === undefined ? undefined : precisionNamed(first);
}
