import { describe, expect, test } from 'vitest';
import { acceleratorMemory } from '../../src/sizing/accelerator-memory.js';
import { batchDefaults } from '../../src/sizing/engine-defaults.js';
import { GIB } from '../../src/sizing/gib.js';
import { OVERHEADS } from '../../src/sizing/overhead-constants.js';
import { sizeOnce } from '../../src/sizing/size-once.js';
import type { SizeRequest } from '../../src/sizing/types.js';
import {
  a100,
  accelerator,
  checkpoint,
  deepseekV2Lite,
  engine,
  h100,
  l4,
  llama8b,
  model,
} from './samples.js';

const request: SizeRequest = {
  model: llama8b,
  checkpoint: checkpoint('bf16'),
  accelerator: h100,
  gpus: 1,
  engine: engine('0.19.0'),
  maxModelLen: 8192,
};
const perGpu = (more: Partial<SizeRequest>) => sizeOnce({ ...request, ...more }).perGpu;

describe('activation', () => {
  // 1024 rows × 128,256 logits × 14.56 bytes, 8192 × 4096 hidden values of 2, and 0.0365 GiB.
  const sampler = (1024 * 128_256 * 14.56 + 8192 * 4096 * 2) / GIB + 0.0365;
  // Gate, up and their product, and three copies of the hidden states, for 2048 tokens.
  const forward = (2048 * 2 * (3 * 14_336 + 3 * 4096)) / GIB;
  // 8192 tokens × 6 experts × (2816 + 2048) × 2 bytes.
  const experts = (8192 * 6 * (2816 + 2048) * 2) / GIB;

  test.each<[string, Partial<SizeRequest>, number]>([
    ['the sampler peaks on large cards', {}, sampler],
    ['tensor parallelism does not split it', { gpus: 4 }, sampler],
    [
      'stages receive hidden states and residual',
      { gpus: 2, pipelineParallelSize: 2 },
      sampler + (2 * 8192 * 4096 * 2) / GIB,
    ],
    ['few sequences: the widest layer peaks', { maxNumSeqs: 4, maxNumBatchedTokens: 2048 }, forward],
    [
      'the second runner does not profile the sampler',
      { engine: engine('0.27.1'), maxNumBatchedTokens: 2048 },
      forward,
    ],
    [
      'fused experts keep workspaces',
      { model: deepseekV2Lite },
      (1024 * 102_400 * 14.56 + 8192 * 2048 * 2) / GIB + 0.0365 + experts,
    ],
  ])('%s', (_, more, expected) => {
    expect(perGpu(more).activationGib).toBeCloseTo(expected, 2);
  });

  test('the sampler of 0.16 took 38 bytes a logit, and with FlashInfer 10', () => {
    const old = { engine: engine('0.16.0'), enforceEager: true };
    expect(perGpu(old).activationGib).toBeCloseTo(4.76, 1);
    // 1024 × 128,256 × 10 bytes, and the hidden states and the fixed part as above.
    expect(perGpu({ ...old, flashInferSampler: true }).activationGib).toBeCloseTo(1.33, 2);
  });

  // 128,256 × 4096 values of two bytes; a LoRA slot adds 16 × (128,256 + 4096) of them.
  const table = (128_256 * 4096 * 2) / GIB;
  test.each<[string, Partial<SizeRequest>, number]>([
    ['a first start holds the embedding table once more while it compiles', {}, table],
    ['a rank holds its share of it', { gpus: 2 }, table / 2],
    ['and the tables of the LoRA slots', { maxLoras: 8 }, table + (8 * 16 * (128_256 + 4096) * 2) / GIB],
    [
      'a model that takes images compiles behind its embeddings',
      { model: { ...llama8b, modalities: ['image'] }, maxNumSeqs: 4 },
      // The first runner: the sampler is small, and the encoder's outputs stay alive.
      forward + 0.13,
    ],
    ['without a compile there is none', { enforceEager: true }, forward],
    ['nor before 0.12', { engine: engine('0.11.0'), maxNumSeqs: 16 }, forward],
  ])('%s', (_, more, expected) => {
    const second = { engine: engine('0.27.1'), maxNumBatchedTokens: 2048, compileCache: 'cold' } as const;
    expect(perGpu({ ...second, ...more }).activationGib).toBeCloseTo(expected, 2);
  });

  test('a start that may be cold has that at the unfavourable end', () => {
    const second = { ...request, engine: engine('0.27.1'), maxNumBatchedTokens: 2048, maxNumSeqs: 4 };
    const lowest = (more: Partial<SizeRequest>) => sizeOnce({ ...second, ...more }).kvCacheGibRange[0];
    const cold = sizeOnce({ ...second, compileCache: 'cold' }).perGpu.kvCacheGib;
    expect(lowest({})).toBeLessThan(cold);
    expect(lowest({ compileCache: 'warm' })).toBeGreaterThan(cold);
  });

  test('sparse attention takes a workspace for prefill that grows with the context', () => {
    const sparse = model({
      ...deepseekV2Lite.architecture,
      indexerBytesPerTokenAndLayer: 132,
    });
    const at = (maxModelLen: number) =>
      sizeOnce({ ...request, model: sparse, gpus: 8, maxModelLen }).perGpu.activationGib;
    // 40 entries of 132 bytes for each token, where the experts' workspace is smaller.
    expect(at(524_288) - at(262_144)).toBeCloseTo((262_144 * 40 * 132) / GIB, 1);
    expect(at(2048)).toBe(at(1024));
  });
});

