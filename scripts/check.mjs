// The quick loop: build, types, lint, structure, golden set, unit tests.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
for (const args of [['scripts/build.mjs'], ['tests/run.mjs', '--quick']]) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 2);
}
