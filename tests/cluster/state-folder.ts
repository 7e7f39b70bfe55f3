import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'berth-cluster-';

/** Makes a folder for what one run keeps on disk: data, certificates, logs, process ids. */
export function createStateFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  writeFileSync(join(folder, 'owner'), `${process.pid}`);
  mkdirSync(join(folder, 'logs'));
  return folder;
}

/**
 * Ends the processes and removes the folders of runs whose owner is gone: only after the runner and its guard
 * were both killed is there anything to do.
 * @returns the folders removed
 */
export function sweepStateFolders(): readonly string[] {
  const left = readdirSync(tmpdir())
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => join(tmpdir(), name))
    .filter((folder) => !isAlive(Number(read(join(folder, 'owner')))));
  for (const folder of left) {
    for (const pid of read(join(folder, 'pids')).split('\n').filter(Boolean).map(Number)) {
      // A process id may have been given away since: only a process that names the folder is ours.
      if (mentions(pid, folder)) process.kill(pid, 'SIGKILL');
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  return left;
}

export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function mentions(pid: number, folder: string): boolean {
  return read(`/proc/${pid}/cmdline`).includes(folder) || read(`/proc/${pid}/environ`).includes(folder);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
