import { describe, expect, test } from 'vitest';
import { Architecture } from '../../src/catalog/architecture.js';
import { GIB, MIB } from '../../src/sizing/gib.js';
import { bytesOfTensor } from '../../src/sizing/quantization.js';
import { WHOLE } from '../../src/sizing/tensors.js';
import { allocatedBytes, fileBytes, loraBytesOfRank, weightBytesOfRank } from '../../src/sizing/weights.js';
import { checkpoint, deepseekV2Lite, llama8b, model } from './samples.js';

const dense = llama8b.architecture;
const linear = 6_979_321_856;
const tables = 2 * 128_256 * 4096;
const norms = 65 * 4096;

describe('weight files of Llama-3.1-8B', () => {
  // Linear layers in few bits; embeddings, head and norms in 16.
  test.each([
    ['bf16', 2 * 8_030_261_248],
    ['fp32', 4 * 8_030_261_248],
    ['fp8', linear * (1 + 4 / 16_384) + 2 * (tables + norms)],
    ['int8', linear * (1 + 4 / 16_384) + 2 * (tables + norms)],
    ['w4a16', linear * (0.5 + 2 / 128) + 2 * (tables + norms)],
    ['awq', linear * (0.5 + 2.5 / 128) + 2 * (tables + norms)],
    ['gptq', linear * (0.5 + 2.5 / 128) + 2 * (tables + norms)],
    ['nvfp4', linear * 0.5625 + 2 * (tables + norms)],
  ] as const)('%s takes %d bytes', (precision, expected) => {
    expect(fileBytes(llama8b, checkpoint(precision))).toBeCloseTo(expected, -1);
  });

  test('smaller groups of 4-bit weights take more', () => {
    const group32 = fileBytes(llama8b, checkpoint('awq', { groupSize: 32 }));
    expect(group32).toBeCloseTo(linear * (0.5 + 2.5 / 32) + 2 * (tables + norms), -1);
  });
});

describe('what a scheme reaches', () => {
  const experts = { kind: 'routedExperts', tensors: 1, elements: 1000, intermediateSize: 2880 } as const;
  const attention = { kind: 'attention', tensors: 1, elements: 1000 } as const;
  const mixer = { kind: 'mixer', tensors: 1, elements: 1000 } as const;
  const sparse = Architecture.parse({
    ...dense,
    moe: { experts: 8, expertsPerToken: 2, expertIntermediateSize: 2880 },
  });

  test.each([
    ['mxfp4 pads an expert of 2880 to 3072', 'mxfp4', experts, sparse, (1000 * 0.53125 * 3072) / 2880],
    ['mxfp4 leaves attention at 16 bits', 'mxfp4', attention, sparse, 2000],
    ['nvfp4 leaves attention beside experts at 16 bits', 'nvfp4', attention, sparse, 2000],
    ['nvfp4 reaches attention of dense models', 'nvfp4', attention, dense, 562.5],
    ['nvfp4 keeps recurrent mixers at 8 bits', 'nvfp4', mixer, dense, 1000],
  ] as const)('%s', (_, precision, group, architecture, expected) => {
    expect(bytesOfTensor(group, checkpoint(precision), architecture)).toBeCloseTo(expected, 6);
  });

  test('a checkpoint of quantized experts leaves the rest alone', () => {
    const only = checkpoint('fp8', { scope: 'experts' });
    expect(bytesOfTensor(attention, only, sparse)).toBe(2000);
    expect(bytesOfTensor(experts, only, sparse)).toBeCloseTo(1000, 0);
  });
});

describe('what the card gives for it', () => {
  test.each([
    [5 * MIB, 5 * MIB],
    [31.5 * MIB, 32 * MIB],
    [35 * MIB, 36 * MIB],
    [24.5 * MIB, 24.5 * MIB],
    [32 * MIB, 32 * MIB],
  ])('a tensor of %d bytes takes %d', (bytes, expected) => {
    expect(allocatedBytes(bytes)).toBe(expected);
  });

  // Logs of vLLM 0.19.0 and 0.7.2, GiB after loading.
  test('Llama-3.1-8B loads 14.99 GiB, on each of 4 ranks 3.77', () => {
    const bf16 = checkpoint('bf16');
    expect(weightBytesOfRank(llama8b, bf16, WHOLE) / GIB).toBeCloseTo(14.99, 2);
    expect(weightBytesOfRank(llama8b, bf16, { ...WHOLE, tensorParallelSize: 4 }) / GIB).toBeCloseTo(3.77, 2);
  });

  test('latent attention keeps absorbed copies of its up-projection: 29.43 GiB in the log', () => {
    expect(weightBytesOfRank(deepseekV2Lite, checkpoint('bf16'), WHOLE) / GIB).toBeCloseTo(29.43, 1);
  });

  test('a stated size is cut like the computed one', () => {
    const stated = checkpoint('bf16', { loadedGib: { value: 100, source: 'test' } });
    expect(weightBytesOfRank(llama8b, stated, WHOLE) / GIB).toBeCloseTo(100, 6);
    expect(weightBytesOfRank(llama8b, stated, { ...WHOLE, tensorParallelSize: 2 }) / GIB).toBeCloseTo(50, 0);
  });
});

test('a LoRA slot of Qwen3-4B at rank 16 takes the 0.077 GiB that 63 more slots took', () => {
  const qwen3 = model({
    class: 'Qwen3ForCausalLM',
    layers: 36,
    hiddenSize: 2560,
    attentionHeads: 32,
    kvHeads: 8,
    headDim: 128,
    intermediateSize: 9728,
    vocabSize: 151_936,
    tiedEmbeddings: true,
  });
  expect(loraBytesOfRank(qwen3, WHOLE, 63, 16) / GIB / (12.49 - 7.63)).toBeCloseTo(1, 1);
});
