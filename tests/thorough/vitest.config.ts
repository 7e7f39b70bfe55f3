import { defineConfig } from 'vitest/config';
import { thorough } from './files.js';

/** What needs Node only and is too slow for the quick loop, but for what starts the commands hundreds of times. */
export default defineConfig({
  test: { include: thorough, testTimeout: 60_000, hookTimeout: 60_000, maxWorkers: 2, isolate: false },
});
