import { type ConfigObject, isObject, numberAt, textAt } from './config-reader.js';
import type { Precision } from './model.js';

/** How a config.json says that the weights are stored. */
export interface StoredAs {
  readonly precision: Precision;
  readonly groupSize?: number;
  readonly scope?: 'linear' | 'experts';
}

/** Reads `quantization_config` (and ModelOpt's words); 16-bit where there is none. Undefined for an unknown method. */
export function storedAs(config: ConfigObject): StoredAs | undefined {
  const quantization = config.quantization_config;
  if (!isObject(quantization)) return { precision: plain(config) };
  const method = textAt(quantization, 'quant_method') ?? '';
  const bits = numberAt(quantization, 'bits', 'w_bit');
  const groupSize = numberAt(quantization, 'group_size', 'q_group_size');
  const group = groupSize !== undefined && groupSize > 0 ? { groupSize } : {};
  if (method === 'fp8' || method === 'fbgemm_fp8') return { precision: 'fp8', ...blockOf(quantization) };
  if (method === 'awq' || method === 'awq_marlin') return { precision: 'awq', ...group };
  if (method.startsWith('gptq') || method === 'auto-round') {
    return bits === 8 ? { precision: 'gptq-int8' } : { precision: 'gptq', ...group };
  }
  if (method === 'mxfp4') return { precision: 'mxfp4', groupSize: 32, scope: 'experts' };
  if (method === 'modelopt' || method === 'modelopt_fp4') return modelOpt(quantization, method);
  if (method === 'bitsandbytes') return { precision: quantization.load_in_8bit === true ? 'int8' : 'int4' };
  return method === 'compressed-tensors' ? compressedTensors(quantization) : undefined;
}

/** vLLM serves fp32 checkpoints in 16 bits unless told otherwise. */
function plain(config: ConfigObject): Precision {
  return (textAt(config, 'torch_dtype') ?? textAt(config, 'dtype')) === 'float16' ? 'fp16' : 'bf16';
}

function blockOf(quantization: ConfigObject): { groupSize?: number } {
  const block = quantization.weight_block_size;
  return Array.isArray(block) && typeof block[0] === 'number' ? { groupSize: block[0] } : {};
}

function modelOpt(quantization: ConfigObject, method: string): StoredAs {
  const words = `${method} ${textAt(quantization, 'quant_algo') ?? ''}`.toLowerCase();
  return words.includes('fp4') ? { precision: 'nvfp4', groupSize: 16 } : { precision: 'fp8' };
}

/** The first group's weights speak for all. */
function compressedTensors(quantization: ConfigObject): StoredAs | undefined {
  const groups = isObject(quantization.config_groups) ? Object.values(quantization.config_groups) : [];
  const first = groups.find(isObject);
  const weights = first && isObject(first.weights) ? first.weights : {};
  const bits = numberAt(weights, 'num_bits');
  const groupSize = numberAt(weights, 'group_size');
  if (weights.type === 'float')
    return bits === 4 ? { precision: 'nvfp4', groupSize: 16 } : { precision: 'fp8' };
  if (bits === 4) return { precision: 'w4a16', ...(groupSize !== undefined && { groupSize }) };
  return bits === 8 ? { precision: 'int8' } : undefined;
}
