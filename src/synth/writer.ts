import { accessSync, constants, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { diskError } from './disk-error.js';
import { type DistChanges, distChanges, type EnvironmentFiles, transactionOf } from './dist-changes.js';
import { exists, makeFolder } from './durable.js';
import { discard, leftover, perform, prepare, type Transaction } from './journal.js';
import { sweepLock, withLock } from './lock.js';

/** Takes one line for the person at the terminal. */
export type Say = (line: string) => void;

/**
 * Brings `dist/` to what is wanted: wholly, or not at all, wherever the process is killed. What is as wanted is not
 * touched, what is not wanted in the environments' folders goes.
 * @param complete True where `wanted` is everything that the project deploys: other environments go.
 * @returns What was changed.
 * @throws UserError where the disk refuses, or another synth is at work.
 */
export function writeDist(
  root: string,
  wanted: readonly EnvironmentFiles[],
  complete: boolean,
  say: Say,
): DistChanges {
  restoreDist(root, say);
  const seen = distChanges(root, wanted, complete);
  if (isNothing(seen)) return seen;
  return locked(root, () => {
    restore(root, say);
    const changes = distChanges(root, wanted, complete);
    const transaction = transactionOf(changes);
    attempt('nothing was changed', () => {
      try {
        checkFolders(root, transaction);
        prepare(root, transaction);
      } catch (error) {
        discardQuietly(root);
        throw error;
      }
    });
    attempt('the next command that reads or writes it finishes the change', () => perform(root));
    return changes;
  });
}

/** Finishes or undoes what an interrupted synth has left, and says so. Every command that reads `dist/` calls it first. */
export function restoreDist(root: string, say: Say): void {
  if (leftover(root) !== undefined) locked(root, () => restore(root, say));
  else sweepLock(join(root, '.berth'));
}

function restore(root: string, say: Say): void {
  const left = leftover(root);
  if (left === 'complete') {
    attempt('an interrupted synth waits to be finished', () => perform(root));
    say('restored: an interrupted synth is now complete in dist/');
  } else if (left === 'begun') {
    attempt('it is as it was', () => discard(root));
    say('restored: an interrupted synth had changed nothing in dist/, what it had prepared is removed');
  }
}

export function isNothing({ files, emptyFolders }: DistChanges): boolean {
  return files.length === 0 && emptyFolders.length === 0;
}

function locked<T>(root: string, action: () => T): T {
  return attempt('nothing was changed', () => {
    const folder = join(root, '.berth');
    makeFolder(folder);
    return withLock(folder, action);
  });
}

/** Asks before anything is moved: a change that stops halfway helps nobody. */
function checkFolders(root: string, { write, remove, removeFolders }: Transaction): void {
  const device = statSync(join(root, '.berth')).dev;
  const folders = new Set([...write.keys(), ...remove, ...removeFolders].map(dirname));
  for (const folder of folders) {
    const path = nearestFolder(join(root, folder));
    accessSync(path, constants.W_OK | constants.X_OK);
    if (statSync(path).dev !== device)
      throw Object.assign(new Error('other device'), { code: 'EXDEV', syscall: 'rename', path });
  }
}

function nearestFolder(path: string): string {
  return exists(path) ? path : nearestFolder(dirname(path));
}

function discardQuietly(root: string): void {
  try {
    discard(root);
  } catch {
    // The next command tries again.
  }
}

function attempt<T>(state: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw diskError(error, state);
  }
}
