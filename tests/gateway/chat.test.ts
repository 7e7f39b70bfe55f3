import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GATEWAY_METRICS } from '../../src/monitoring/gateway/gateway-rules.js';
import { waitUntil } from '../cluster/wait.js';
import { ask, chat } from './client.js';
import { GAP_MS } from './provider.js';
import { type Running, runGateway } from './running.js';
import { emitted, KEYS, SELECTION } from './selection.js';

let gateway: Running;
const made = emitted(SELECTION);
beforeAll(async () => {
  gateway = await runGateway(made);
});
afterAll(() => gateway?.close());

const arrivals = (host: string) => gateway.providers[host]?.arrived ?? [];

describe.each([
  [
    'ernie by Qianfan',
    'chat',
    KEYS.web,
    'qianfan.baidubce.com',
    '/v2/chat/completions',
    'ernie-5.1',
    'authorization',
    'Bearer ',
  ],
  [
    'a deployment of Azure',
    'solo',
    KEYS.batch,
    'acme.openai.azure.com',
    '/openai/v1/chat/completions',
    'my-deployment',
    'api-key',
    '',
  ],
])('%s', (_, route, key, host, path, model, header, prefix) => {
  test('answers a chat, with its own path, host, model and key, and nothing of the inside', async () => {
    const answer = await chat(gateway.base, key, route, { fallbacks: ['other'] });
    expect([answer.status, JSON.parse(answer.body).choices[0].message.content]).toEqual([
      200,
      `answer of ${host}`,
    ]);
    const arrived = arrivals(host).at(-1);
    const file = route === 'chat' ? 'ernie' : 'azure';
    expect(arrived).toMatchObject({ sni: host, method: 'POST', path });
    expect(arrived?.headers).toMatchObject({ host, [header]: `${prefix}${gateway.keys[file]}` });
    expect(JSON.parse(arrived?.body ?? '').model).toBe(model);
    const names = Object.keys(arrived?.headers ?? {});
    expect(names.filter((name) => /^x-(envoy|forwarded|berth|data)/.test(name))).toEqual([]);
    expect(names).toContain('content-length');
    expect(JSON.stringify(arrived)).not.toContain(key);
    expect(answer.headers['x-berth-connector']).toBeUndefined();
  });

  test('streams, event by event', async () => {
    const provider = gateway.providers[host];
    if (provider) provider.mood = 'slow-stream';
    const answer = await chat(gateway.base, key, route, { stream: true });
    if (provider) provider.mood = 'ok';
    const [first, last] = [answer.pieces[0]?.at ?? 0, answer.pieces.at(-1)?.at ?? 0];
    expect(answer.body).toContain('data: [DONE]');
    expect(last - first).toBeGreaterThan(GAP_MS * 2);
  });
});

test('embeddings pass where the route says so, and only there', async () => {
  const post = (key: string, model: string) =>
    ask(gateway.base, {
      path: '/v1/embeddings',
      headers: [['Authorization', `Bearer ${key}`]],
      body: JSON.stringify({ model, input: 'x' }),
    });
  expect((await post(KEYS.batch, 'solo')).status).toBe(200);
  expect(arrivals('acme.openai.azure.com').at(-1)?.path).toBe('/openai/v1/embeddings');
  expect((await post(KEYS.web, 'chat')).status).toBe(403);
});

test('tokens are counted by client, route and connector, streamed ones where they are asked for', async () => {
  const text = await (await fetch(`${gateway.admin}/metrics`)).text();
  const value = (name: string) =>
    text.split('\n').filter((line) => line.startsWith(name) && line.includes('berth_client="web"'));
  expect(value('envoy_berth_input_tokens{').join()).toMatch(
    /berth_route="chat",berth_connector="ernie--ernie-5_1"\} 22(,|$)/,
  );
  expect(value('envoy_berth_output_tokens{').join()).toMatch(/ 14(,|$)/);
  expect(value('envoy_berth_requests{').join()).toContain('berth_code="200"');
  expect(text).toMatch(
    /envoy_cluster_upstream_rq\{[^}]*envoy_response_code="200"[^}]*envoy_cluster_name="u_ernie--ernie-5_1"/,
  );
});

test('the program exports every series that rules and dashboard read, with its labels', async () => {
  let lines: readonly string[] = [];
  // Histograms are merged every five seconds.
  await waitUntil('histograms', async () => {
    lines = (await (await fetch(`${gateway.admin}/metrics`)).text()).split('\n');
    return lines.some((line) => line.startsWith('envoy_berth_duration_bucket{')) || 'none yet';
  });
  for (const { name, labels } of Object.values(GATEWAY_METRICS)) {
    const found = lines.find((line) => line.startsWith(`${name}{`) || line.startsWith(`${name}_bucket{`));
    expect(found, name).toBeDefined();
    for (const label of labels) expect(found, name).toContain(`${label}="`);
  }
});

test('the access log says who, which and how much, and never what', async () => {
  const lines = gateway
    .logs()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
  expect(lines.find(({ client, route }) => client === 'web' && route === 'chat')).toMatchObject({
    model: 'chat',
    connector: 'ernie--ernie-5_1',
    code: 200,
    in_tokens: 11,
    out_tokens: 7,
  });
  expect(gateway.logs()).not.toContain('hello');
});
