import { describe, expect, test } from 'vitest';
import {
  chooseParallelSizes,
  legalTensorParallelSizes,
  tensorParallelObstacle,
} from '../../src/sizing/parallel.js';
import { checkpoint, deepseekV2Lite, llama8b, model } from './samples.js';

const bf16 = checkpoint('bf16');
const awq = checkpoint('awq', { groupSize: 128 });
const chosen = (gpus: number, more = {}, weights = bf16, of = llama8b) =>
  chooseParallelSizes(of, weights, { gpus, enableExpertParallel: false, ...more });

describe('sizes that divide a model', () => {
  test.each([
    ['32 query and 8 key/value heads', llama8b, bf16, false, [1, 2, 4, 8, 16]],
    ['14336 in groups of 128', llama8b, awq, false, [1, 2, 4, 8, 16]],
    ['16 latent heads', deepseekV2Lite, bf16, false, [1, 2, 4, 8, 16]],
    ['experts of 1408 = 11 × 128 in groups of 128', deepseekV2Lite, awq, false, [1]],
  ] as const)('%s', (_, of, weights, expert, expected) => {
    expect(legalTensorParallelSizes(of, weights, 16, expert)).toEqual(expected);
  });

  test('experts dealt out whole need not divide', () => {
    const { moe } = deepseekV2Lite.architecture;
    const dense = model({ ...deepseekV2Lite.architecture, moe: moe && { ...moe, denseLayers: 0 } });
    expect(legalTensorParallelSizes(dense, awq, 16, true)).toEqual([1, 2, 4, 8, 16]);
  });

  test('a maker’s fp8 comes in blocks of 128, another’s by channel', () => {
    const narrow = model({ ...llama8b.architecture, intermediateSize: 14_400 });
    const vendor = checkpoint('fp8', { publisher: 'vendor' });
    expect(tensorParallelObstacle(narrow.architecture, vendor, 4, false)).toMatch(/14400/);
    expect(tensorParallelObstacle(narrow.architecture, checkpoint('fp8'), 4, false)).toBeNull();
  });
});

describe('tensor × pipeline = GPUs', () => {
  test.each([
    [1, {}, 1, 1],
    [8, {}, 8, 1],
    [16, { gpusPerNode: 8 }, 8, 2],
    [6, {}, 2, 3],
    [5, {}, 1, 5],
    [4, { pipelineParallelSize: 2 }, 2, 2],
    [4, { tensorParallelSize: 1 }, 1, 4],
  ])('%i GPUs, %o: %i × %i', (gpus, more, tensor, pipeline) => {
    expect(chosen(gpus, more)).toMatchObject({
      tensorParallelSize: tensor,
      pipelineParallelSize: pipeline,
      blocker: null,
    });
  });

  test('a size that was asked for and does not divide is refused with those that do and a way with stages', () => {
    const { blocker } = chosen(5, { tensorParallelSize: 5 });
    expect(blocker).toBe(
      '32 attention heads do not divide by 5; tensor parallel sizes that divide it, up to 5 GPUs: 1, 2, 4; all 5 GPUs work as tensor parallel 1 × 5 pipeline stages',
    );
  });

  test('sizes whose product is another number are refused', () => {
    expect(chosen(4, { tensorParallelSize: 2, pipelineParallelSize: 4 }).blocker).toMatch(
      '2 × 4 is not 4 GPUs',
    );
    expect(chosen(4, { pipelineParallelSize: 3 }).blocker).toMatch('3 stages do not divide 4 GPUs');
  });

  test('another choice than tensor parallel over all is explained', () => {
    expect(chosen(6).note).toBe(
      'tensor parallel 2 × 3 pipeline stages: 32 attention heads do not divide by 6',
    );
    expect(chosen(8).note).toBeNull();
  });
});
