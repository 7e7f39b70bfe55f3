import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createStateFolder, isAlive, sweepStateFolders } from './state-folder.js';
import { waitUntil } from './wait.js';

const script = join(dirname(fileURLToPath(import.meta.url)), 'guard.mjs');

it.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
  'ends its children and removes the folder when the runner dies of %s',
  async (signal) => {
    const { runner, child, folder, home } = await runnerWithChild();
    runner.kill(signal);
    const took = await waitUntil(
      'child gone',
      () =>
        (!isAlive(child) && !existsSync(folder)) || `child ${isAlive(child)}, folder ${existsSync(folder)}`,
      {
        timeoutMs: 10_000,
      },
    );
    expect(took).toBeLessThan(10_000);
    rmSync(home, { recursive: true });
  },
);

it('sweeps the folder and the processes of a run whose guard was killed too', async () => {
  const { runner, child, folder, guard, home } = await runnerWithChild();
  process.kill(guard, 'SIGKILL');
  runner.kill('SIGKILL');
  await waitUntil('runner gone', () => !isAlive(runner.pid ?? 0) || 'still there');
  expect(sweepStateFolders()).toContain(folder);
  await waitUntil('child gone', () => !isAlive(child) || 'alive', { timeoutMs: 5000 });
  expect(existsSync(folder)).toBe(false);
  rmSync(home, { recursive: true });
});

// A stand-in for the test runner: it opens a guard over a state folder, starts a sleeping child and waits.
async function runnerWithChild() {
  const home = mkdtempSync(join(tmpdir(), 'berth-guard-test-'));
  const folder = createStateFolder();
  const program = join(home, 'runner.mjs');
  writeFileSync(
    program,
    `import { spawn } from 'node:child_process';
    const guard = spawn(process.execPath, [${JSON.stringify(script)}, ${JSON.stringify(folder)}], { detached: true, stdio: ['pipe', 'inherit', 'inherit'] });
    const env = { ...process.env, STATE: ${JSON.stringify(folder)} };
    guard.stdin.write(JSON.stringify({ start: 'sleep', command: 'sleep', args: ['60'], cwd: '/', env, log: ${JSON.stringify(join(folder, 'sleep.log'))} }) + '\\n');
    console.log(guard.pid);
    setInterval(() => undefined, 1000);`,
  );
  const runner = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  writeFileSync(join(folder, 'owner'), String(runner.pid));
  const guard = await new Promise<number>((resolve) =>
    runner.stdout.once('data', (text) => resolve(Number(String(text)))),
  );
  const pids = join(folder, 'pids');
  await waitUntil('child started', () => existsSync(pids) || 'no pid', { timeoutMs: 10_000 });
  return { runner, guard, folder, home, child: Number(readFileSync(pids, 'utf8').trim()) };
}
