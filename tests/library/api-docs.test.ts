import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const node = (...args: readonly string[]) =>
  spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', timeout: 120_000 });

test('docs/api.md is what the code says, and every comment of the library can be read', () => {
  expect(node('scripts/build.mjs').status).toBe(0);
  const { status, stderr } = node('scripts/api.mjs', '--check');
  expect(stderr).toBe('');
  expect(status).toBe(0);
});
