import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, chat } from './client.js';
import { type Running, runGateway } from './running.js';
import { emitted, KEYS, SELECTION, sha256 } from './selection.js';

let gateway: Running;
beforeAll(async () => {
  gateway = await runGateway(emitted(SELECTION));
});
afterAll(() => gateway?.close());

const arrived = () => Object.values(gateway.providers).reduce((sum, one) => sum + one.arrived.length, 0);
const BODY = JSON.stringify({ model: 'chat', messages: [{ role: 'user', content: 'hello' }] });

/** What must never reach a provider, and the status that it gets. */
const REFUSED: [string, Parameters<typeof ask>[1], number | readonly number[]][] = [
  ['no key', { body: BODY }, 401],
  ['a wrong key', { headers: [['Authorization', 'Bearer nobody']], body: BODY }, 401],
  ['an empty key', { headers: [['Authorization', 'Bearer ']], body: BODY }, 401],
  ['Basic', { headers: [['Authorization', `Basic ${KEYS.web}`]], body: BODY }, 401],
  ['the hash as a key', { headers: [['Authorization', `Bearer ${sha256(KEYS.web)}`]], body: BODY }, 401],
  ['a key of 600 letters', { headers: [['Authorization', `Bearer ${'x'.repeat(600)}`]], body: BODY }, 401],
  ['the key in another header', { headers: [['x-api-key', KEYS.web]], body: BODY }, 401],
  ['the key in the query', { path: `/v1/chat/completions?api_key=${KEYS.web}`, body: BODY }, 401],
  [
    'two keys, one of them right',
    {
      headers: [
        ['Authorization', `Bearer ${KEYS.web}`],
        ['Authorization', 'Bearer nobody'],
      ],
      body: BODY,
    },
    401,
  ],
  ['the name of a client', { headers: [['x-berth-client', 'web']], body: BODY }, 401],
];

describe('without a good key nothing passes', () => {
  test.each(REFUSED)('%s', async (_, asked, status) => {
    const before = arrived();
    const answer = await ask(gateway.base, asked);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body).error.code).toBe('invalid_api_key');
    expect(arrived()).toBe(before);
  });
});

const key = ['Authorization', `Bearer ${KEYS.web}`] as const;
const WRONG: [string, Parameters<typeof ask>[1], readonly number[]][] = [
  ['a model of another client', { body: BODY.replace('chat', 'solo') }, [403]],
  ['an unknown model', { body: BODY.replace('chat', 'gpt-x') }, [403]],
  ["the provider's own id", { body: BODY.replace('chat', 'ernie-5.1') }, [403]],
  ['a list of models', { body: BODY.replace('"chat"', '"chat,solo"') }, [403]],
  ['models as an array', { body: BODY.replace('"chat"', '["chat"]') }, [403]],
  ['the model twice', { body: BODY.replace('"chat"', '"chat","model":"solo"') }, [400, 403]],
  [
    'the model twice, the right one last',
    { body: BODY.replace('"chat"', '"solo","model":"chat"') },
    [400, 403],
  ],
  ['an escaped key', { body: BODY.replace('"model"', '"mod\\u0065l"').replace('chat', 'solo') }, [400, 403]],
  ['no model', { body: '{"messages":[]}' }, [403]],
  ['no JSON', { body: 'model=chat' }, [403]],
  ['a byte order mark', { body: `\ufeff${BODY}` }, [400, 403]],
  ['another type of content', { headers: [['Content-Type', 'text/plain']], body: BODY }, [400, 403]],
  ['another case in the path', { path: '/v1/Chat/completions', body: BODY }, [404]],
  ['a path of the other client', { path: '/v1/embeddings', body: BODY }, [403]],
  ['a path with dots', { path: '/v1/x/../models', method: 'GET' }, [200, 404]],
  ['an escaped slash', { path: '/v1%2fchat/completions', body: BODY }, [400, 404]],
  ['the administration', { path: '/config_dump', method: 'GET' }, [404]],
  ['the metrics', { path: '/metrics', method: 'GET' }, [404]],
  ['DELETE', { method: 'DELETE', path: '/v1/chat/completions' }, [405]],
  ['GET where POST is meant', { method: 'GET', path: '/v1/chat/completions' }, [403]],
  ['an underscore in a header', { headers: [['x_data_class', 'public']], body: BODY }, [400]],
  ["a deployment's path", { path: '/openai/deployments/my-deployment/chat/completions', body: BODY }, [404]],
];

