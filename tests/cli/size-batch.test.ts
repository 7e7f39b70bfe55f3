import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { otherOptions, whatIfFlags } from '../../src/cli/size/options.js';
import { WHAT_IF_KEYS } from '../../src/sizing/what-if/what-if.js';
import { berth } from './run.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-batch-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function batch(...lines: (string | object)[]) {
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  writeFileSync(join(folder, 'batch.jsonl'), `${text}\n`);
  const { stdout, code } = await berth(folder, 'size', '--batch', 'batch.jsonl');
  return {
    results: stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
    code,
  };
}

const PLAIN = { id: 'a', model: 'llama-3.1-8b', accelerator: 'h100-sxm', gpus: 1, maxModelLen: 8192 };

test('one result a line in the same order; what is wrong is a result and stops nothing', async () => {
  const { results, code } = await batch(
    PLAIN,
    '{"id": "b", "model": ',
    { ...PLAIN, id: 'c', model: 'no-such/model' },
    { ...PLAIN, id: 'd', engine: 'tgi@3' },
    { ...PLAIN, id: 5, gpus: 0 },
    { ...PLAIN, id: 'f', gpus: 2 },
  );
  expect(code).toBe(0);
  expect(results.map(({ id }) => id)).toEqual(['a', 2, 'c', 'd', 5, 'f']);
  expect(results.map(({ error }) => error === undefined)).toEqual([true, false, false, false, false, true]);
  expect(results[1].error).toMatch(/line 2 is no JSON/);
  expect(results[2].error).toMatch(/no model 'no-such\/model'/);
  expect(results[4].error).toMatch(/gpus/);
  expect(results[5].settings.tensorParallelSize).toBe(2);
});

const WRONG = {
  model: 'no-such/model',
  precision: 'bf17',
  accelerator: 'h999',
  engine: 'tgi@3',
  maxNumSeqs: 0,
  gpuMemoryUtilization: 2,
};

test('every mistake of a line is said at once', async () => {
  const { results } = await batch(WRONG);
  for (const words of ['maxNumSeqs', 'gpuMemoryUtilization', 'bf17', 'no-such/model', 'h999', 'tgi'])
    expect(results[0].error).toContain(words);
});

test('a key that is not valid is not missed as well', async () => {
  const { results } = await batch({ ...PLAIN, accelerator: { memoryGib: -1 }, engine: 5 });
  expect(results[0].error.match(/accelerator/g)).toHaveLength(1);
  expect(results[0].error).toContain('engine: ');
});

test('every mistake of the flags is said at once, files included', async () => {
  const flags =
    'no-such/model --precision bf17 --on 0xh100-sxm --engine tgi@3 --config no.json --compile-cache hot';
  const { stderr, code } = await berth(folder, 'size', ...flags.split(' '));
  expect(code).toBe(1);
  for (const words of ['bf17', 'at least one accelerator', 'tgi', 'no.json', 'compileCache'])
    expect(stderr).toContain(words);
  const { stderr: other } = await berth(folder, ...'size no-such/model --on h999'.split(' '));
  expect(other).toMatch(/no-such\/model[\s\S]*h999/);
});

test('every mistake of a comparison is said at once', async () => {
  const { stderr, code } = await berth(folder, ...'size qwen3-32b --compare 1xh999,2xl40s/bf17'.split(' '));
  expect(code).toBe(1);
  expect(stderr).toMatch(/h999[\s\S]*bf17/);
});

test('a line says what the flags of the same names say', async () => {
  const line = {
    id: 'x',
    model: 'Qwen/Qwen3-32B',
    precision: 'fp8',
    accelerator: 'h100-sxm',
    gpus: 4,
    tensorParallelSize: 2,
    pipelineParallelSize: 2,
    expertParallel: true,
    engine: 'vllm@0.19.0',
    gpuMemoryUtilization: 0.85,
    maxModelLen: 16_000,
    maxNumSeqs: 64,
    maxNumBatchedTokens: 4096,
    enforceEager: true,
    compileCache: 'cold',
    blockSize: 32,
    kvCacheDtype: 'fp8',
    acceleratorMemoryGib: 79,
    gpusPerNode: 8,
    concurrency: 20,
    inputTokens: 900,
    outputTokens: 200,
    prefixCacheHitRate: 0.3,
    measured: { concurrency: 8, inputTokens: 900, outputTokens: 200, tpotMs: 20 },
  };
  const { results } = await batch(line);
  const { stdout } = await berth(
    folder,
    ...'size Qwen/Qwen3-32B --precision fp8 --on 4xh100-sxm --tensor-parallel-size 2 --pipeline-parallel-size 2'.split(
      ' ',
    ),
    ...'--enable-expert-parallel --engine vllm@0.19.0 --gpu-memory-utilization 0.85 --max-model-len 16000'.split(
      ' ',
    ),
    ...'--max-num-seqs 64 --max-num-batched-tokens 4096 --enforce-eager --compile-cache cold --block-size 32 --kv-cache-dtype fp8'.split(
      ' ',
    ),
    ...'--accelerator-memory-gib 79 --gpus-per-node 8 --concurrency 20 --input-tokens 900 --output-tokens 200'.split(
      ' ',
    ),
    ...'--prefix-cache-hit-rate 0.3 --measured concurrency=8,inputTokens=900,outputTokens=200,tpotMs=20 --json'.split(
      ' ',
    ),
  );
  const { id, ...sizing } = results[0];
  expect(id).toBe('x');
  expect(sizing).toEqual(JSON.parse(stdout));
});

