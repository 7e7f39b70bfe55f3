import { defineConfig } from 'vitest/config';

/** `berth init` at a real terminal, and a newcomer's way from the README: installs from the registry. */
export default defineConfig({
  test: {
    include: ['tests/init/*.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 300_000,
    maxWorkers: 1,
  },
});
