import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheFolder } from '../cluster/cache.js';
import { familyOf, type Process, processTable } from './process-table.js';

const root = join(import.meta.dirname, '../..');

/** A scratch place in which nothing may be left: home, temporary files, and apart from these the logs. */
export interface Place {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

export function createPlace(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'berth-place-'));
  for (const name of ['home', 'tmp', 'logs']) mkdirSync(join(folder, name));
  return {
    folder,
    env: {
      ...process.env,
      ...goCaches(),
      BERTH_CACHE_DIR: join(cacheFolder(), '..'),
      BERTH_TEST_OUTPUT: join(folder, 'logs'),
      HOME: join(folder, 'home'),
      TMPDIR: join(folder, 'tmp'),
      CI: '',
    },
  };
}

export function removePlace({ folder }: Place): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Files outside the logs, below home and the temporary folder. */
export function filesLeft({ folder }: Place): readonly string[] {
  return ['home', 'tmp'].flatMap((part) =>
    readdirSync(join(folder, part), { recursive: true }).map((name) => join(part, String(name))),
  );
}

/** What differs from the last commit, so that a run that changes the checkout is seen; where nobody edits it meanwhile. */
export function checkoutState(): string {
  if (process.env.CI !== 'true') return '';
  return execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' });
}

/** A run of tests/run.mjs that remembers every process it ever started. */
export class TestRun {
  output = '';
  readonly runner: ChildProcess;
  readonly #known = new Map<string, Process>();

  constructor(place: Place, words: readonly string[]) {
    // A group of its own, as a shell gives to what it starts from a terminal.
    this.runner = spawn(process.execPath, [join(root, 'tests/run.mjs'), ...words], {
      cwd: root,
      env: place.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    for (const stream of [this.runner.stdout, this.runner.stderr])
      stream?.on('data', (chunk) => {
        this.output += chunk;
      });
  }

  get pid(): number {
    return this.runner.pid ?? 0;
  }

  /** The processes that live now, of all that were ever seen below the runner. */
  alive(): readonly Process[] {
    const now = processTable();
    const key = ({ pid, started }: Process) => `${pid} ${started}`;
    const roots = [this.pid, ...[...this.#known.values()].map(({ pid }) => pid)];
    const before = new Set(this.#known.keys());
    for (const pid of roots) {
      const self = now.find((process) => process.pid === pid);
      // An id that was given away since is nobody of ours.
      if (!self || (pid !== this.pid && !before.has(key(self)))) continue;
      for (const each of familyOf(pid, now)) this.#known.set(key(each), each);
    }
    return now.filter((process) => this.#known.has(key(process)) && !process.zombie);
  }

  /** Waits for a process whose command line matches, or for words in the output. @throws where the run ends before */
  async until(moment: { readonly process?: RegExp; readonly output?: RegExp }): Promise<void> {
    const deadline = Date.now() + 300_000;
    for (;;) {
      const alive = this.alive();
      const { process: program, output } = moment;
      if (program && alive.some(({ commandLine }) => program.test(commandLine))) return;
      if (output?.test(this.output)) return;
      if (this.runner.exitCode !== null)
        throw new Error(`the run ended before:\n${this.output.slice(-3000)}`);
      if (Date.now() > deadline)
        throw new Error(`never seen: ${program ?? output}\n${this.output.slice(-3000)}`);
      await sleep(25);
    }
  }

  /** As a terminal does it where `group` is true: every process of the runner's group gets the signal. */
  signal(signal: NodeJS.Signals, group = false): void {
    this.alive();
    process.kill(group ? -this.pid : this.pid, signal);
  }

  /** Waits until no process of the run lives. @returns those that still do after ten seconds */
  async ended(limitMs = 10_000): Promise<readonly string[]> {
    const deadline = Date.now() + limitMs;
    for (;;) {
      const alive = this.alive();
      if (alive.length === 0 || Date.now() > deadline)
        return alive.map(({ pid, commandLine }) => `${pid} ${commandLine.slice(0, 160)}`);
      await sleep(50);
    }
  }
}

/** Go keeps its caches below the home, which the place takes away. */
function goCaches(): NodeJS.ProcessEnv {
  if (!(process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, 'go')))) return {};
  const [GOCACHE, GOMODCACHE] = execFileSync('go', ['env', 'GOCACHE', 'GOMODCACHE'], {
    encoding: 'utf8',
  }).split('\n');
  return { GOCACHE, GOMODCACHE };
}
