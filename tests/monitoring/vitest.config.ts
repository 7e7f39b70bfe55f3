import { defineConfig } from 'vitest/config';

/** The layer that needs promtool and Prometheus. What rules/ tests needs Node only and runs with the unit tests. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    pool: 'threads',
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 300_000,
    teardownTimeout: 15_000,
  },
});
