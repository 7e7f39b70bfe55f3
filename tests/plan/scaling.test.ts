import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { admission, scaling } from '../../src/plan/scaling.js';

const address = 'http://prometheus.monitoring:9090';

describe('scaling', () => {
  it('takes four fifths of the concurrency as full and a quarter of it as a queue', () => {
    const plan = scaling(48, { min: 2, max: 6 }, 150, address);
    expect(plan.runningThreshold).toBe(38);
    expect(plan.waitingThreshold).toBe(12);
  });

  it('cools down for longer than a cold start and adds one replica per cold start', () => {
    const plan = scaling(8, { min: 1, max: 3 }, 800, address);
    expect(plan.cooldownSeconds).toBe(1100);
    expect(plan.scaleUpPeriodSeconds).toBe(800);
  });

  it('never asks an external period of more than half an hour, which the autoscaler refuses', () => {
    expect(scaling(8, { min: 1, max: 3 }, 7200, address).scaleUpPeriodSeconds).toBe(1800);
  });

  it('acts below the admission cap at every concurrency', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4096 }), (concurrency) => {
        const { target, admitted } = admission(concurrency, undefined);
        return admitted > target + scaling(concurrency, { min: 1, max: 2 }, 60, address).waitingThreshold;
      }),
    );
  });
});
