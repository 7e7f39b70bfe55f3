import { defineConfig } from 'vitest/config';

/** The layers that need Node only. The others have a config of their own and are started by tests/run.mjs. */
export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/{cluster,engine,monitoring,scanners,browser}/**/*.test.ts', '**/node_modules/**'],
    testTimeout: 60_000,
    maxWorkers: 2,
  },
});
