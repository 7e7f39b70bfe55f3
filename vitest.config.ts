import { defineConfig } from 'vitest/config';

/** The layers that need Node only. The others have a config of their own and are started by tests/run.mjs. */
export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: [
      'tests/{cluster,scanners,browser}/**/*.test.ts',
      // The rules are data and need Node only; running them needs promtool.
      'tests/monitoring/*.test.ts',
      'tests/monitoring/!(rules)/**/*.test.ts',
      // The engine's tables need Node only; its parser and server need Python.
      'tests/engine/!(table).test.ts',
      '**/node_modules/**',
    ],
    testTimeout: 60_000,
    maxWorkers: 2,
  },
});
