import { atLeast } from '../engine-version.js';
import type { EngineRange } from './constants.js';

export const ENGINE_NAMES = ['vllm', 'sglang', 'tensorrt-llm', 'atom'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

/** The engine that serves: its name as `--engine` takes it, and its version. */
export interface ServingEngine {
  readonly name: EngineName;
  readonly version: string;
}

export interface FoundRange {
  readonly range: EngineRange;
  /** In words, for `assumptions`. */
  readonly measured: string;
}

/** The constants that the engine's version falls under, and which versions they were measured on. */
export function engineRange({ name, version }: ServingEngine): FoundRange {
  if (name === 'sglang') return { range: 'sglang', measured: 'SGLang 0.5.1–0.5.13' };
  if (name === 'tensorrt-llm') {
    return atLeast(version, '1.1.0')
      ? { range: 'tensorrt-llm', measured: 'TensorRT-LLM 1.1–1.3' }
      : { range: 'tensorrt-llm-1.0', measured: 'TensorRT-LLM 1.0' };
  }
  if (name === 'atom') return { range: 'atom', measured: 'ATOM 0.1.1' };
  if (atLeast(version, '0.17.0')) return { range: 'vllm-new', measured: 'vLLM 0.17–0.23' };
  if (atLeast(version, '0.13.0')) return { range: 'vllm-0.13', measured: 'vLLM 0.13–0.16' };
  if (atLeast(version, '0.8.0')) return { range: 'vllm-0.8', measured: 'vLLM 0.10–0.12' };
  return { range: 'vllm-old', measured: 'vLLM 0.7.3' };
}