test('every key but the id and the count has a flag, and every flag a key', () => {
  const keys = new Set(whatIfFlags().map(({ key }) => key));
  // `--on 2xh100-sxm` says gpus and accelerator; MODEL is the argument.
  expect([...keys, 'id', 'model', 'gpus'].sort()).toEqual([...WHAT_IF_KEYS].sort());
  expect(otherOptions().map(({ long }) => long)).toEqual(['--batch', '--compare', '--plot', '--json']);
});

test('names of other people: any letter case, variants, other cards and precisions, figures instead of a card', async () => {
  const { results } = await batch(
    { ...PLAIN, model: 'META-LLAMA/llama-3.1-8b-instruct', accelerator: 'H100-SXM-80GB' },
    {
      ...PLAIN,
      model: 'someone/Meta-Llama-3.1-8B-Instruct-FP8-dynamic',
      accelerator: 'NVIDIA H100 80GB HBM3',
    },
    { ...PLAIN, precision: 'GGUF Q4_K_M', accelerator: 'RTX-4090-24GB' },
    { ...PLAIN, precision: 'fp4', accelerator: 'B200-SXM-180GB' },
    {
      ...PLAIN,
      accelerator: {
        memoryGib: 80,
        memoryBandwidthGBs: 3350,
        bf16Tflops: 989,
        fp8Tflops: 1979,
        linkGBs: 450,
      },
    },
    { ...PLAIN, accelerator: { memoryGib: 61, memoryBandwidthGBs: 1234, bf16Tflops: 99, fp8Tflops: null } },
    { ...PLAIN, engine: 'sglang@v0.5.6-cu129', concurrency: 16, inputTokens: 921.6, outputTokens: 921.6 },
    { ...PLAIN, engine: 'TensorRT-LLM@1.2.0rc2', tensorParallelSize: null },
  );
  for (const result of results) {
    expect(result.error).toBeUndefined();
    expect(result.throughput.tpotMs).toBeGreaterThan(0);
    expect(result.throughput.ttftMeanMs).toBeGreaterThanOrEqual(result.throughput.ttftMs * 0.9);
  }
  const [plain, fp8, gguf, fp4, figures, , sglang] = results;
  expect(fp8.settings.precision).toBe('fp8');
  expect(gguf.settings.precision).toBe('q4_k_m');
  expect(gguf.perGpu.weightsGib).toBeLessThan(plain.perGpu.weightsGib * 0.4);
  expect(fp4.settings.precision).toBe('nvfp4');
  expect(figures.perGpu.totalGib).toBe(plain.perGpu.totalGib);
  expect(figures.assumptions.join('\n')).toMatch(/those of h100-sxm/);
  expect(sglang.settings.engine).toBe('sglang@0.5.6');
  expect(sglang.assumptions.join('\n')).toMatch(/SGLang 0\.5\.1–0\.5\.13/);
});

test('a model by the content of its config.json, and what it lacks', async () => {
  const config = {
    architectures: ['Qwen2ForCausalLM'],
    num_hidden_layers: 28,
    hidden_size: 3584,
    num_attention_heads: 28,
    num_key_value_heads: 4,
    intermediate_size: 18_944,
    vocab_size: 152_064,
    tie_word_embeddings: false,
    max_position_embeddings: 32_768,
  };
  const { results } = await batch(
    { ...PLAIN, model: undefined, config },
    { ...PLAIN, model: 'me/mine', config, checkpoint: { parameters: 7_615_616_512, gib: 14.19 } },
    { ...PLAIN, model: 'qwen2.5-7b' },
    { ...PLAIN, model: undefined, config: { ...config, num_hidden_layers: null } },
  );
  const [bare, counted, known, lacking] = results;
  for (const { perGpu } of [bare, counted])
    expect(perGpu.kvCacheGib / known.perGpu.kvCacheGib).toBeCloseTo(1, 2);
  expect(lacking.error).toMatch(/missing: num_hidden_layers/);
});

test('a key that nobody knows is left out, and that is said', async () => {
  const { results } = await batch({ ...PLAIN, maxModelLength: 4096 });
  expect(results[0].assumptions[0]).toMatch(
    /'maxModelLength' is not known and was left out: did you mean maxModelLen/,
  );
});

test('docs/size.md names every key and every flag', () => {
  const page = readFileSync('docs/size.md', 'utf8');
  for (const key of WHAT_IF_KEYS) expect(page).toContain(`\`${key}`);
  for (const { long } of otherOptions()) if (long !== '--json') expect(page).toContain(long);
});

test.each([
  ['.', 'this is a folder, not a file'],
  ['nowhere.jsonl', 'no such file'],
])('--batch %s ends with 1 and says why in words', async (file, reason) => {
  const { stdout, stderr, code } = await berth(folder, 'size', '--batch', file);
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toContain(`--batch ${file} cannot be read: ${reason}\n`);
});
