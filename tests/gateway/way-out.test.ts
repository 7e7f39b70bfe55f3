import { createServer, type Server } from 'node:http';
import { connect as tcp } from 'node:net';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chat } from './client.js';
import { type Running, runGateway } from './running.js';
import { emitted, KEYS, SELECTION } from './selection.js';

describe('the egress proxy', () => {
  let gateway: Running;
  const made = emitted(SELECTION);
  beforeAll(async () => {
    gateway = await runGateway(made);
  });
  afterAll(() => gateway?.close());

  /** What a handshake with this name comes to. */
  const handshake = (servername: string | undefined) =>
    new Promise<string>((resolve) => {
      const socket = connect(
        {
          host: '127.0.0.1',
          port: gateway.egressPort,
          servername: servername ?? '',
          rejectUnauthorized: false,
        },
        () => {
          resolve('passed');
          socket.destroy();
        },
      );
      socket.on('error', () => resolve('closed'));
      socket.on('close', () => resolve('closed'));
    });

  test('passes on what names a host that it knows, and closes the rest', async () => {
    expect(await handshake('qianfan.baidubce.com')).toBe('passed');
    for (const host of ['example.com', 'api.openai.com', 'qianfan.baidubce.com.example.com', undefined])
      expect(await handshake(host), host ?? 'no name').toBe('closed');
  });

  test('closes what is no TLS', async () => {
    const said = await new Promise<string>((resolve) => {
      const socket = tcp(gateway.egressPort, '127.0.0.1', () =>
        socket.write(
          'GET http://169.254.169.254/latest/meta-data/ HTTP/1.1\r\nHost: qianfan.baidubce.com\r\n\r\n',
        ),
      );
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk.toString();
      });
      socket.on('close', () => resolve(text));
      socket.on('error', () => resolve(text));
    });
    expect(said).toBe('');
  });

  test('is the only peer of the gateway beside DNS, and knows no link-local address', () => {
    const policies = made.objects.filter(({ kind }) => kind === 'NetworkPolicy');
    const out = policies.filter(({ spec }) => JSON.stringify(spec).includes('"Egress"'));
    const names = out.map(({ metadata }) => metadata.name).sort();
    expect(names).toEqual([
      'default-deny',
      'gateway-egress-to-dns',
      'gateway-egress-to-providers',
      'gateway-to-dns',
      'gateway-to-egress',
    ]);
    const open = JSON.stringify(out.find(({ metadata }) => metadata.name.endsWith('to-providers'))?.spec);
    expect(open).toContain('169.254.0.0/16');
    expect(open).toContain('fd00:ec2::254/128');
  });
});

describe('a proxy of the company', () => {
  const asked: string[] = [];
  let proxy: Server;
  let gateway: Running;
  beforeAll(async () => {
    proxy = createServer();
    proxy.on('connect', (request, client, head) => {
      asked.push(request.url ?? '');
      const [host = ''] = (request.url ?? '').split(':');
      const provider = gateway.providers[host];
      if (provider === undefined) return void client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      const onward = tcp(provider.port, '127.0.0.1', () => {
        client.write('HTTP/1.1 200 OK\r\n\r\n');
        onward.write(head);
        onward.pipe(client).pipe(onward);
      });
      for (const socket of [client, onward]) socket.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as { port: number };
    const text = SELECTION.replace(
      'accessLogRetentionDays: 30 }',
      'accessLogRetentionDays: 30, egress: { proxy: { host: proxy.example.internal, port: 3128 } } }',
    );
    gateway = await runGateway(emitted(text), { elsewhere: { 'proxy.example.internal': port } });
  });
  afterAll(async () => {
    await gateway?.close();
    proxy?.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
  });

  test('is asked by CONNECT for the host, and sees nothing of the request', async () => {
    const answer = await chat(gateway.base, KEYS.web, 'chat');
    expect(answer.status).toBe(200);
    expect(asked).toContain('qianfan.baidubce.com:443');
    expect(gateway.providers['qianfan.baidubce.com']?.arrived.at(-1)?.sni).toBe('qianfan.baidubce.com');
  });

  test('stands in place of the own one', () => {
    const made = emitted(
      SELECTION.replace(
        'accessLogRetentionDays: 30 }',
        'egress: { proxy: { host: proxy.example.internal, port: 3128 } } }',
      ),
    );
    expect(made.objects.map(({ metadata }) => metadata.name)).not.toContain('gateway-egress');
  });
});