describe('what a client may not ask for does not reach a provider', () => {
  test.each(WRONG)('%s', async (_, asked, statuses) => {
    const before = arrived();
    const answer = await ask(gateway.base, { ...asked, headers: [key, ...(asked.headers ?? [])] });
    expect(statuses).toContain(answer.status);
    expect(arrived()).toBe(before);
  });
});

test('fields that choose targets have no effect: the selection alone chooses', async () => {
  const body = {
    fallbacks: ['solo'],
    context_window_fallbacks: [{ chat: ['solo'] }],
    api_base: 'http://127.0.0.1:1',
    base_url: 'http://127.0.0.1:1',
    metadata: { tags: ['solo'] },
    user_config: {},
  };
  const headers = [
    ['x-litellm-tags', 'solo'],
    ['x-portkey-config', '{}'],
    ['x-berth-client', 'batch'],
    ['Forwarded', 'host=acme.openai.azure.com'],
    ['X-Forwarded-Host', 'acme.openai.azure.com'],
    ['Host', 'acme.openai.azure.com'],
  ] as const;
  const answer = await chat(gateway.base, KEYS.web, 'chat', body, headers);
  expect(answer.status).toBe(200);
  expect(gateway.providers['acme.openai.azure.com']?.arrived).toEqual([]);
  expect(gateway.providers['dashscope.aliyuncs.com']?.arrived).toEqual([]);
});

test('a body above the limit is refused, and a large one below it passes', async () => {
  const before = arrived();
  const big = (bytes: number) =>
    JSON.stringify({ model: 'chat', messages: [{ role: 'user', content: 'x'.repeat(bytes) }] });
  const answer = await ask(gateway.base, { headers: [key], body: big(3 * 1024 * 1024) });
  expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([413, 'request_body_too_large']);
  expect(arrived()).toBe(before);
  expect((await ask(gateway.base, { headers: [key], body: big(1024 * 1024) })).status).toBe(200);
});

test("a client's list of models is its own", async () => {
  const list = async (who: string) => {
    const answer = await ask(gateway.base, {
      method: 'GET',
      path: '/v1/models',
      headers: [['Authorization', `Bearer ${who}`]],
    });
    return JSON.parse(answer.body).data.map(({ id }: { id: string }) => id);
  };
  expect(await list(KEYS.web)).toEqual(['chat']);
  expect(await list(KEYS.batch)).toEqual(['chat', 'solo']);
});

test('a client above its number of requests gets 429, and the others do not', async () => {
  const statuses: number[] = [];
  for (let index = 0; index < 7; index++)
    statuses.push((await chat(gateway.base, KEYS.batch, 'solo')).status);
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
  expect((await chat(gateway.base, KEYS.web, 'chat')).status).toBe(200);
});

test('CONNECT is refused at once', async () => {
  const started = Date.now();
  const status = await new Promise<number>((resolve, reject) => {
    void import('node:http').then(({ request }) => {
      const { hostname, port } = new URL(gateway.base);
      const connect = request({
        hostname,
        port,
        method: 'CONNECT',
        path: 'qianfan.baidubce.com:443',
        headers: { Authorization: `Bearer ${KEYS.web}` },
      });
      connect.on('connect', (response, socket) => {
        socket.destroy();
        resolve(response.statusCode ?? 0);
      });
      connect.on('error', reject);
      connect.end();
    });
  });
  expect(status).toBeGreaterThanOrEqual(400);
  expect(Date.now() - started).toBeLessThan(2000);
});

test('no key of a client or of a provider is in a log, a metric or an answer', async () => {
  const metrics = await (await fetch(`${gateway.admin}/metrics`)).text();
  const text = gateway.logs() + metrics;
  for (const secret of [...Object.values(KEYS), ...Object.values(gateway.keys)])
    expect(text).not.toContain(secret);
});

test('the administration is reachable by no port: metrics and readiness only', async () => {
  for (const path of ['/config_dump', '/quitquitquit', '/stats', '/certs', '/'])
    expect((await fetch(`${gateway.admin}${path}`)).status, path).toBe(404);
});
