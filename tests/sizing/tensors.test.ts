import { describe, expect, test } from 'vitest';
import { countElements, parametersFromDimensions, tensorsOfRank, WHOLE } from '../../src/sizing/tensors.js';
import { deepseekV2Lite, llama8b, model } from './samples.js';

const rank = (tensorParallelSize: number, pipelineParallelSize = 1, enableExpertParallel = false) => ({
  tensorParallelSize,
  pipelineParallelSize,
  enableExpertParallel,
});

describe('parameters by what they do', () => {
  // By hand from config.json: e.g. attention 32 × (4096 × (4096 + 2 × 1024) + 4096 × 4096).
  test.each([
    ['embedding', 128_256 * 4096],
    ['lmHead', 128_256 * 4096],
    ['attention', 32 * (4096 * 6144 + 4096 * 4096)],
    ['denseMlp', 32 * 3 * 4096 * 14_336],
    ['norm', 65 * 4096],
  ] as const)('Llama-3.1-8B holds in %s %i', (kind, expected) => {
    expect(countElements(tensorsOfRank(llama8b, WHOLE), kind)).toBe(expected);
  });

  test.each([
    // 27 × (query 2048 × 16 × 192, down 2048 × 576, up 512 × 16 × 256, out 16 × 128 × 2048)
    ['attention', 27 * (2048 * 3072 + 2048 * 576 + 512 * 4096 + 2048 * 2048)],
    ['denseMlp', 3 * 2048 * 10_944],
    ['routedExperts', 26 * 64 * 3 * 2048 * 1408],
    ['sharedExperts', 26 * 3 * 2048 * 2816],
    ['router', 26 * 64 * 2048],
  ] as const)('DeepSeek-V2-Lite holds in %s %i', (kind, expected) => {
    expect(countElements(tensorsOfRank(deepseekV2Lite, WHOLE), kind)).toBe(expected);
  });

  test('all of them are the published totals', () => {
    expect(parametersFromDimensions(llama8b.architecture)).toBe(8_030_261_248);
    expect(parametersFromDimensions(deepseekV2Lite.architecture) / 15_706_484_224).toBeCloseTo(1, 4);
  });
});

describe('what one rank holds', () => {
  test.each([
    ['embedding', 4, (128_256 * 4096) / 4],
    ['denseMlp', 4, (32 * 3 * 4096 * 14_336) / 4],
    // Beyond 8 ranks the 8 key/value heads are copied: 256 query columns, 128 for keys and 128 for values.
    ['attention', 16, 32 * (4096 * (256 + 2 * 128) + 256 * 4096)],
  ] as const)('Llama-3.1-8B, %s over %i ranks', (kind, size, expected) => {
    expect(countElements(tensorsOfRank(llama8b, rank(size)), kind)).toBe(expected);
  });

  test('the down projections of latent attention stand on every rank', () => {
    const attention = countElements(tensorsOfRank(deepseekV2Lite, rank(4)), 'attention');
    expect(attention).toBe(27 * (2048 * 768 + 2048 * 576 + 512 * 1024 + 512 * 2048));
  });

  test('experts take the same room cut or dealt out', () => {
    const cut = countElements(tensorsOfRank(deepseekV2Lite, rank(4)), 'routedExperts');
    const dealt = countElements(tensorsOfRank(deepseekV2Lite, rank(4, 1, true)), 'routedExperts');
    expect(cut).toBe(26 * 64 * 3 * 2048 * 352);
    expect(dealt).toBe(cut);
  });

  test('the fullest of three stages has 11 of 32 layers and one of the two tables', () => {
    const stage = tensorsOfRank(llama8b, rank(1, 3));
    expect(countElements(stage, 'denseMlp')).toBe(11 * 3 * 4096 * 14_336);
    expect(countElements(stage, 'embedding') + countElements(stage, 'lmHead')).toBe(128_256 * 4096);
  });

  test('a vocabulary of 49155 is padded to 49216', () => {
    const granite = model({ ...llama8b.architecture, vocabSize: 49_155 });
    expect(countElements(tensorsOfRank(granite, WHOLE), 'embedding')).toBe(49_216 * 4096);
  });

  test('layers that do not give their weights leave the published total', () => {
    const parameters = { total: 10_000_000_000, totalSource: 'test', active: null, beside: [] };
    const odd = model({ ...llama8b.architecture, weightsModelled: false }, { parameters });
    expect(countElements(tensorsOfRank(odd, WHOLE))).toBe(10_000_000_000);
  });

  test('what is beside the architecture counts unless the engine leaves it out', () => {
    const beside = [
      { what: 'tower', count: 400_000_000, loaded: true },
      { what: 'draft layer', count: 300_000_000, loaded: false },
    ];
    const parameters = { total: 8_730_261_248, totalSource: 'test', active: null, beside };
    const seeing = { ...llama8b, parameters };
    expect(countElements(tensorsOfRank(seeing, WHOLE), 'remainder')).toBe(400_000_000);
  });
});
