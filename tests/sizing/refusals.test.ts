import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/error.js';
import { sizeModel } from '../../src/sizing/size-model.js';
import type { SizeRequest } from '../../src/sizing/types.js';
import { a100, accelerator, checkpoint, engine, h100, l4, llama8b, model } from './samples.js';

const request: SizeRequest = {
  model: { ...llama8b, checkpoints: [checkpoint('bf16'), checkpoint('awq'), checkpoint('fp8')] },
  checkpoint: checkpoint('bf16'),
  accelerator: h100,
  gpus: 1,
  engine: engine('0.19.0'),
  maxModelLen: 8192,
};
const t4 = accelerator('t4', 14.56, {
  computeCapability: '7.5',
  supports: {
    bf16: false,
    fp8: false,
    fp8WeightOnly: false,
    fp4: false,
    awq: true,
    marlinInt4: false,
    int8: true,
  },
});

describe('what a card cannot run is a blocker with the reason', () => {
  test.each<[string, Partial<SizeRequest>, string, RegExp]>([
    ['bf16 on a T4', { accelerator: t4 }, 'fit/precision', /no bf16/],
    [
      'fp8 where weight-only fp8 is missing too',
      { accelerator: t4, checkpoint: checkpoint('fp8') },
      'fit/precision',
      /fp8/,
    ],
    [
      'w4a16 without its kernels',
      { accelerator: t4, checkpoint: checkpoint('w4a16') },
      'fit/precision',
      /w4a16/,
    ],
    [
      'an fp8 cache below 8.9',
      { accelerator: a100, kvCacheDtype: 'fp8' },
      'fit/kv-cache-dtype',
      /8\.0.*8\.9/,
    ],
    [
      'a parallel size that does not divide',
      { gpus: 5, tensorParallelSize: 5 },
      'fit/parallel',
      /32 attention heads/,
    ],
  ])('%s', (_, more, id, reason) => {
    const { verdict, blockers } = sizeModel({ ...request, ...more });
    expect(verdict).toBe('no');
    expect(blockers.find((blocker) => blocker.id === id)?.message).toMatch(reason);
  });

  test('fp8 weights on an A100 run in 16-bit arithmetic, which is said and does not block', () => {
    const { fits, assumptions } = sizeModel({ ...request, accelerator: a100, checkpoint: checkpoint('fp8') });
    expect(fits).toBe(true);
    expect(assumptions.join('\n')).toMatch(/no fp8 arithmetic/);
  });
});

