import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { IN, OUT } from './anthropic.js';
import { ask } from './client.js';
import { type Running, runGateway } from './running.js';
import { emitted, KEYS, SELECTION, sha256 } from './selection.js';

const text = SELECTION.replace(
  'routes:\n',
  `  claude: { profile: anthropic, wire: anthropic, key: { secretRef: { name: keys, key: claude } } }
  deep: { profile: deepseek, wire: anthropic, key: { secretRef: { name: keys, key: deep } } }
routes:
  code: { paths: [/v1/messages], targets: [{ provider: claude, model: claude-opus-5 }, { provider: deep, model: deepseek-v4-pro }] }
`,
).replace('routes: [chat]', 'routes: [chat, code]');

let gateway: Running;
beforeAll(async () => {
  gateway = await runGateway(emitted(text));
});
afterAll(() => gateway?.close());

const bearer = ['Authorization', `Bearer ${KEYS.web}`] as const;

describe('clients of the Anthropic format', () => {
  const body = (more: object = {}) =>
    JSON.stringify({ model: 'code', max_tokens: 16, messages: [], ...more });
  const post = (headers: readonly (readonly [string, string])[], path = '/v1/messages') =>
    ask(gateway.base, { path, headers, body: body() });

  test('carry their key in a header of their own, or as a bearer, and query strings pass', async () => {
    expect((await post([['x-api-key', KEYS.web]])).status).toBe(200);
    expect((await post([bearer])).status).toBe(200);
    expect((await post([['x-api-key', KEYS.web]], '/v1/messages?beta=true')).status).toBe(200);
    expect(gateway.providers['api.anthropic.com']?.arrived.at(-1)?.path).toBe('/v1/messages?beta=true');
  });

  test('get the next target of the same format where the first one fails', async () => {
    const first = gateway.providers['api.anthropic.com'];
    if (first) first.mood = 529;
    const refused = await post([bearer]);
    if (first) first.mood = 503;
    const { status, body: text } = await post([bearer]);
    if (first) first.mood = 'ok';
    expect([refused.status, status]).toEqual([200, 200]);
    expect(text).toContain('answer of api.deepseek.com');
    const arrived = gateway.providers['api.deepseek.com']?.arrived.at(-1);
    expect(arrived?.path).toBe('/anthropic/v1/messages');
    expect(arrived?.headers['x-api-key']).toBe(gateway.keys.deep);
    expect(JSON.parse(arrived?.body ?? '').model).toBe('deepseek-v4-pro');
  });

  test.each([
    ['a wrong key', [['x-api-key', 'nobody']]],
    ['an empty key', [['x-api-key', '']]],
    ['the hash as a key', [['x-api-key', sha256(KEYS.web)]]],
    [
      'two keys, one of them right',
      [
        ['x-api-key', KEYS.web],
        ['x-api-key', 'nobody'],
      ],
    ],
    [
      'a wrong bearer beside a right key',
      [
        ['Authorization', 'Bearer nobody'],
        ['x-api-key', KEYS.web],
      ],
    ],
    ['a key of 600 letters', [['x-api-key', 'x'.repeat(600)]]],
  ] as [string, [string, string][]][])('%s is refused', async (_, headers) => {
    const before = gateway.providers['api.anthropic.com']?.arrived.length;
    expect((await post(headers)).status).toBe(401);
    expect(gateway.providers['api.anthropic.com']?.arrived.length).toBe(before);
  });

  test('may not take that header to other paths, nor this path to other models', async () => {
    expect((await post([['x-api-key', KEYS.web]], '/v1/chat/completions')).status).toBe(401);
    expect((await post([['x-api-key', KEYS.web]], '/v1/messages/../chat/completions')).status).toBe(401);
    expect((await post([['x-api-key', KEYS.web]], '/v1/messagesx')).status).toBe(401);
    expect((await post([bearer], '/v1/chat/completions')).status).toBe(403);
    const other = await ask(gateway.base, {
      path: '/v1/messages',
      headers: [bearer],
      body: body({ model: 'chat' }),
    });
    expect(other.status).toBe(403);
  });

  test('are counted too: what came in is read at the beginning of a stream, what went out at its end', async () => {
    const counted = async () => {
      const text = await (await fetch(`${gateway.admin}/metrics`)).text();
      const value = (name: string) =>
        text
          .split('\n')
          .filter(
            (line) => line.startsWith(`envoy_berth_${name}_tokens{`) && line.includes('berth_route="code"'),
          )
          .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
      return [value('input'), value('output')] as const;
    };
    const before = await counted();
    await ask(gateway.base, { path: '/v1/messages', headers: [bearer], body: body({ stream: true }) });
    await ask(gateway.base, { path: '/v1/messages', headers: [bearer], body: body() });
    const after = await counted();
    expect([after[0] - before[0], after[1] - before[1]]).toEqual([2 * IN, 2 * OUT]);
  });
});
