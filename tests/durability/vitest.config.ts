import { defineConfig } from 'vitest/config';

/** Hundreds of whole synths, killed or started elsewhere, and every plan that the catalogue allows: too slow for the quick loop. */
export default defineConfig({
  test: {
    include: ['tests/synth/{kill,determinism,disk,random}.test.ts', 'tests/plan/every-model.test.ts'],
    testTimeout: 1_200_000,
    hookTimeout: 600_000,
    maxWorkers: 1,
  },
});
