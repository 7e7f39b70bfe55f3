import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TLSSocket } from 'node:tls';
import { answerMessages, isMessages } from './anthropic.js';
import type { Certificates } from './certificates.js';

/** What a provider does with the next requests: answer, refuse with a status, or cut the connection. */
export type Mood = 'ok' | number | 'reset' | 'slow-stream' | 'late';

/** One request as it arrived. */
export interface Arrived {
  readonly sni: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

/** A provider in the OpenAI format, and at `…/messages` in Anthropic's, by TLS, on loopback. */
export interface Provider {
  readonly port: number;
  readonly arrived: Arrived[];
  mood: Mood;
  /** Answers to GET, by path. */
  readonly pages: Record<string, string>;
  /** Bytes that came in by TCP, the handshakes included. */
  readonly bytesIn: () => number;
  close(): Promise<void>;
}

/** Milliseconds between two events of a slow stream. */
export const GAP_MS = 400;

export async function startProvider(name: string, { cert, key }: Certificates): Promise<Provider> {
  const sockets = new Set<Socket>();
  let bytes = 0;
  const provider: State = { mood: 'ok', arrived: [], pages: {} };
  const server: Server = createServer({ cert, key }, (request, response) => {
    void answer(name, request, response, provider);
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    let counted = 0;
    const count = () => {
      bytes += socket.bytesRead - counted;
      counted = socket.bytesRead;
    };
    const timer = setInterval(count, 20);
    socket.on('close', () => {
      clearInterval(timer);
      count();
      sockets.delete(socket);
    });
    socket.on('error', () => undefined);
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(provider, {
    port: (server.address() as AddressInfo).port,
    bytesIn: () => bytes,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  }) as Provider;
}

interface State {
  mood: Mood;
  readonly arrived: Arrived[];
  readonly pages: Record<string, string>;
}

/** Longer than the minute after which many proxies give up. */
export const LATE_MS = 62_000;

async function answer(
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
  provider: State,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  provider.arrived.push({
    sni: String((request.socket as TLSSocket).servername || ''),
    method: request.method ?? '',
    path: request.url ?? '',
    headers: request.headers,
    rawHeaders: request.rawHeaders,
    body,
  });
  const { mood, pages } = provider;
  const page = request.method === 'GET' ? pages[request.url ?? ''] : undefined;
  if (page !== undefined) {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(page);
    return;
  }
  if (mood === 'late') await sleep(LATE_MS);
  if (mood === 'reset') {
    request.socket.destroy();
    return;
  }
  if (typeof mood === 'number') {
    response.writeHead(mood, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { message: `${name} says ${mood}` } }));
    return;
  }
  const said = JSON.parse(body || '{}') as { model?: string; stream?: boolean };
  if (isMessages(request.url)) return answerMessages(name, said, response);
  const usage = { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 };
  if (said.stream !== true) {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({
        model: said.model,
        choices: [
          { index: 0, message: { role: 'assistant', content: `answer of ${name}` }, finish_reason: 'stop' },
        ],
        usage,
      }),
    );
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const content of ['one', 'two', 'three']) {
    response.write(`data: ${JSON.stringify({ model: said.model, choices: [{ delta: { content } }] })}\n\n`);
    if (mood === 'slow-stream') await sleep(GAP_MS);
  }
  response.write(`data: ${JSON.stringify({ choices: [], usage })}\n\n`);
  response.end('data: [DONE]\n\n');
}
