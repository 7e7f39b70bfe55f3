import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { isAlive } from './state-folder.js';

export interface ChildProps {
  readonly command: string;
  readonly args: readonly string[];
  /** Added to the runner's environment. @default none */
  readonly env?: Readonly<Record<string, string>>;
  /** @default the state folder */
  readonly cwd?: string;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

export interface Guard {
  readonly folder: string;
  /** Starts a child; its output goes to `logs/<name>.log` in the state folder. */
  start(name: string, child: ChildProps): void;
  /** Kills the child with SIGKILL and waits until it is gone. */
  kill(name: string): Promise<void>;
  /** Waits for the child to end by itself. */
  exit(name: string): Promise<Exit>;
  /** How the child ended, undefined while it runs. */
  ended(name: string): Exit | undefined;
  /** The last lines of the child's log. */
  log(name: string, lines?: number): string;
  /** Kills all children and removes the state folder. */
  close(): Promise<void>;
}

/** Starts the guard process (guard.mjs) over a state folder: its children and the folder never outlive the caller. */
export function openGuard(folder: string): Guard {
  const script = join(dirname(fileURLToPath(import.meta.url)), 'guard.mjs');
  const runner = Number(process.env.BERTH_RUNNER_PID ?? 0);
  const watched = isAlive(runner) ? [String(runner)] : [];
  const guard = spawn(process.execPath, [script, folder, ...watched], {
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const closed = new Promise<void>((resolve) => guard.on('exit', () => resolve()));
  const exits = new Map<string, Exit>();
  const waiting = new Map<string, ((exit: Exit) => void)[]>();
  mkdirSync(join(folder, 'logs'), { recursive: true });

  guard.stdin.on('error', () => undefined); // the guard is gone: `closed` tells
  createInterface({ input: guard.stdout }).on('line', (line) => {
    const { exit: name, code, signal } = JSON.parse(line) as { exit: string } & Exit;
    exits.set(name, { code, signal });
    for (const resolve of waiting.get(name) ?? []) resolve({ code, signal });
    waiting.delete(name);
  });
  const send = (message: object) => void guard.stdin.write(`${JSON.stringify(message)}\n`);
  const logFile = (name: string) => join(folder, 'logs', `${name}.log`);

  const exit = (name: string) => {
    const known = exits.get(name);
    if (known) return Promise.resolve(known);
    return new Promise<Exit>((resolve) => waiting.set(name, [...(waiting.get(name) ?? []), resolve]));
  };
  return {
    folder,
    start(name, { command, args, env, cwd }) {
      exits.delete(name);
      send({
        start: name,
        command,
        args,
        cwd: cwd ?? folder,
        env: { ...process.env, ...env },
        log: logFile(name),
      });
    },
    async kill(name) {
      send({ kill: name });
      await exit(name);
    },
    exit,
    ended: (name) => exits.get(name),
    log(name, lines = 15) {
      try {
        return readFileSync(logFile(name), 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
      } catch {
        return '';
      }
    },
    async close() {
      guard.stdin.end();
      await closed;
    },
  };
}
