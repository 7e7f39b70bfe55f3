import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/scanners/**/*.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 1_200_000,
    maxWorkers: 1,
  },
});
