import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export const repository = join(import.meta.dirname, '..', '..');

const KEPT_SECONDS = 3600;

/**
 * The commands as users start them, compiled from the sources as they are now; `lib/` may be older. Compiled once for
 * each state of the sources; a test file keeps to one state.
 * @returns The folder that holds `bin/` and `lib/`.
 */
export function compiled(): string {
  built ??= compile();
  return built;
}

let built: string | undefined;

function compile(): string {
  const builds = join(repository, '.berth');
  const folder = join(builds, `test-build-${stateOfSources()}`);
  if (existsSync(folder)) return folder;
  removeOld(builds);
  const next = `${folder}.${process.pid}`;
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
  const { stdout } = spawnSync(
    process.execPath,
    [tsc, '-p', 'tsconfig.build.json', '--declaration', 'false', '--outDir', join(next, 'lib')],
    { cwd: repository, encoding: 'utf8' },
  );
  if (!existsSync(join(next, 'lib'))) throw new Error(`the sources do not compile:\n${stdout}`);
  cpSync(join(repository, 'bin'), join(next, 'bin'), { recursive: true });
  if (existsSync(folder)) rmSync(next, { recursive: true });
  else renameSync(next, folder);
  return folder;
}

function stateOfSources(): string {
  const hash = createHash('sha256');
  for (const folder of ['bin', 'src', 'templates']) {
    for (const entry of readdirSync(join(repository, folder), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile()) hash.update(`${path} ${statSync(path).mtimeMs} ${statSync(path).size}\n`);
    }
  }
  return hash.digest('hex').slice(0, 12);
}

function removeOld(builds: string): void {
  if (!existsSync(builds)) return;
  for (const name of readdirSync(builds).filter((one) => one.startsWith('test-build-'))) {
    const age = (Date.now() - statSync(join(builds, name)).mtimeMs) / 1000;
    if (age > KEPT_SECONDS) rmSync(join(builds, name), { recursive: true, force: true });
  }
}
