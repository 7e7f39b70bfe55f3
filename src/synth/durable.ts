import {
  chmodSync,
  closeSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** Writes a new file and waits until the disk has it. Its mode does not depend on the umask. */
export function writeDurably(path: string, content: string): void {
  const file = openSync(path, 'w', 0o644);
  try {
    fchmodSync(file, 0o644);
    const bytes = Buffer.from(content, 'utf8');
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Waits until the disk has a folder's list of names. */
export function syncFolder(path: string): void {
  let folder: number;
  try {
    folder = openSync(path, 'r');
  } catch (error) {
    // Some systems open no folder, and have no such wait; one that has been removed needs none.
    if (
      ['EISDIR', 'EPERM', 'EACCES', 'ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')
    )
      return;
    throw error;
  }
  try {
    fsyncSync(folder);
  } catch (error) {
    if (!['EINVAL', 'EPERM', 'ENOTSUP'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    closeSync(folder);
  }
}

/** Makes a folder and those above it. Their mode does not depend on the umask. */
export function makeFolder(path: string): void {
  if (exists(path)) return;
  const above = dirname(path);
  makeFolder(above);
  mkdirSync(path);
  chmodSync(path, 0o755);
  syncFolder(above);
}

/** Whether something has this name, be it a link that leads nowhere. */
export function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
