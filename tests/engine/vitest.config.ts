import { defineConfig } from 'vitest/config';

/** The layer that needs Python: the engine's own parser, and a real server. One worker: two cores, one server. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    // The planted faults' live half is asked here too.
    include: ['*.test.ts', '../faults/engine.live.ts'],
    // The others need Node only and run with the unit tests.
    exclude: ['{table,metric-comparison,swaps}.test.ts'],
    globalSetup: ['global-setup.ts'],
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 600_000,
    reporters: ['verbose'],
  },
});
