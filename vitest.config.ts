import { defineConfig } from 'vitest/config';
import { thorough } from './tests/thorough/files.js';

/** The layers that need Node only. The others have a config of their own and are started by tests/run.mjs. */
export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: [
      'tests/{cluster,init,scanners,browser,runner,gateway}/**/*.test.ts',
      // The rules are data and need Node only; running them needs promtool.
      'tests/monitoring/*.test.ts',
      'tests/monitoring/!(rules)/**/*.test.ts',
      // What needs the engine itself, and so Python.
      'tests/engine/!(table|metric-comparison|swaps).test.ts',
      // Hundreds of whole synths; see tests/durability.
      'tests/synth/{kill,determinism,disk,random}.test.ts',
      'tests/plan/every-model.test.ts',
      // Builds, packs, and installs from the registry; see tests/library.
      'tests/library/{package,api-docs}.test.ts',
      ...thorough,
      '**/node_modules/**',
    ],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // Loading cdk8s and zod anew for each file took longer than the tests.
    isolate: false,
  },
});
