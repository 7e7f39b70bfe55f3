// The folder that holds every temporary file of one run, and the end of what it leaves.
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const PREFIX = 'berth-run-';
/** Guards end what they started within this time; after it everything is killed. */
const PATIENCE_MS = 4000;
const LONGEST_MS = 8000;

/** Makes the folder of a run. Each layer gets a folder in it as TMPDIR. */
export function createRunFolder() {
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  chmodSync(folder, 0o711); // a test that gives its rights away must still reach its own folder
  writeFileSync(join(folder, 'owner'), `${process.pid}`);
  return folder;
}

/** Ends and removes what runs left whose runner is gone. @returns the folders removed */
export async function sweepRunFolders() {
  const left = readdirSync(tmpdir())
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => join(tmpdir(), name))
    .filter((folder) => !isRunner(read(join(folder, 'owner'))));
  for (const folder of left) await clear(folder, 0);
  return left;
}

/**
 * Waits until no process has the folder in its environment, kills those that stay, and removes the folder. The environment
 * tells what belongs to a run: TMPDIR is inherited, also by what leads a process group of its own. Without /proc only files go.
 * @returns what did not end by itself, and the names of what lay there
 */
export async function clear(folder, patienceMs = PATIENCE_MS) {
  const began = Date.now();
  const killed = new Set();
  for (;;) {
    const running = processesOf(folder);
    const waited = Date.now() - began;
    if (running.length === 0 || waited > LONGEST_MS) break;
    for (const pid of waited >= patienceMs ? running : []) {
      killed.add(`${pid} ${read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').slice(0, 120)}`);
      kill(pid);
    }
    await sleep(50);
  }
  const files = existsSync(folder) ? readdirSync(folder) : [];
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  return { killed: [...killed], files };
}

/** Ids of the processes, this one left out, that were started with the folder, or one in it, in a variable. */
export function processesOf(folder) {
  if (!existsSync('/proc/self/environ')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => read(`/proc/${pid}/environ`).includes(`=${folder}`))
    .map(Number);
}

function isRunner(pid) {
  if (!(Number(pid) > 0)) return false;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  // The id may have been given to another program since.
  return !existsSync('/proc/self/cmdline') || read(`/proc/${pid}/cmdline`).includes('run.mjs');
}

function kill(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
