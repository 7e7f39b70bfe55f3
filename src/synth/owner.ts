import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** The process that holds a lock. */
export interface Owner {
  readonly pid: number;
  readonly host: string;
  /** Kernel's start time of the process: process ids are used again. Null where the system does not tell. */
  readonly start: string | null;
}

/** This process. */
export function self(): Owner {
  return { pid: process.pid, host: hostname(), start: stateOf(process.pid)?.start ?? null };
}

/** Whether the process still runs; undefined where this machine cannot know, because it ran on another. */
export function isRunning(owner: Owner): boolean | undefined {
  if (owner.host !== hostname()) return undefined;
  const me = stateOf(process.pid);
  if (me !== undefined) {
    const found = stateOf(owner.pid);
    // A killed process stays as a zombie where nobody waits for it, as under a container's first process.
    return found !== undefined && found.state !== 'Z' && found.state !== 'X' && found.start === owner.start;
  }
  try {
    process.kill(owner.pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Fields 3 and 22 of /proc/<pid>/stat, counted after the program's name, which may hold anything. */
function stateOf(pid: number): { state: string; start: string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', start: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}
