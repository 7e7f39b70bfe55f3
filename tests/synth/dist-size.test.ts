import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findEnvironments } from '../cluster/environments.js';

/** Synth refuses 400 kB; the shipped examples leave room for what comes next. */
const ROOM_BYTES = 380_000;

test.each(findEnvironments())('$id is small enough to grow', ({ folder }) => {
  const bytes = readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
  expect(bytes).toBeLessThan(ROOM_BYTES);
});
