import { defineConfig } from 'vitest/config';

/** Packs the package and uses it from a project outside: needs a package registry, or npm's cache of it. */
export default defineConfig({
  test: {
    include: ['tests/library/{package,api-docs}.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    maxWorkers: 1,
  },
});
