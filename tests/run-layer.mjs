// Starts the program of a layer on its leash and waits for it and for all that it started.
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { clear } from './run-folder.mjs';

const root = join(import.meta.dirname, '..');

/** @returns the exit code; never where the run is being stopped, which ends everything at once */
export function runLayer({ words, folder, log: file, show, env, running, isStopping }) {
  const log = createWriteStream(file);
  return new Promise((resolve) => {
    const leash = [join(root, 'tests', 'leash.mjs'), folder];
    const child = spawn(process.execPath, [...leash, process.execPath, ...words], {
      cwd: root,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...env, BERTH_RUNNER_PID: `${process.pid}`, NO_COLOR: '1' },
    });
    running.add(child);
    child.stdin.on('error', () => undefined); // it has ended: 'close' tells
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        log.write(chunk);
        if (show) process.stdout.write(chunk);
      });
    }
    child.on('close', async (code) => {
      if (isStopping()) return;
      running.delete(child);
      await clear(folder);
      log.end(() => resolve(code));
    });
  });
}
