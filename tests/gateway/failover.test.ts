import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chat } from './client.js';
import type { Mood } from './provider.js';
import { type Running, runGateway } from './running.js';
import { emitted, KEYS, SELECTION } from './selection.js';

const FIRST = 'qianfan.baidubce.com';
const SECOND = 'dashscope.aliyuncs.com';
const made = emitted(SELECTION);
const content = (body: string) => JSON.parse(body).choices[0].message.content;

describe('the next target answers the same request', () => {
  let gateway: Running;
  beforeAll(async () => {
    gateway = await runGateway(made);
  });
  afterAll(() => gateway?.close());
  beforeEach(async () => {
    for (const provider of Object.values(gateway.providers)) provider.mood = 'ok';
    // A target that failed is left out for five seconds.
    await sleep(6500);
  });
  const set = (host: string, mood: Mood) => {
    const provider = gateway.providers[host];
    if (provider) provider.mood = mood;
  };

  test.each([500, 502, 503, 429, 401, 403, 'reset'] as const)('after %s', async (mood) => {
    set(FIRST, mood);
    const { body, status } = await chat(gateway.base, KEYS.web, 'chat');
    expect([status, content(body)]).toEqual([200, `answer of ${SECOND}`]);
    expect(JSON.parse(gateway.providers[SECOND]?.arrived.at(-1)?.body ?? '').model).toBe('qwen3.7-plus');
    expect(gateway.providers[SECOND]?.arrived.at(-1)?.headers.authorization).toBe(
      `Bearer ${gateway.keys.qwen}`,
    );
  });

  test.each([400, 404, 422])('not after %s, which is the client’s', async (status) => {
    set(FIRST, status);
    const before = gateway.providers[SECOND]?.arrived.length;
    expect((await chat(gateway.base, KEYS.web, 'chat')).status).toBe(status);
    expect(gateway.providers[SECOND]?.arrived.length).toBe(before);
  });

  test('and where nobody can, the answer is an error in the form of the API', async () => {
    set(FIRST, 'reset');
    set(SECOND, 'reset');
    const answer = await chat(gateway.base, KEYS.web, 'chat');
    expect([answer.status, JSON.parse(answer.body).error.message]).toEqual([503, 'upstream unavailable']);
    for (const secret of [...Object.values(gateway.keys), FIRST, SECOND])
      expect(answer.body).not.toContain(secret);
  });
});

describe.each(['refused', 'unknown'] as const)('a provider whose host is %s', (lost) => {
  let gateway: Running;
  beforeAll(async () => {
    gateway = await runGateway(made, { lost: { [FIRST]: lost } });
  });
  afterAll(() => gateway?.close());

  test('is passed over within seconds, and from then on at once', async () => {
    const started = Date.now();
    const first = await chat(gateway.base, KEYS.web, 'chat');
    expect([first.status, content(first.body)]).toEqual([200, `answer of ${SECOND}`]);
    expect(Date.now() - started).toBeLessThan(5000);
    expect((await chat(gateway.base, KEYS.web, 'chat')).status).toBe(200);
  });

  test('does not keep the gateway from being ready: readiness asks nobody', async () => {
    expect((await fetch(`${gateway.admin}/ready`)).status).toBe(200);
    expect(gateway.providers[SECOND]?.arrived.every(({ path }) => path.endsWith('/chat/completions'))).toBe(
      true,
    );
  });
});
