import { expect, test } from 'vitest';
import { sizeModel } from '../../src/sizing/size-model.js';
import { checkpoint, engine, h100, llama8b } from './samples.js';

test('Llama-3.1-8B on one H100 leaves the 58.10 GiB that vLLM 0.19.0 reports', () => {
  const sizing = sizeModel({
    model: llama8b,
    checkpoint: checkpoint('bf16'),
    accelerator: h100,
    gpus: 1,
    engine: engine('0.19.1'),
    gpuMemoryUtilization: 0.95,
    maxModelLen: 8192,
  });
  expect(sizing.perGpu.kvCacheGib).toBeGreaterThan(58.1 * 0.98);
  expect(sizing.perGpu.kvCacheGib).toBeLessThan(58.1 * 1.02);
  expect(sizing.fits).toBe(true);
});
