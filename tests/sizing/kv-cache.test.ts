import { describe, expect, test } from 'vitest';
import type { Architecture } from '../../src/catalog/architecture.js';
import { GIB } from '../../src/sizing/gib.js';
import { kvCacheOf } from '../../src/sizing/kv-capacity.js';
import { deepseekV2Lite, llama8b, model } from './samples.js';

interface Case {
  readonly architecture: Architecture;
  readonly tp?: number;
  readonly pp?: number;
  readonly dtype?: string;
  readonly precision?: 'bf16' | 'fp32';
  readonly version?: string;
  readonly maxModelLen?: number;
  readonly maxNumBatchedTokens?: number;
}

function cacheOf({ architecture, tp = 1, pp = 1, version = '0.19.0', ...rest }: Case) {
  return kvCacheOf(
    {
      architecture,
      precision: rest.precision ?? 'bf16',
      tensorParallelSize: tp,
      pipelineParallelSize: pp,
      kvCacheDtype: rest.dtype ?? 'auto',
      engineVersion: version,
      computeCapability: '9.0',
    },
    {
      blockSize: 16,
      maxModelLen: rest.maxModelLen ?? 8192,
      maxNumBatchedTokens: rest.maxNumBatchedTokens ?? 8192,
      engineVersion: version,
    },
  );
}

const llama = llama8b.architecture;
const mla = deepseekV2Lite.architecture;
const gemma3 = model({
  ...llama,
  layers: 62,
  kvHeads: 16,
  layerGroups: [
    { cache: 'window', layers: 52, window: 1024 },
    { cache: 'full', layers: 10 },
  ],
}).architecture;
/** 16 layers with attention, 48 with a state of 3,207,168 bytes. */
const hybrid = model({
  ...llama,
  layers: 64,
  kvHeads: 4,
  headDim: 256,
  layerGroups: [
    { cache: 'state', layers: 48, bytesPerSequence: 3_207_168 },
    { cache: 'full', layers: 16 },
  ],
}).architecture;

describe('bytes of one token on one rank', () => {
  test.each<[string, Case, number]>([
    ['grouped heads: 2 × 32 layers × 8 heads × 128 × 2', { architecture: llama }, 131_072],
    ['fp8 halves it', { architecture: llama, dtype: 'fp8' }, 65_536],
    ['fp32 weights make fp32 entries', { architecture: llama, precision: 'fp32' }, 262_144],
    ['8 ranks hold one head each', { architecture: llama, tp: 8 }, 16_384],
    ['16 ranks still hold one head each', { architecture: llama, tp: 16 }, 16_384],
    ['two stages hold 16 layers each', { architecture: llama, pp: 2 }, 65_536],
    ['latent: 27 × (512 + 64) × 2', { architecture: mla }, 31_104],
    ['latent, on every rank again', { architecture: mla, tp: 8 }, 31_104],
    ['latent before 0.8, padded to 640', { architecture: mla, version: '0.7.2' }, 27 * 640 * 2],
    ['windows: 62 layers padded to 7 groups of 10', { architecture: gemma3 }, 70 * 2 * 16 * 128 * 2],
    [
      'windows in the old engine: no groups',
      { architecture: gemma3, version: '0.7.3' },
      62 * 2 * 16 * 128 * 2,
    ],
    ['states do not grow: 16 layers × 2 × 4 × 256 × 2', { architecture: hybrid }, 65_536],
  ])('%s', (_, setup, expected) => {
    expect(cacheOf(setup).bytesPerToken).toBe(expected);
  });

  test('sparse attention keeps an indexer beside the latent', () => {
    const sparse = { ...mla, indexerBytesPerTokenAndLayer: 132 };
    expect(cacheOf({ architecture: sparse }).bytesPerToken).toBe(27 * (1152 + 132));
  });
});

describe('tokens and requests', () => {
  test('whole blocks of 16 tokens: Llama-3.1-8B holds 476,016 in the 58.11 GiB of a log', () => {
    const { tokens, concurrency } = cacheOf({ architecture: llama }).capacity(58.11 * GIB);
    expect(tokens % 16).toBe(0);
    expect(tokens / 476_016).toBeCloseTo(1, 3);
    expect(concurrency).toBeCloseTo(58.11, 1);
  });

  test('windows hold at most the window and the batch: 6 groups of 577 blocks beside 512', () => {
    // ⌈(1023 + 2048) / 16⌉ + 1 = 193 blocks for each window group.
    const cache = cacheOf({ architecture: gemma3, maxModelLen: 8192, maxNumBatchedTokens: 2048 });
    expect(cache.bytesPerRequest).toBe((512 + 6 * 193) * 16 * 10 * 8192);
  });

  test('a batch as long as the context saves nothing: each window group has one block more than the full one', () => {
    const cache = cacheOf({ architecture: gemma3, maxModelLen: 8192, maxNumBatchedTokens: 8192 });
    expect(cache.bytesPerRequest).toBe((512 + 6 * 513) * 16 * 10 * 8192);
  });

  test('from 0.24 on tokens are requests × length', () => {
    const { tokens, concurrency } = cacheOf({ architecture: gemma3, version: '0.24.0' }).capacity(20 * GIB);
    expect(tokens).toBe(Math.floor(concurrency * 8192));
  });
});

describe('blocks that hold a recurrent state', () => {
  // One start of 0.26 on 2 ranks: 262,144 tokens are 335 blocks of 784 and 3 groups of 2 states; 377,456 = 491 / 341.
  test('16-bit cache over two ranks: blocks of 784 tokens, 341 a request', () => {
    const cache = cacheOf({ architecture: hybrid, tp: 2, version: '0.26.0', maxModelLen: 262_144 });
    const blockBytes = 784 * 2048 * 16;
    expect(cache.bytesPerRequest).toBe(341 * blockBytes);
    expect(cache.capacity(491 * blockBytes).tokens).toBe(377_456);
  });

  test('an fp8 cache doubles the block: 1568 tokens, 174 a request, 611 blocks are 920,517 tokens', () => {
    const cache = cacheOf({
      architecture: hybrid,
      tp: 2,
      dtype: 'fp8',
      version: '0.26.0',
      maxModelLen: 262_144,
    });
    const blockBytes = 1568 * 1024 * 16;
    expect(cache.bytesPerRequest).toBe(174 * blockBytes);
    expect(cache.capacity(611 * blockBytes).tokens).toBe(920_517);
  });

  test('Qwen3-Next on 2 × H200, vLLM 0.10.2: 14.77 requests of 262,144 tokens in 44.59 GiB', () => {
    const next = model({
      ...llama,
      layers: 48,
      kvHeads: 2,
      headDim: 256,
      // That version kept the state in 16 bits.
      layerGroups: [
        { cache: 'state', layers: 36, bytesPerSequence: 1_048_576 + 49_152 },
        { cache: 'full', layers: 12 },
      ],
    }).architecture;
    const cache = cacheOf({ architecture: next, tp: 2, version: '0.10.2', maxModelLen: 262_144 });
    const { tokens, concurrency } = cache.capacity(44.59 * GIB);
    expect(concurrency).toBeCloseTo(14.77, 2);
    expect(tokens / 973_760).toBeCloseTo(1, 3);
  });
});
