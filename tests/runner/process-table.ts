import { readdirSync, readFileSync } from 'node:fs';

/** A process as /proc shows it. */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  /** Clock ticks since boot: with the id it names a process for good. */
  readonly started: string;
  readonly commandLine: string;
  /** It has ended and its parent has not asked yet. */
  readonly zombie: boolean;
}

/** Every process of this machine. Linux only. */
export function processTable(): readonly Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      const stat = read(`/proc/${pid}/stat`);
      // The second field is the program's name in brackets, which may hold anything.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (fields.length < 20) return [];
      const commandLine = read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();
      const [state = '', parent = ''] = fields;
      return [
        {
          pid: Number(pid),
          parent: Number(parent),
          started: fields[19] ?? '',
          commandLine,
          zombie: state === 'Z' || state === 'X',
        },
      ];
    });
}

/** A process and all that it has started, and that these have. */
export function familyOf(pid: number, all: readonly Process[]): readonly Process[] {
  const own = all.filter((process) => process.pid === pid);
  const children = all.filter(({ parent }) => parent === pid);
  return [...own, ...children.flatMap((child) => familyOf(child.pid, all))];
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // it has just ended
  }
}
