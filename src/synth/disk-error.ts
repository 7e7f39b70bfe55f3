import { UserError } from '../error.js';

/** What the system's words mean for a user, and what to do about it. */
const MEANING: Readonly<Record<string, readonly [found: string, fix: string]>> = {
  ENOSPC: ['the disk is full', 'make room, then run the command again'],
  EDQUOT: ['the disk quota is used up', 'make room, then run the command again'],
  EROFS: ['the file system is read-only', 'run the command where the project can be written'],
  EACCES: ['permission is missing', 'give yourself the right to write there, or run it as the owner'],
  EPERM: ['permission is missing', 'give yourself the right to write there, or run it as the owner'],
  EXDEV: ['dist/ and .berth/ lie on different file systems', 'keep both on one: files are moved, not copied'],
  ENOTDIR: ['a file stands where a folder is needed', 'move the file away'],
  EEXIST: ['a file stands where a folder is needed', 'move the file away'],
  EISDIR: ['a folder stands where a file is needed', 'move the folder away'],
  ENOTEMPTY: ['a folder stands where a file is needed', 'move the folder away'],
  EMFILE: ['too many files are open', 'raise the limit of open files (ulimit -n)'],
  EIO: ['the disk does not answer properly', 'look at the disk'],
};

/**
 * A failure of the file system in a user's words; anything else as it is.
 * @param state What the failure leaves in `dist/`.
 */
export function diskError(error: unknown, state: string): unknown {
  const { code, syscall, path, message } = error as NodeJS.ErrnoException;
  if (error instanceof UserError || code === undefined || syscall === undefined) return error;
  const [found, fix] = MEANING[code] ?? [message, 'see what the system says'];
  const where = path === undefined ? '' : `${path}: `;
  return new UserError(`dist/ cannot be written; ${state}`, [{ message: `${where}${found} (${code})`, fix }]);
}
