import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withLock } from '../../src/synth/lock.js';
import { scratchProject, userReads } from '../selection/scratch.js';

function locked(owner: object | string) {
  const { root } = scratchProject();
  const folder = join(root, '.berth');
  mkdirSync(folder);
  writeFileSync(join(folder, 'lock'), typeof owner === 'string' ? owner : JSON.stringify(owner));
  return folder;
}

/** Kernel's start time of a process, as the lock records it. */
function startOf(pid: number): string | null {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

test('the lock is there while the action runs, and gone afterwards, error or not', () => {
  const { root } = scratchProject();
  const folder = join(root, '.berth');
  mkdirSync(folder);
  const seen = withLock(folder, () => readdirSync(folder));
  expect(seen).toEqual(['lock']);
  expect(() =>
    withLock(folder, () => {
      throw new Error('inside');
    }),
  ).toThrow('inside');
  expect(readdirSync(folder)).toEqual([]);
});

test('a second synth is refused while the first one lives, and told which process it is', async () => {
  const other = spawn('sleep', ['30']);
  try {
    const pid = other.pid as number;
    const folder = locked({ pid, host: hostname(), start: startOf(pid) });
    expect(userReads(() => withLock(folder, () => 1))).toContain(
      `another synth is writing it (process ${pid} on`,
    );
    expect(existsSync(join(folder, 'lock'))).toBe(true);
  } finally {
    other.kill();
  }
});

test('the lock of a dead process, of a reused process id and of a half-written file is taken over', () => {
  const { pid } = spawnSync('true');
  const dead = { pid, host: hostname(), start: '1' };
  const reused = { pid: process.ppid, host: hostname(), start: 'before' };
  for (const owner of [dead, reused]) {
    const folder = locked(owner);
    expect(withLock(folder, () => 'done')).toBe('done');
    expect(readdirSync(folder)).toEqual([]);
  }
});

test('the lock of another machine, or of nobody known, counts for ten minutes', () => {
  for (const owner of [{ pid: 1, host: 'elsewhere', start: '1' }, '']) {
    const folder = locked(owner);
    expect(userReads(() => withLock(folder, () => 1))).toContain('another synth is writing it');
    const before = new Date(Date.now() - 11 * 60_000);
    utimesSync(join(folder, 'lock'), before, before);
    expect(withLock(folder, () => 'done')).toBe('done');
  }
});

test('of many at once one writes at a time', async () => {
  const { root } = scratchProject();
  const folder = join(root, '.berth');
  mkdirSync(folder);
  const order: string[] = [];
  await Promise.all(
    [1, 2, 3].map(async (number) => {
      for (let tries = 0; tries < 50; tries++) {
        const said = userReads(() => withLock(folder, () => order.push(`in ${number}`, `out ${number}`)));
        if (said === '') return;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }),
  );
  expect(order).toHaveLength(6);
});