describe('what does not fit', () => {
  test('weights larger than the budget: both numbers, and a precision that fits', () => {
    const small = accelerator('small', 12);
    const { verdict, blockers, missingGib, nearest } = sizeModel({ ...request, accelerator: small });
    expect(verdict).toBe('no');
    expect(missingGib).toBeGreaterThan(5);
    expect(blockers[0]).toMatchObject({ id: 'fit/weights' });
    expect(blockers[0]?.message).toMatch(/^weights take 14\.99 GiB, .* of 10\.8 GiB/);
    expect(nearest[0]?.set).toMatchObject({ precision: 'awq' });
  });

  test('a context that is too long: the need, the room, and the longest that fits', () => {
    const { blockers, nearest } = sizeModel({ ...request, accelerator: l4, maxModelLen: 131_072 });
    expect(blockers[0]?.message).toMatch(/^1 × 131072 tokens take 16 GiB of cache, .* GiB are left$/);
    const shorter = nearest.find(({ set }) => 'maxModelLen' in set);
    expect(shorter?.set.maxModelLen).toBeGreaterThan(16_000);
    expect(sizeModel({ ...request, accelerator: l4, ...shorter?.set }).fits).toBe(true);
    const longer = Number(shorter?.set.maxModelLen) + 16;
    expect(sizeModel({ ...request, accelerator: l4, maxModelLen: longer }).fits).toBe(false);
  });

  test('a context that surely fits, and the longest that likely does', () => {
    // 16 tokens more are too many for either.
    const long = { ...request, accelerator: l4, engine: engine('0.22.1'), maxModelLen: 131_072 };
    const { nearest, nearestBarely } = sizeModel(long);
    const [sure, likely] = [nearest[0], nearestBarely[0]].map((choice) => Number(choice?.set.maxModelLen));
    const verdictAt = (maxModelLen = 0) => sizeModel({ ...long, maxModelLen }).verdict;
    expect([verdictAt(sure), verdictAt((sure ?? 0) + 16)]).toEqual(['fits', 'barely']);
    expect([verdictAt(likely), verdictAt((likely ?? 0) + 16)]).toEqual(['barely', 'no']);
    expect(nearestBarely[0]?.change).toBe(`--max-model-len ${likely}`);
  });

  test('too many requests at once: as many as fit', () => {
    // 71.27 − 14.99 − 1.88 × 1.08 − 0.40 GiB at the unfavourable end, 1 GiB a request.
    const { nearest } = sizeModel({ ...request, concurrency: 100 });
    expect(nearest.find(({ set }) => 'concurrency' in set)?.set.concurrency).toBe(53);
  });

  test('a small share of the memory: the smallest larger one', () => {
    // 0.2 × 79.19 GiB hold the weights of 14.99 GiB, and not the rest of the start.
    const { nearest } = sizeModel({ ...request, gpuMemoryUtilization: 0.2 });
    const share = Number(nearest.find(({ set }) => 'gpuMemoryUtilization' in set)?.set.gpuMemoryUtilization);
    expect(share).toBeGreaterThan(0.2);
    expect(sizeModel({ ...request, gpuMemoryUtilization: share }).fits).toBe(true);
    expect(sizeModel({ ...request, gpuMemoryUtilization: share - 0.01 }).fits).toBe(false);
  });

  test('no room for CUDA graphs beside the budget, and a context that is too long: both changed, on the same card', () => {
    const small = accelerator('rtx-4090', 23.52);
    const asked = { ...request, accelerator: small, gpuMemoryUtilization: 0.96, maxModelLen: 131_072 };
    const { nearest } = sizeModel(asked);
    const both = nearest.find(({ set }) => Object.keys(set).join() === 'gpuMemoryUtilization,maxModelLen');
    expect(nearest[0]).toBe(both);
    expect(sizeModel({ ...asked, ...both?.set }).fits).toBe(true);
    expect(sizeModel({ ...asked, ...both?.set, gpuMemoryUtilization: 0.96 }).fits).toBe(false);
  });

  test('an fp8 cache on an older card: e5m2, and 16 bit', () => {
    const { nearest } = sizeModel({ ...request, accelerator: a100, kvCacheDtype: 'fp8' });
    expect(nearest.slice(0, 2).map(({ set }) => set.kvCacheDtype)).toEqual(['fp8_e5m2', 'auto']);
    expect(sizeModel({ ...request, accelerator: a100, kvCacheDtype: 'fp8_e5m2' }).fits).toBe(true);
  });

  test('two precisions of four bits are one choice', () => {
    const many = ['awq', 'w4a16', 'fp8'] as const;
    const model = { ...llama8b, checkpoints: [checkpoint('bf16'), ...many.map((name) => checkpoint(name))] };
    const { nearest } = sizeModel({ ...request, model, accelerator: accelerator('small', 14) }, { limit: 9 });
    const offered = nearest.flatMap(({ set }) => ('maxModelLen' in set ? [] : (set.precision ?? [])));
    expect(offered).toEqual(['awq', 'fp8']);
  });

  test('another accelerator is offered only where the caller names it', () => {
    const large = { ...request, accelerator: l4, maxModelLen: 131_072, checkpoint: checkpoint('bf16') };
    const offers = (accelerators: (typeof h100)[]) =>
      sizeModel(large, { accelerators: () => accelerators, limit: 9 }).nearest.filter(
        ({ set }) => 'accelerator' in set,
      );
    expect(offers([])).toEqual([]);
    expect(offers([h100])[0]?.set).toEqual({ accelerator: 'h100-sxm', gpus: 1 });
  });
});

describe('what cannot be sized is refused, naming what is missing', () => {
  test.each([
    ['an unknown cache', { kvCacheModelled: false }, /how LlamaForCausalLM caches/],
    ['an unknown vocabulary', { vocabSize: null }, /vocabulary/],
    [
      'an unknown state',
      { layerGroups: [{ cache: 'state' as const, layers: 32, bytesPerSequence: null }] },
      /recurrent state/,
    ],
    ['layers of several shapes without a total', { weightsModelled: false }, /parameters\.total/],
  ])('%s', (_, more, reason) => {
    const unknown = model({ ...llama8b.architecture, ...more });
    const sized = () => sizeModel({ ...request, model: unknown });
    expect(sized).toThrow(UserError);
    expect(sized).toThrow(reason);
  });
});
