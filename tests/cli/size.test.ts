import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sizeCommand } from '../../src/cli/size.js';
import { berth as run } from './run.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-size-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

async function berth(...words: string[]) {
  const { stdout: out, stderr: err, code } = await run(folder, ...words);
  return { out, err, code };
}

const EXAMPLE =
  'size llama-3.1-8b --on 1xh100-sxm --precision bf16 --max-model-len 8192 --gpu-memory-utilization 0.95 --engine vllm@0.19.0 --json';

test('the documented example prints the contract, with the cache that vLLM 0.19.0 reports', async () => {
  const { out, code } = await berth(...EXAMPLE.split(' '));
  const sizing = JSON.parse(out);
  expect(code).toBe(0);
  expect(Object.keys(sizing).slice(0, 7)).toEqual([
    'fits',
    'verdict',
    'perGpu',
    'kvCacheTokens',
    'maxConcurrency',
    'throughput',
    'assumptions',
  ]);
  expect(sizing.perGpu.totalGib).toBe(79.19);
  expect(Math.abs(sizing.perGpu.kvCacheGib / 58.1 - 1)).toBeLessThan(0.02);
  expect(sizing.settings.engine).toBe('vllm@0.19.0');
  expect(sizing.assumptions.join('\n')).toMatch('table of 0.19.1');
});

test('what does not fit prints the same JSON and ends with 1', async () => {
  const { out, code } = await berth('size', 'llama-4-scout', '--on', '1xa100-80-sxm', '--json');
  const sizing = JSON.parse(out);
  expect(code).toBe(1);
  expect(sizing).toMatchObject({ fits: false, verdict: 'no' });
  expect(sizing.missingGib).toBeGreaterThan(100);
  expect(sizing.nearest[0].set.precision).toBe('w4a16');
});

test('a person gets a small table without colours, and what would fit', async () => {
  vi.stubEnv('NO_COLOR', '1');
  const { out, code } = await berth('size', 'qwen3-32b', '--on', '1xrtx-4090', '--max-model-len', '8k');
  expect(code).toBe(1);
  expect(out).toContain('does not fit');
  expect(out).toContain('│ weights');
  expect(out).toMatch(/what fits instead:\n {2}→ /);
  expect(out).not.toContain('\u001b[');
  expect(
    Math.max(
      ...out
        .split('\n')
        .filter((line) => line.startsWith('│'))
        .map((line) => line.length),
    ),
  ).toBeLessThan(60);
});

describe('models and accelerators from files', () => {
  const config = {
    architectures: ['LlamaForCausalLM'],
    num_hidden_layers: 32,
    hidden_size: 4096,
    num_attention_heads: 32,
    num_key_value_heads: 8,
    intermediate_size: 14_336,
    vocab_size: 128_256,
    tie_word_embeddings: false,
    max_position_embeddings: 131_072,
  };
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

  test('a config.json is sized like the catalogue’s entry', async () => {
    write('config.json', JSON.stringify(config));
    const words = EXAMPLE.replace('llama-3.1-8b', './config.json').split(' ');
    const { out } = await berth(...words);
    expect(JSON.parse(out).perGpu.kvCacheGib).toBeCloseTo(58.11, 1);
  });

  test('an accelerator in a few figures', async () => {
    write('card.yaml', 'memoryGib: 60\nmemoryBandwidthGBs: 2000\nlinkGBs: 400\n');
    const { out, code } = await berth(
      'size',
      'llama-3.1-8b',
      '--on',
      '2xcard.yaml',
      '--max-model-len',
      '8192',
      '--json',
    );
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      perGpu: { totalGib: 60 },
      settings: { gpus: 2, tensorParallelSize: 2 },
    });
  });

  test('a broken file is a mistake with its place, not a crash', async () => {
    write('config.json', JSON.stringify({ ...config, vocab_size: undefined }));
    const { err, code } = await berth('size', './config.json', '--on', '1xh100-sxm');
    expect(code).toBe(1);
    expect(err).toMatch(/missing: vocab_size/);
    write('card.yaml', 'memoryGib: sixty\n');
    expect((await berth('size', 'qwen3-8b', '--on', '1xcard.yaml')).err).toMatch(/card\.yaml/);
  });
});

describe('mistakes', () => {
  test.each([
    ['an unknown model', ['qwen3-33b', '--on', '1xl4'], /did you mean qwen3-32b/],
    ['an unknown accelerator', ['qwen3-8b', '--on', '1xh100-sxx'], /did you mean h100-sxm/],
    [
      'an unknown precision',
      ['qwen3-8b', '--on', '1xl4', '--precision', 'bf61'],
      /precision 'bf61' is not known/,
    ],
    ['an unknown engine', ['qwen3-8b', '--on', '1xl4', '--engine', 'tgi@3.0'], /engine 'tgi' is not known/],
    ['no accelerator at all', ['qwen3-8b', '--on', '0xl4'], /at least one accelerator/],
    ['a share above 1', ['qwen3-8b', '--on', '1xl4', '--gpu-memory-utilization', '90'], /between 0 and 1/],
    [
      'an unknown state of the compile cache',
      ['qwen3-8b', '--on', '1xl4', '--compile-cache', 'lukewarm'],
      /compileCache: must be one of: cold, warm, found 'lukewarm'/,
    ],
    ['a model whose cache is not modelled', ['kimi-k3', '--on', '8xh200'], /missing: /],
  ])('%s', async (_, words, expected) => {
    const { err, code } = await berth('size', ...words);
    expect(code).toBe(1);
    expect(err).toMatch(expected);
    expect(err).not.toMatch(/\bat .*\.ts:/);
  });
});

test('an engine without a table takes the constants of its range', async () => {
  const { out } = await berth(
    'size',
    'qwen3-14b',
    '--on',
    '1xh100-sxm',
    '--engine',
    'vllm@0.15.0',
    '--gpu-memory-utilization',
    '0.95',
    '--max-model-len',
    '8192',
    '--json',
  );
  const { perGpu, assumptions } = JSON.parse(out);
  // One start of 0.15 on an H100 left 41.94 GiB.
  expect(perGpu.kvCacheGib).toBeCloseTo(41.94, 0);
  expect(assumptions.join('\n')).toMatch(/vLLM 0\.8–0\.16/);
});

test('weights that nobody has published are reckoned, and that is said', async () => {
  const { out, code } = await berth(
    'size',
    'mistral-7b-v0.3',
    '--on',
    '1xl4',
    '--precision',
    'int8',
    '--max-model-len',
    '8192',
    '--json',
  );
  expect(code).toBe(0);
  expect(JSON.parse(out).assumptions.join('\n')).toMatch(/no weights of .* reckoned/);
});

test('the help teaches by example and lists the flags of the contract', () => {
  const help = sizeCommand().helpInformation();
  for (const flag of [
    '--on',
    '--accelerator-memory-gib',
    '--tensor-parallel-size',
    '--pipeline-parallel-size',
    '--enable-expert-parallel',
    '--kv-cache-dtype',
    '--block-size',
    '--max-num-seqs',
    '--max-num-batched-tokens',
    '--enforce-eager',
    '--concurrency',
    '--precision',
    '--max-model-len',
    '--gpu-memory-utilization',
    '--engine',
    '--json',
  ])
    expect(help).toContain(flag);
});
