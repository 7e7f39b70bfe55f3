import { expect, test } from 'vitest';
import { openCatalog } from '../../../src/catalog/catalog.js';
import { sizeOnce } from '../../../src/sizing/size-once.js';
import { SPEED } from '../../../src/sizing/throughput/fitted.js';
import { type Demand, peakRequestsPerSecond, replicasFor } from '../../../src/sizing/throughput/replicas.js';
import { speedModel } from '../../../src/sizing/throughput/throughput.js';
import { speedRequest } from '../measured/speed-rows.js';

test('1,000,000 calls in 176 hours at three times the mean are 4.73 a second', () => {
  expect(peakRequestsPerSecond({ callsPerMonth: 1e6, hoursPerMonth: 176 })).toBeCloseTo(
    (1e6 / 633_600) * 3,
    9,
  );
  expect(peakRequestsPerSecond({ callsPerMonth: 730 * 3600, peakFactor: 2 })).toBeCloseTo(2, 9);
});

const request = speedRequest({
  model: 'qwen3-32b',
  precision: 'fp8',
  accelerator: 'h100-sxm',
  engine: 'vllm',
  version: '0.19.0',
  tensorParallelSize: 2,
  expertParallelSize: 1,
  concurrency: 1,
  inputTokens: 1000,
  outputTokens: 200,
  kvCacheDtype: '',
} as Parameters<typeof speedRequest>[0]);
const { settings } = sizeOnce(request);
const model = speedModel({ request, settings });
if ('missing' in model) throw new Error(model.missing);
const replica = {
  work: model.work,
  range: model.found.range,
  gpus: 2,
  runningLimit: 64,
  limitedBy: 'kv-cache' as const,
  errorBand: 0.13,
};
const demand: Demand = { requestsPerSecond: 20, inputTokens: 1000, outputTokens: 200 };
expect(openCatalog(undefined).model('qwen3-32b')).toBeDefined();

test('the range runs from the fast end of the band to the slow one, and GPUs follow', () => {
  const { replicas, gpus, requestsPerSecondEach } = replicasFor(demand, replica, SPEED);
  expect(replicas[0]).toBeLessThanOrEqual(replicas[1]);
  expect(gpus).toEqual([replicas[0] * 2, replicas[1] * 2]);
  expect(requestsPerSecondEach[0]).toBeLessThan(requestsPerSecondEach[1]);
  expect(replicas[1]).toBe(Math.ceil(20 / requestsPerSecondEach[0]));
});

test('twice the calls never need fewer replicas, tighter levels never fewer', () => {
  const needed = (more: Partial<Demand>) => replicasFor({ ...demand, ...more }, replica, SPEED).replicas[1];
  expect(needed({ requestsPerSecond: 40 })).toBeGreaterThanOrEqual(needed({}));
  expect(needed({ tpotSeconds: 0.02 })).toBeGreaterThanOrEqual(needed({ tpotSeconds: 0.05 }));
  expect(needed({ ttftSeconds: 0.3 })).toBeGreaterThanOrEqual(needed({ ttftSeconds: 2 }));
});

test('what binds is named', () => {
  const binding = (more: Partial<Demand>, limit = 64) =>
    replicasFor({ ...demand, ...more }, { ...replica, runningLimit: limit }, SPEED).binding;
  expect(binding({ tpotSeconds: 0.022 })).toBe('tpot');
  expect(binding({}, 2)).toBe('kv-cache');
  expect(binding({}, 4000)).toBe('throughput');
  expect(binding({ ttftSeconds: 0.001 })).toBe('never meets the service levels');
});

test('a prefix cache that holds half of each prompt lets one replica take more', () => {
  const rate = (prefixCacheHitRate: number) =>
    replicasFor({ ...demand, prefixCacheHitRate }, replica, SPEED).requestsPerSecondEach[0];
  expect(rate(0.5)).toBeGreaterThan(rate(0));
});