describe('memory outside PyTorch', () => {
  test.each<[string, Partial<SizeRequest>, number]>([
    ['one rank', {}, 0.25],
    ['two ranks over NVLink', { gpus: 2 }, 2.06],
    ['two ranks over PCIe', { gpus: 2, accelerator: l4, maxModelLen: 1024 }, 0.5],
    ['stages do not need it', { gpus: 2, pipelineParallelSize: 2 }, 0.25],
  ])('%s', (_, more, expected) => {
    expect(perGpu(more).nonTorchGib).toBe(expected);
  });
});

describe('CUDA graphs', () => {
  const kv = (version: string, inside: boolean) =>
    perGpu({ engine: engine(version, 0.92, inside), accelerator: a100 }).kvCacheGib;

  test('come off the budget from 0.21 on with the first runner, and on top of it before and with the second', () => {
    const difference = kv('0.21.0', false) - kv('0.21.0', true);
    expect(difference).toBeCloseTo(perGpu({}).cudaGraphGib, 1);
    expect(kv('0.27.0', true)).toBe(kv('0.27.0', false));
  });

  test('are as many as the batch sizes up to twice the sequences; the unfavourable end counts all', () => {
    const all = perGpu({ maxNumSeqs: 256 }).cudaGraphGib;
    expect(perGpu({ maxNumSeqs: 1024 }).cudaGraphGib).toBe(all);
    // 1, 2, 4, 8, 16, 24 and 32 of 51 sizes.
    expect(perGpu({ maxNumSeqs: 16 }).cudaGraphGib).toBeCloseTo((all * 7) / 51, 2);
    const fits = (maxNumSeqs: number) =>
      sizeOnce({ ...request, maxNumSeqs, gpuMemoryUtilization: 0.985 }).verdict;
    expect([fits(256), fits(4)]).toEqual(['no', 'barely']);
  });

  test('do not exist in eager mode', () => {
    expect(perGpu({ enforceEager: true }).cudaGraphGib).toBe(0);
  });

  test('that find no room beside the budget keep a model from starting', () => {
    const { verdict, blockers } = sizeOnce({ ...request, gpuMemoryUtilization: 0.99 });
    expect(verdict).toBe('no');
    expect(blockers.map(({ id }) => id)).toEqual(['fit/cuda-graphs']);
  });
});

test('every constant says for which engines it holds and where it is from, and the ranges are in order', () => {
  const versions = OVERHEADS.map(({ from }) => Number(from.split('.')[1]));
  expect(versions).toEqual([...versions].sort((a, b) => a - b));
  for (const { engines, source } of OVERHEADS) expect(`${engines}${source}`.length).toBeGreaterThan(30);
});

describe('defaults by card and version', () => {
  const big = { name: 'h100', memoryGib: 79.19, computeCapability: '9.0' };
  test.each([
    ['0.19.1', big, 8192, 1024, 8192],
    ['0.19.1', { ...big, name: 'NVIDIA A100-SXM4-80GB' }, 8192, 256, 2048],
    ['0.19.1', { ...big, memoryGib: 44.4 }, 8192, 256, 2048],
    ['0.8.3', { ...big, memoryGib: 44.4 }, 8192, 1024, 2048],
    ['0.6.6', big, 20_000, 256, 20_000],
    ['0.6.6', big, 131_072, 256, 2048],
    ['0.9.0', { ...big, computeCapability: '7.5' }, 20_000, 256, 20_000],
  ] as const)(
    '%s on %o with %i tokens: %i sequences, %i tokens a step',
    (version, card, length, seqs, batch) => {
      expect(batchDefaults(engine(version), card, length)).toEqual({
        maxNumSeqs: seqs,
        maxNumBatchedTokens: batch,
      });
    },
  );
});

describe('memory of one accelerator', () => {
  const memory = (marketedGb: number, driverMib: number | null, runtimeGib: number | null) =>
    acceleratorMemory(
      accelerator('x', 1, { memory: { marketedGb, driverMib, runtimeGib, runtimeSource: null } }),
      undefined,
    );

  test('is what the runtime reports where that is known', () => {
    expect(memory(80, 81_559, 79.19)).toEqual({ gib: 79.19, assumption: null });
  });

  test('is the driver’s figure less the difference seen elsewhere, and says so', () => {
    const { gib, assumption } = memory(48, 49_140, null);
    expect(gib).toBeCloseTo(47.99 - 0.5, 2);
    expect(assumption).toMatch(/driver's 49140 MiB less 0.5 GiB/);
  });

  test('is reckoned from the label only where nothing else is known', () => {
    expect(memory(64, null, null).assumption).toMatch(/label's 64 GB/);
  });

  test('is what the user says', () => {
    expect(acceleratorMemory(h100, 70)).toEqual({ gib: 70, assumption: null });
  });
});
