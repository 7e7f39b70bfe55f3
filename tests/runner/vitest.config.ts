import { defineConfig } from 'vitest/config';

/** What `npm test` itself leaves behind. One at a time: each test starts layers of its own and ends them half way. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    pool: 'threads',
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 360_000,
    hookTimeout: 60_000,
    reporters: ['verbose'],
  },
});
