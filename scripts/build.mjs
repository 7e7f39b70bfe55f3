// Compiles src/ and templates/ to lib/, and makes `npx berth` work inside this repository.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const lib = join(root, 'lib');
const next = join(root, '.berth', `lib.${process.pid}`);
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');

const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', next], {
  cwd: root,
  stdio: 'inherit',
});
if (status !== 0) {
  rmSync(next, { recursive: true, force: true });
  process.exit(status ?? 2);
}
// What does not compile leaves the last build in place, and nobody ever sees half of one.
const old = `${next}.old`;
if (existsSync(lib)) renameSync(lib, old);
renameSync(next, lib);
rmSync(old, { recursive: true, force: true });

// npm links the bins of dependencies only: in its own repository the command would be unknown to npx.
const link = join(root, 'node_modules', '.bin', 'berth');
if (existsSync(join(root, 'node_modules')) && !existsSync(link)) {
  mkdirSync(dirname(link), { recursive: true });
  rmSync(link, { force: true });
  symlinkSync('../../bin/berth.js', link);
}
