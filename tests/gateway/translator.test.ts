import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { type Socket, connect as tcp } from 'node:net';
import { connect as tls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { chat } from './client.js';
import { authorityOf, type Running, runGateway } from './running.js';
import { emitted, filesOf, KEYS, SELECTION } from './selection.js';

// The program behind the gateway comes in no package index: something else stands in its place here, and shows what the
// gateway sends it. What the program makes of that is not shown; its way out is, through the proxy as it is emitted.
const text = SELECTION.replace(
  'routes:\n',
  `  claude: { profile: anthropic, translator: agentgateway, key: { secretRef: { name: keys, key: claude } } }
routes:
  deep: { targets: [{ provider: claude, model: claude-opus-5 }, { provider: ernie, model: ernie-5.1 }] }
`,
).replace('routes: [chat]', 'routes: [chat, deep]');

const made = emitted(text);
const [plan] = made.plan.gateways;
const translator = plan?.translator;
const models = parse(filesOf(made, 'gateway-translator')['config.yaml'] ?? '').llm.models;

interface Asked {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: { readonly model?: string; readonly stream?: boolean };
}

let gateway: Running;
let stand: Server;
let status = 200;
const asked: Asked[] = [];
beforeAll(async () => {
  stand = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const said = JSON.parse(body || '{}') as Asked['body'];
      asked.push({ url: request.url ?? '', headers: request.headers, body: said });
      response.writeHead(status, { 'content-type': said.stream ? 'text/event-stream' : 'application/json' });
      const content = 'translated';
      response.end(
        said.stream
          ? `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\ndata: [DONE]\n\n`
          : JSON.stringify({
              choices: [{ message: { content } }],
              usage: { prompt_tokens: 3, completion_tokens: 2 },
            }),
      );
    });
  });
  await new Promise<void>((resolve) => stand.listen(0, '127.0.0.1', resolve));
  const { port } = stand.address() as { port: number };
  const host = `${translator?.name}.${made.plan.namespace}.svc.cluster.local`;
  gateway = await runGateway(made, { elsewhere: { [host]: port } });
});
afterAll(async () => {
  await gateway?.close();
  stand?.closeAllConnections();
  await new Promise((resolve) => stand.close(resolve));
});

describe('what the gateway hands to a translator', () => {
  test('is in the OpenAI format, under a name that the translator knows, without anybody’s key', async () => {
    const answer = await chat(gateway.base, KEYS.web, 'deep', {}, [['x-api-key', KEYS.web]]);
    expect([answer.status, JSON.parse(answer.body).choices[0].message.content]).toEqual([200, 'translated']);
    const arrived = asked.at(-1);
    expect(models.map(({ name }: { name: string }) => name)).toContain(arrived?.body.model);
    expect(arrived?.url).toBe('/v1/chat/completions');
    for (const secret of [...Object.values(KEYS), ...Object.values(gateway.keys)])
      expect(JSON.stringify(arrived)).not.toContain(secret);
    expect(Object.keys(arrived?.headers ?? {}).filter((name) => /^x-(berth|data|envoy)/.test(name))).toEqual(
      [],
    );
  });

  test('streams, and is counted as the provider’s', async () => {
    expect((await chat(gateway.base, KEYS.web, 'deep', { stream: true })).body).toContain('data: [DONE]');
    const metrics = await (await fetch(`${gateway.admin}/metrics`)).text();
    expect(metrics).toContain('berth_connector="claude--claude-opus-5"');
  });

  test('never arrives from somebody without a key, or for a route that is not theirs', async () => {
    const before = asked.length;
    expect((await chat(gateway.base, null, 'deep')).status).toBe(401);
    expect((await chat(gateway.base, KEYS.web, 'claude--claude-opus-5')).status).toBe(403);
    expect(asked).toHaveLength(before);
  });

  test('goes to the next target when it answers with an error', async () => {
    status = 503;
    const answer = await chat(gateway.base, KEYS.web, 'deep');
    status = 200;
    expect([answer.status, JSON.parse(answer.body).choices[0].message.content]).toEqual([
      200,
      'answer of qianfan.baidubce.com',
    ]);
  });
});

describe('the way out of a translator', () => {
  /** What the egress proxy answers to a first line, and the socket behind it. */
  const say = (line: string) =>
    new Promise<{ head: string; socket: Socket }>((resolve, reject) => {
      const socket = tcp(gateway.egressPort, '127.0.0.1', () => socket.write(line));
      const timer = setTimeout(() => reject(new Error(`no answer to ${line}`)), 5000);
      let head = '';
      const done = () => {
        clearTimeout(timer);
        resolve({ head, socket });
      };
      socket.on('data', (chunk) => {
        head += chunk.toString('latin1');
        if (head.includes('\r\n\r\n')) done();
      });
      socket.on('close', done);
      socket.on('error', done);
    });
  const connectTo = (target: string) => say(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`);

  test('is asked by CONNECT, and ends at the provider, whose certificate it shows', async () => {
    const { head, socket } = await connectTo('api.anthropic.com:443');
    expect(head).toMatch(/^HTTP\/1\.1 200/);
    socket.removeAllListeners();
    const answer = await new Promise<string>((resolve, reject) => {
      const inside = tls({ socket, servername: 'api.anthropic.com', ca: authorityOf(gateway) }, () =>
        inside.write('GET /v1/models HTTP/1.1\r\nHost: api.anthropic.com\r\nConnection: close\r\n\r\n'),
      );
      let text = '';
      inside.on('data', (chunk) => {
        text += chunk.toString();
      });
      inside.on('end', () => resolve(text));
      inside.on('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 200/);
    expect(gateway.providers['api.anthropic.com']?.arrived.at(-1)?.sni).toBe('api.anthropic.com');
  });

  test.each([
    'example.com:443',
    'api.anthropic.com:80',
    'qianfan.baidubce.com:443',
    '169.254.169.254:80',
    'gateway.gate-production.svc.cluster.local:4000',
  ])('does not lead to %s', async (target) => {
    const { head, socket } = await connectTo(target);
    socket.destroy();
    expect(head).toMatch(/^HTTP\/1\.1 404/);
  });

  test('forwards nothing that is no CONNECT', async () => {
    const { head, socket } = await say(
      'GET http://api.anthropic.com:443/v1/models HTTP/1.1\r\nHost: api.anthropic.com:443\r\n\r\n',
    );
    socket.destroy();
    expect(head).toMatch(/^HTTP\/1\.1 404/);
  });
});
