import { describe, expect, it } from 'vitest';
import { lifecycle } from '../../src/plan/lifecycle.js';

describe('lifecycle', () => {
  // Worked by hand. Budget: 2 × load, at least 600, in whole minutes. Deadline: GiB × 1024 / 25, at least 3600, in tens of minutes.
  it.each([
    { startup: 90, files: 14, drain: 300, budget: 600, deadline: 3600, grace: 345 },
    { startup: 400, files: 61, drain: 300, budget: 840, deadline: 3600, grace: 345 },
    { startup: 1380, files: 640, drain: 0, budget: 2760, deadline: 26400, grace: 45 },
  ])(
    '$startup s of loading and $files GiB of files',
    ({ startup, files, drain, budget, deadline, grace }) => {
      const times = lifecycle(startup, files, drain);
      expect(times.startupBudgetSeconds).toBe(budget);
      expect(times.downloadDeadlineSeconds).toBe(deadline);
      expect(times.terminationGraceSeconds).toBe(grace);
    },
  );

  it('gives each bound more than what it must outlast', () => {
    const times = lifecycle(700, 200, 120);
    expect(times.progressDeadlineSeconds).toBeGreaterThan(
      times.downloadDeadlineSeconds + times.startupBudgetSeconds,
    );
    expect(times.terminationGraceSeconds).toBeGreaterThanOrEqual(
      times.preStopSeconds + times.shutdownTimeoutSeconds + 15,
    );
    expect(times.startupBudgetSeconds % times.startupPeriodSeconds).toBe(0);
  });
});
