import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './state-folder.js';

/** Where finished binaries stay between runs; outside the repository. */
export function cacheFolder(): string {
  const base =
    process.env.BERTH_CACHE_DIR ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'berth');
  return join(base, 'proving-ground');
}

/** `<prefix>-<hash>` over the names and contents of files: the key of what is built from them. */
export function contentKey(prefix: string, folder: string, files: readonly string[], extra = ''): string {
  const hash = createHash('sha256').update(extra);
  for (const file of [...files].sort())
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(folder, file)))
      .update('\0');
  return `${prefix}-${process.platform}-${process.arch}-${hash.digest('hex').slice(0, 16)}`;
}

/**
 * Returns the cache entry of a key, building it first where it is missing. A build goes to a temporary name and is
 * renamed when complete, so that an entry is whole or absent; one process builds, the others wait.
 */
export async function cached(key: string, build: (target: string) => Promise<void>): Promise<string> {
  const folder = cacheFolder();
  const entry = join(folder, key);
  mkdirSync(folder, { recursive: true });
  const lock = `${entry}.lock`;
  for (let waitedSeconds = 0; !existsSync(entry); waitedSeconds += 1) {
    if (takeLock(lock)) {
      try {
        if (!existsSync(entry)) {
          removeLeftovers(folder, key);
          await build(`${entry}.part-${process.pid}`);
        }
      } finally {
        rmSync(lock, { force: true });
      }
    } else {
      if (waitedSeconds === 0) console.log(`proving ground: another run builds ${key}, waiting`);
      if (waitedSeconds > 3600) throw new Error(`${lock} was held for an hour`);
      await sleep(1000);
    }
  }
  return entry;
}

function takeLock(lock: string): boolean {
  try {
    const file = openSync(lock, 'wx');
    writeSync(file, `${process.pid}`);
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const holder = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
  // Empty for an instant while it is being written: only a holder that is known and dead loses the lock.
  if (holder > 0 && !isAlive(holder)) rmSync(lock, { force: true });
  return false;
}

function removeLeftovers(folder: string, key: string): void {
  for (const name of readdirSync(folder)) {
    if (name.startsWith(`${key}.part-`)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}
