import { readFileSync, statSync } from 'node:fs';
import { UserError } from '../error.js';

const LARGEST_BYTES = 1024 * 1024;

const REASONS: Record<string, string> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file: a part of its path is a file, not a folder',
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  EISDIR: 'this is a folder, not a file',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'the path is too long',
};

/**
 * The text of a file that users write, without a byte order mark.
 * @param shownFile The path as messages show it.
 * @throws UserError where it cannot be read, is no ordinary file, is too large or is not UTF-8.
 */
export function readText(file: string, shownFile: string): string {
  const refuse = (message: string, fix?: string) =>
    new UserError(`${shownFile} cannot be read`, [
      { place: { file: shownFile }, message, ...(fix !== undefined && { fix }) },
    ]);
  let bytes: Buffer;
  try {
    const stats = statSync(file);
    if (stats.isDirectory()) throw refuse(reasonOf({ code: 'EISDIR' }));
    if (!stats.isFile()) throw refuse('this is not an ordinary file');
    if (stats.size > LARGEST_BYTES)
      throw refuse(`${stats.size} bytes are too many, at most ${LARGEST_BYTES}`);
    bytes = readFileSync(file);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw refuse(reasonOf(error));
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
    throw refuse(`this is not UTF-8${utf16 ? ', it looks like UTF-16' : ''}`, 'save it as UTF-8');
  }
}

/** Why the file system refused, in words. */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? 'unknown reason';
  return REASONS[code] ?? code;
}
