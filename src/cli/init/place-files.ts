import { existsSync, linkSync, mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { reasonOf } from '../../catalog/read-text.js';
import { UserError } from '../../error.js';
import type { Files } from './project-files.js';

/**
 * Writes all files or none, and over nothing: each is finished beside its place and then linked there, which fails where
 * something stands. Runs without a pause, so that a signal that is held comes before or after it.
 * @throws UserError where a file is there already or the disk refuses; then nothing is left.
 */
export function placeFiles(folder: string, files: Files): void {
  const taken = [...files.keys()].filter((path) => existsSync(join(folder, path)));
  if (taken.length > 0)
    throw new UserError(
      'nothing was written',
      taken.map((file) => ({
        place: { file },
        message: 'this file is there already, and is not overwritten',
        fix: 'take another --name, or move it away',
      })),
    );
  const placed: string[] = [];
  const made: string[] = [];
  let staging: string | undefined;
  try {
    staging = mkdtempSync(join(folder, '.berth-init-'));
    for (const [index, [path, text]] of [...files].entries()) {
      const finished = join(staging, String(index));
      writeFileSync(finished, text, { flag: 'wx' });
      const target = join(folder, path);
      makeFolders(dirname(target), made);
      linkSync(finished, target);
      placed.push(target);
    }
  } catch (error) {
    for (const file of placed) rmSync(file, { force: true });
    for (const one of made.reverse()) removeEmpty(one);
    throw new UserError('nothing was written', [{ place: { file: folder }, message: reasonOf(error) }]);
  } finally {
    if (staging !== undefined) rmSync(staging, { recursive: true, force: true });
  }
}

function makeFolders(folder: string, made: string[]): void {
  if (existsSync(folder)) return;
  makeFolders(dirname(folder), made);
  mkdirSync(folder);
  made.push(folder);
}

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Somebody else has put something there in the meantime: it stays.
  }
}
