import { expect, test } from 'vitest';
import { eventLoop, percentile, poissonArrivals } from '../../../src/sizing/throughput/event-loop.js';
import type { StepTimes } from '../../../src/sizing/throughput/step.js';

/** A step of 10 ms and 1 ms for each request; a prompt takes 100 ms alone, 50 ms riding. */
const times: StepTimes = {
  decode: (batch) => 0.01 + 0.001 * batch,
  prefill: () => 0.1,
  ridingPrefill: () => 0.05,
};
const load = { inputTokens: 5000, outputTokens: 11, runningLimit: 8, startSeconds: 0.02 };

test('one request: the prompt, then ten steps of 11 ms', () => {
  const met = eventLoop(times, { ...load, at: [3] });
  expect(met.ttft[0]).toBeCloseTo(0.12, 9);
  expect(met.tpot[0]).toBeCloseTo(0.011, 9);
  expect(met.seconds).toBeCloseTo(0.1 + 10 * 0.011, 9);
});

test('a second request rides on the first one’s steps and slows them', () => {
  const met = eventLoop(times, { ...load, at: [0, 0.105] });
  // The first has its token at 0.100 and steps to 0.111; the second is taken in by the step to 0.111 + 0.011 + 0.050.
  expect(met.ttft[1]).toBeCloseTo(0.111 + 0.061 - 0.105 + 0.02, 9);
  expect(met.tpot[0]).toBeCloseTo((0.011 + 0.061 + 8 * 0.012) / 10, 9);
});

test('what does not fit waits for a place', () => {
  const met = eventLoop(times, { ...load, runningLimit: 1, at: [0, 0] });
  expect(met.ttft[1]).toBeCloseTo(0.1 + 10 * 0.011 + 0.1 + 0.02, 9);
});

test('a burst of a thousand ends, everyone is served in turn', () => {
  const met = eventLoop(times, { ...load, at: new Array(1000).fill(0) });
  expect(met.ttft.every((seconds) => seconds > 0)).toBe(true);
  expect(met.tpot.every((seconds) => seconds > 0)).toBe(true);
  expect([...met.ttft]).toEqual([...met.ttft].sort((a, b) => a - b));
});

test('Poisson arrivals are the same for a seed and have their rate', () => {
  const at = poissonArrivals(4000, 5, 7);
  expect(at).toEqual(poissonArrivals(4000, 5, 7));
  expect((at.at(-1) ?? 0) / 4000).toBeCloseTo(1 / 5, 2);
  expect(percentile([4, 1, 3, 2], 0.5)).toBe(2);
  expect(percentile([4, 1, 3, 2], 0.95)).toBe(4);
});
