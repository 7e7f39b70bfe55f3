import { expect, test } from 'vitest';
import { SPEED } from '../../src/sizing/throughput/fitted.js';
import { stepGain } from './measured/fit-speed.js';
import { prepareRuns } from './measured/prepared-run.js';
import { writeFits } from './measured/speed-folds.js';

const runs = prepareRuns(['steady', 'thin']);
/** BERTH_FIT=1 fits the constants of speed and of its folds anew, which takes an hour. */
const refits = process.env.BERTH_FIT === '1';

if (refits) test('the constants of speed are written anew', () => writeFits(runs), 7_200_000);

test('the constants of speed are those that the measured runs give', () => {
  expect(stepGain(runs, SPEED)).toBeLessThan(0.01);
}, 60_000);
