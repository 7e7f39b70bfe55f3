import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePorts } from '../cluster/ports.js';
import { waitUntil } from '../cluster/wait.js';
import { chat } from './client.js';
import { ensureEnvoy } from './install.js';
import { hashingConfig } from './lua.js';
import { type Running, runGateway } from './running.js';
import { emitted, KEYS, SELECTION } from './selection.js';

const HOST = 'qianfan.baidubce.com';
const made = emitted(SELECTION);
let gateway: Running;
beforeAll(async () => {
  gateway = await runGateway(made);
});
afterAll(() => gateway?.close());

interface Pod {
  readonly terminationGracePeriodSeconds: number;
  readonly containers: readonly {
    readonly args: readonly string[];
    readonly lifecycle: { readonly preStop: { readonly sleep: { readonly seconds: number } } };
  }[];
}
const pods = made.objects
  .filter(({ kind }) => kind === 'Deployment')
  .map(({ spec }) => (spec as unknown as { template: { spec: Pod } }).template.spec);

describe('a key that changes', () => {
  test('is used within a second, without a restart', async () => {
    gateway.rotate('ernie', 'a-new-key-of-ernie-82c1');
    await waitUntil(
      'the new key is used',
      async () => {
        await chat(gateway.base, KEYS.web, 'chat');
        const sent = gateway.providers[HOST]?.arrived.at(-1)?.headers.authorization;
        return sent === 'Bearer a-new-key-of-ernie-82c1' || `still ${sent?.slice(0, 12)}…`;
      },
      { timeoutMs: 5000, everyMs: 50 },
    );
    expect(gateway.logs()).not.toContain('a-new-key-of-ernie');
  });

  test('is mounted as a folder, not as single files, which would never change', () => {
    const text = JSON.stringify(made.objects.filter(({ kind }) => kind === 'Deployment'));
    expect(text).toContain('"projected"');
    expect(text).not.toContain('subPath');
  });
});

test('an answer that lets wait for more than a minute is not cut', { timeout: 120_000 }, async () => {
  const provider = gateway.providers[HOST];
  if (provider) provider.mood = 'late';
  const answer = await chat(gateway.base, KEYS.web, 'chat', { stream: true });
  if (provider) provider.mood = 'ok';
  expect([answer.status, answer.cut]).toEqual([200, undefined]);
  expect(answer.pieces[0]?.at).toBeGreaterThan(60_000);
});

describe('the program that is told to stop', () => {
  test('cuts open streams at once, so pods are told only after the longest answer', async () => {
    const provider = gateway.providers[HOST];
    if (provider) provider.mood = 'slow-stream';
    const answer = chat(gateway.base, KEYS.web, 'chat', { stream: true });
    await sleep(300);
    const pids = readFileSync(join(gateway.guard.folder, 'pids'), 'utf8').trim().split('\n').map(Number);
    const pid = pids.find((each) =>
      readFileSync(`/proc/${each}/cmdline`, 'utf8').includes('/gateway/envoy.yaml'),
    );
    process.kill(pid ?? 0, 'SIGTERM');
    const outcome = await answer.catch((error: Error) => ({ cut: error.message, body: '' }));
    expect(outcome.cut ?? '').not.toBe('');
    expect(outcome.body).not.toContain('[DONE]');

    for (const pod of pods) {
      const seconds = pod.containers[0]?.lifecycle.preStop.sleep.seconds ?? 0;
      expect(seconds).toBeGreaterThanOrEqual(300);
      expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(seconds);
    }
  });
});

describe('a second program on one machine', () => {
  test('fails over shared memory unless hot restart is off, so it always is', async () => {
    for (const pod of pods) expect(pod.containers[0]?.args).toContain('--disable-hot-restart');
    const envoy = await ensureEnvoy();
    const [first = 0, second = 0] = await freePorts(2);
    const starts = (name: string, port: number, ...more: string[]) => {
      const file = join(gateway.guard.folder, `${name}.yaml`);
      writeFileSync(file, hashingConfig(port));
      const args = ['-c', file, '-l', 'error', '--base-id', '7331', ...more];
      gateway.guard.start(name, { command: envoy, args });
      return waitUntil(name, async () => {
        if (gateway.guard.ended(name)) return true;
        const up = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
        return up?.ok === true || 'not yet';
      });
    };
    await starts('first', first);
    await starts('second', second);
    expect(gateway.guard.ended('first')).toBeUndefined();
    expect(gateway.guard.ended('second')).toBeDefined();
    await starts('third', second, '--disable-hot-restart');
    expect(gateway.guard.ended('third')).toBeUndefined();
  });
});
