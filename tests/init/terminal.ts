import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const BERTH = join(root, 'bin', 'berth.js');

/** A command at a real pseudo-terminal, which `script` of util-linux provides. */
export interface Terminal {
  /** Waits until the text has been shown since the last wait. @throws Error with the screen where it never is. */
  readonly shows: (text: string) => Promise<void>;
  readonly type: (keys: string) => void;
  /** Exit code, and everything shown. */
  readonly end: Promise<{ readonly code: number; readonly screen: string }>;
}

export const KEYS = { enter: '\r', down: '\x1b[B', space: ' ', interrupt: '\x03' } as const;

/** Long enough for an installation. */
const PATIENCE_MS = 300_000;

/** Runs `berth` with some words in a folder, with nothing of this process's environment. */
export function berthAt(folder: string, words: string, env: NodeJS.ProcessEnv = {}): Terminal {
  const bare = { PATH: process.env.PATH, HOME: folder, LANG: 'C.UTF-8' };
  return terminal(folder, `exec '${process.execPath}' '${BERTH}' ${words}`, { ...bare, ...env });
}

/** Runs shell commands in a folder, at a terminal of 40 rows and 160 columns. */
export function terminal(folder: string, commands: string, env: NodeJS.ProcessEnv): Terminal {
  const child = spawn('script', ['-qec', `stty rows 40 cols 160; ${commands}`, '/dev/null'], {
    cwd: folder,
    env: { ...env, TERM: 'xterm', NO_COLOR: '1' },
  });
  let screen = '';
  let seen = 0;
  let wake = () => {};
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      screen += text;
      wake();
    });
  const end = new Promise<{ code: number; screen: string }>((resolve) => {
    child.on('close', (code) => resolve({ code: code ?? -1, screen }));
  });
  const ended = end.then(() => wake());
  void ended;

  async function shows(text: string): Promise<void> {
    const until = Date.now() + PATIENCE_MS;
    for (;;) {
      const at = screen.indexOf(text, seen);
      if (at !== -1) {
        seen = at + text.length;
        return;
      }
      if (Date.now() > until || child.exitCode !== null) {
        child.kill('SIGKILL');
        throw new Error(`'${text}' was never shown; the screen:\n${screen.slice(seen)}`);
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 500);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
  return { shows, type: (keys) => child.stdin.write(keys), end };
}
