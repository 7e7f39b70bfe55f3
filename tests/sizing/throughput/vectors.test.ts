import { expect, test } from 'vitest';
import { SPEED } from '../../../src/sizing/throughput/fitted.js';
import { predict, prepare } from '../measured/prepared-run.js';
import type { SpeedRow } from '../measured/speed-rows.js';

type Triple = readonly [tpotMs: number | null, ttftMs: number, tokensPerSecond: number];

/** A run, its measured figures (TTFT `mean` or `median`), and what the closed form that this model was grown from says. */
const VECTORS: readonly (readonly [
  name: string,
  configuration: string,
  load: readonly [input: number, output: number, concurrency: number],
  ttft: 'mean' | 'median',
  measured: Triple,
  closedForm: Triple,
])[] = [
  [
    'r03629',
    'llama-3.1-8b bf16 - a100-80-sxm 1 vllm 0.20.1',
    [28_643.9, 256.1, 8],
    'median',
    [null, 5594, 59],
    [106.13, 6791, 60],
  ],
  [
    'r02914',
    'llama-3.3-70b fp8 fp8 h100-sxm 4 vllm 0.11.0',
    [921.6, 921.6, 4],
    'mean',
    [11.78, 81, 338],
    [12.26, 115, 324],
  ],
  [
    'r03081',
    'llama-3.3-70b fp8 fp8 h200 2 vllm 0.11.0',
    [7372.8, 921.6, 16],
    'mean',
    [27.47, 1249, 556],
    [24.45, 1443, 637],
  ],
  [
    'r01687',
    'qwen3-32b bf16 - h100-sxm 4 vllm 0.12.0',
    [4096, 1024, 32],
    'mean',
    [18.72, 574, 1661],
    [18.94, 676, 1673],
  ],
  [
    'r00200',
    'gpt-oss-120b mxfp4 - h200 8 vllm 0.13.0',
    [7372.8, 921.6, 32],
    'median',
    [7.7, 116, 3913],
    [8.2, 117, 3847],
  ],
  [
    'r03331',
    'minimax-m2.5 fp8 fp8 b200 2 vllm 0.17.0',
    [921.6, 7372.8, 16],
    'mean',
    [15.18, 133, 1053],
    [14.25, 106, 1122],
  ],
  [
    'r00395',
    'deepseek-r1 fp8 - h200 8 sglang 0.5.6',
    [921.6, 921.6, 8],
    'median',
    [13.73, 120, 561],
    [14.47, 118, 549],
  ],
  [
    'r03707',
    'llama-3.1-8b bf16 - rtx-4090 1 vllm 0.7.3',
    [256.4, 350, 8],
    'median',
    [null, 69, 340],
    [22.32, 114, 354],
  ],
  [
    'r03852',
    'qwen2.5-0.5b bf16 - l4 1 vllm 0.7.3',
    [104.1, 211.1, 32],
    'median',
    [null, 27, 2837],
    [8.53, 48, 3673],
  ],
  [
    'r00136',
    'gpt-oss-120b mxfp4 fp8 b200 2 tensorrt-llm 1.2.0',
    [921.6, 7372.8, 8],
    'median',
    [3.1, 30, 2512],
    [3.96, 53, 2014],
  ],
];

function predicted([
  ,
  configuration,
  [inputTokens, outputTokens, concurrency],
  ttft,
]: (typeof VECTORS)[number]): Triple {
  const [model, precision, kvCacheDtype, accelerator, ranks, engine, version] = configuration.split(' ');
  const row = {
    model,
    precision,
    kvCacheDtype,
    accelerator,
    engine,
    version,
    concurrency,
    inputTokens,
    outputTokens,
  };
  const run = prepare({
    ...row,
    tensorParallelSize: Number(ranks),
    expertParallelSize: 1,
    requests: null,
  } as SpeedRow);
  if (run === null) throw new Error('no profile');
  const state = predict(run, SPEED);
  const first = ttft === 'mean' ? state.ttftMean : state.ttftMedian;
  return [state.tpot * 1000, first * 1000, state.outputTokensPerSecond];
}

const errors = (of: Triple, measured: Triple) =>
  measured.flatMap((value, at) => (value === null ? [] : [Math.abs((of[at] as number) / value - 1)]));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test('on the vectors of the closed form the model is nearer to what was measured', () => {
  const ours = VECTORS.flatMap((vector) => errors(predicted(vector), vector[4]));
  const theirs = VECTORS.flatMap(([, , , , measured, closedForm]) => errors(closedForm, measured));
  console.info(`vectors: mean error ${mean(ours).toFixed(3)}, closed form ${mean(theirs).toFixed(3)}`);
  expect(mean(ours)).toBeLessThan(mean(theirs));
});

test.each(VECTORS)('%s %s: tokens a second within a third', (...vector) => {
  const [, , rate] = predicted(vector);
  expect(Math.abs(rate / vector[4][2] - 1)).toBeLessThan(1 / 3);
});
