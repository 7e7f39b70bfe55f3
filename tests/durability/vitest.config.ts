import { defineConfig } from 'vitest/config';

/** Hundreds of whole synths, killed or started elsewhere: too slow for the quick loop. */
export default defineConfig({
  test: {
    include: ['tests/synth/{kill,determinism,disk,random}.test.ts'],
    testTimeout: 1_200_000,
    hookTimeout: 600_000,
    maxWorkers: 1,
  },
});
