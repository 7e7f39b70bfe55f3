import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { SPEED } from '../../../src/sizing/throughput/fitted.js';
import { steadyState } from '../../../src/sizing/throughput/steady-state.js';
import { type PreparedRun, prepareRuns } from '../measured/prepared-run.js';

const seed = Number(process.env.BERTH_SEED ?? 20_261_125);
const runs = prepareRuns(['steady']).filter((_, at) => at % 37 === 0);
const loads = fc.record({
  run: fc.constantFrom(...runs),
  concurrency: fc.integer({ min: 1, max: 256 }),
  inputTokens: fc.integer({ min: 1, max: 30_000 }),
  outputTokens: fc.integer({ min: 2, max: 4000 }),
  prefixCacheHitRate: fc.double({ min: 0, max: 1, noNaN: true }),
});
const stateOf = (
  { work, range }: PreparedRun,
  load: Omit<Parameters<typeof steadyState>[1], 'runningLimit'>,
) => steadyState(work, { ...load, runningLimit: 1024 }, SPEED, range);
type Asked = Parameters<Parameters<typeof loads.map>[0]>[0];
const check = (property: (asked: Asked) => void) =>
  fc.assert(fc.property(loads, property), { seed, numRuns: 200 });

test('Little’s law: requests in flight are the rate times what one takes', () => {
  check(({ run, ...load }) => {
    const { outputTokensPerSecond, tpot, ttftMedian } = stateOf(run, { ...load, concurrency: 1 });
    const seconds = ttftMedian + (load.outputTokens - 1) * tpot;
    expect((outputTokensPerSecond / load.outputTokens) * seconds).toBeCloseTo(1, 6);
  });
});

test('more requests in flight, longer prompts and a colder cache are never faster for one request', () => {
  check(({ run, ...load }) => {
    const { tpot, ttftMedian } = stateOf(run, load);
    for (const more of [
      { concurrency: load.concurrency * 2 },
      { inputTokens: load.inputTokens * 2 },
      { prefixCacheHitRate: load.prefixCacheHitRate / 2 },
    ]) {
      const other = stateOf(run, { ...load, ...more });
      expect(other.tpot).toBeGreaterThanOrEqual(tpot * (1 - 1e-9));
      expect(other.ttftMedian).toBeGreaterThanOrEqual(ttftMedian * (1 - 1e-9));
    }
  });
});
