import {
  constants,
  copyFileSync,
  linkSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../error.js';
import { isRunning, type Owner, self } from './owner.js';

/** What file systems without hard links answer. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP'];

/** A lock of another machine, whose processes cannot be seen, counts as abandoned after this long. */
const ABANDONED_SECONDS = 600;

/**
 * Runs `action` while no other process writes `dist/`. The lock of a process that has died is taken over.
 * @param folder The project's `.berth`, which exists.
 * @throws UserError where another process holds the lock.
 */
export function withLock<T>(folder: string, action: () => T): T {
  const lock = join(folder, 'lock');
  take(lock);
  try {
    return action();
  } finally {
    unlinkSync(lock);
  }
}

/** Removes the lock of a process that died after its work was done. It harms nobody, so nothing is said where that fails. */
export function sweepLock(folder: string): void {
  const lock = join(folder, 'lock');
  const seen = read(lock);
  try {
    if (seen !== undefined && isAbandoned(lock, seen)) removeAbandoned(lock);
  } catch {
    // Read-only, or taken over in the meantime: whoever needs the lock deals with it.
  }
}

function take(lock: string): void {
  const mine = `${lock}.${process.pid}`;
  // A link appears with its content or not at all: nobody ever reads half a lock.
  writeFileSync(mine, JSON.stringify(self()));
  try {
    if (tryLink(mine, lock)) return;
    removeAbandoned(lock);
    if (!tryLink(mine, lock)) throw busy(lock);
  } finally {
    rmSync(mine, { force: true });
  }
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (!NO_LINKS.includes(code)) throw error;
  }
  try {
    copyFileSync(from, to, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function removeAbandoned(lock: string): void {
  const seen = read(lock);
  if (seen === undefined) return;
  if (!isAbandoned(lock, seen)) throw busy(lock, parse(seen));
  const aside = `${lock}.${process.pid}.abandoned`;
  try {
    renameSync(lock, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  // Somebody else may have taken it over between the look and the rename: then it is theirs.
  const stolen = read(aside) !== seen;
  if (stolen) tryLink(aside, lock);
  rmSync(aside, { force: true });
  if (stolen) throw busy(lock);
}

function isAbandoned(lock: string, text: string): boolean {
  const owner = parse(text);
  const running = owner && isRunning(owner);
  if (running !== undefined) return !running;
  const age = (Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0)) / 1000;
  return age > ABANDONED_SECONDS;
}

function parse(text: string): Owner | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function busy(lock: string, owner?: Owner): UserError {
  const who = owner ? ` (process ${owner.pid} on ${owner.host})` : '';
  return new UserError('dist/ cannot be written', [
    {
      message: `another synth is writing it${who}`,
      fix: ['wait until it has ended, then run the command again', `if none runs, remove ${lock}`],
    },
  ]);
}
