import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = dirname(fileURLToPath(import.meta.url));

// One control plane and one test at a time: the tests share its nodes. Threads, so that nothing survives the process.
export default defineConfig({
  test: {
    root: here,
    // The planted faults' live half is asked here too.
    include: ['*.test.ts', '../faults/cluster.live.ts'],
    globalSetup: ['./setup.ts'],
    pool: 'threads',
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    teardownTimeout: 15_000,
    sequence: { concurrent: false },
  },
});
