import { bodies, chatBody } from './attack-bodies.js';
import { headerSets } from './attack-headers.js';
import type { Random } from './random.js';

/** One request, as bytes, and what the own server does meanwhile. */
export interface Attack {
  readonly family: string;
  readonly mark: string;
  readonly raw: Buffer;
  readonly server: string;
}

export interface Keys {
  /** Cleared for public data. */
  readonly cleared: string;
  /** Cleared for nothing. */
  readonly uncleared: string;
}

export const VARIANTS = 20;

interface Draft {
  readonly line?: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
  readonly server?: string;
  /** Bytes after the request on the same connection. */
  readonly more?: Buffer;
}

type Family = (random: Random, mark: string, keys: Keys) => Draft;

const POST = 'POST /v1/chat/completions HTTP/1.1';
const bearer = (key: string) => ['Authorization', `Bearer ${key}`] as const;
const PUBLIC = ['x-data-class', 'public'] as const;

/** Who may not send out says that it may: the word of an uncleared client proves nothing. */
const plain = (random: Random, mark: string, keys: Keys, model?: string): Draft => ({
  headers: [bearer(keys.uncleared), PUBLIC],
  body: chatBody(mark, model ?? random.pick(['inside', 'outside', 'chat'])),
});

export const FAMILIES: Readonly<Record<string, Family>> = {
  'class headers that prove nothing': (random, mark, keys) => ({
    headers: [bearer(keys.cleared), ...headerSets.classes(random)],
    body: chatBody(mark, random.pick(['chat', 'outside', 'inside'])),
  }),
  'headers that name a client': (random, mark, keys) => ({
    ...plain(random, mark, keys),
    headers: [bearer(keys.uncleared), PUBLIC, ...headerSets.clients(random)],
  }),
  'tags of other gateways': (random, mark, keys) => ({
    ...plain(random, mark, keys),
    headers: [bearer(keys.uncleared), PUBLIC, ...headerSets.tags(random)],
  }),
  'names of models': (random, mark, keys) => ({
    headers: [bearer(random.pick([keys.cleared, keys.uncleared]))],
    body: bodies.models(random, mark),
  }),
  'fields that choose targets': (random, mark, keys) => ({
    ...plain(random, mark, keys),
    body: bodies.fields(random, mark),
  }),
  'encodings of the body': (random, mark, keys) => {
    const { body, headers } = bodies.encodings(random, mark);
    return { headers: [bearer(keys.uncleared), PUBLIC, ...headers], body };
  },
  paths: (random, mark, keys) => ({
    ...plain(random, mark, keys),
    line: `POST ${random.pick(PATHS)(random)} HTTP/1.1`,
  }),
  'hosts and forwarding': (random, mark, keys) => ({
    ...plain(random, mark, keys),
    headers: [bearer(keys.uncleared), PUBLIC, ...headerSets.hosts(random)],
  }),
  'an own server that fails': (random, mark, keys) => ({
    headers: [bearer(keys.cleared)],
    body: chatBody(mark, random.pick(['inside', 'chat'])),
    server: random.pick(['500', '502', '503', '429', '401', '403', 'reset']),
  }),
  'an own server that redirects': (random, mark, keys) => ({
    headers: [bearer(keys.cleared)],
    body: chatBody(mark, random.pick(['inside', 'chat'])),
    server: `redirect:${random.pick(['301', '302', '303', '307', '308'])}`,
  }),
  'huge bodies': (random, mark, keys) => ({
    headers: [bearer(random.pick([keys.cleared, keys.uncleared]))],
    body: chatBody(
      `${mark}${'x'.repeat(random.below(3_000_000))}${mark}`,
      random.pick(['inside', 'chat', 'outside']),
    ),
  }),
  'streams, also broken ones': (random, mark, keys) => ({
    headers: [bearer(keys.cleared)],
    body: chatBody(mark, random.pick(['inside', 'chat']), {
      stream: true,
      stream_options: { include_usage: true },
    }),
    server: random.pick(['ok', 'cut', 'reset', '503']),
  }),
  'two requests in one': (random, mark, keys) => smuggled(random, mark, keys),
  'requests to proxies': (random, mark, keys) => ({
    ...plain(random, mark, keys),
    line: random.pick([
      'POST https://dashscope.aliyuncs.com/compatible-mode/v1/chat/completions HTTP/1.1',
      'POST http://dashscope.aliyuncs.com/v1/chat/completions HTTP/1.1',
      'CONNECT dashscope.aliyuncs.com:443 HTTP/1.1',
      'CONNECT 10.99.0.10:443 HTTP/1.1',
      `POST http://${random.word()}.example/v1/chat/completions HTTP/1.1`,
    ]),
  }),
};

const PATHS: readonly ((random: Random) => string)[] = [
  () => '/v1/chat/completions/../../v1/chat/completions',
  () => '/openai/deployments/outside/chat/completions',
  () => '/engines/outside/chat/completions',
  () => '/v1/messages',
  () => '//v1/chat/completions',
  () => '/v1%2fchat%2fcompletions',
  () => '/v1/chat/completions;model=outside',
  (random) => `/v1/chat/completions?model=outside&tag=${random.word()}`,
  (random) => `/v1/${random.word()}/chat/completions`,
  (random) => `/general--outside/${random.word()}`,
  () => '/compatible-mode/v1/chat/completions',
  (random) => `/v1/chat/completions#${random.word()}`,
  () => '/v1/responses',
  () => '/v1/embeddings',
];

/** Lengths that contradict each other, and a second request behind the first. */
function smuggled(random: Random, mark: string, keys: Keys): Draft {
  const inner = Buffer.concat([
    Buffer.from(
      `${POST}\r\nHost: gateway\r\nAuthorization: Bearer ${keys.uncleared}\r\nx-data-class: public\r\n`,
    ),
    Buffer.from('Content-Type: application/json\r\n'),
    Buffer.from(`Content-Length: ${chatBody(mark, 'outside').length}\r\n\r\n`),
    chatBody(mark, 'outside'),
  ]);
  const body = chatBody(mark, 'inside');
  const chunked = Buffer.from(`${body.length.toString(16)};${random.word()}=1\r\n${body}\r\n0\r\n\r\n`);
  return random.pick([
    {
      headers: [bearer(keys.uncleared), ['Content-Length', '4'], ['Transfer-Encoding', 'chunked']] as const,
      body: chunked,
      more: inner,
    },
    {
      headers: [
        bearer(keys.uncleared),
        ['Content-Length', `${body.length}`],
        ['Content-Length', '0'],
      ] as const,
      body,
      more: inner,
    },
    {
      headers: [
        bearer(keys.uncleared),
        ['Transfer-Encoding', random.pick(['chunked', ' chunked', 'xchunked', 'chunked, identity'])],
      ] as const,
      body: chunked,
      more: inner,
    },
    {
      headers: [bearer(keys.uncleared), ['x-data-class', `internal\r\nx-data-class: public`]] as const,
      body,
      more: inner,
    },
    { headers: [bearer(keys.uncleared), ['Expect', '100-continue']] as const, body, more: inner },
  ]) as Draft;
}

/** The same attacks for the same seed. */
export function attacks(random: Random, keys: Keys): Attack[] {
  return Object.entries(FAMILIES).flatMap(([family, make]) =>
    Array.from({ length: VARIANTS }, (_, index): Attack => {
      const mark = `MARK-${random.seed}-${family.replace(/\W+/g, '-')}-${index}-${random.word()}`;
      const draft = make(random, mark, keys);
      return { family, mark, raw: written(draft), server: draft.server ?? 'ok' };
    }),
  );
}

function written({ line = POST, headers, body, more = Buffer.alloc(0) }: Draft): Buffer {
  const has = (name: string) => headers.some(([each]) => each.toLowerCase() === name);
  const all = [
    ...(has('host') ? [] : [['Host', 'gateway'] as const]),
    ...(has('content-type') ? [] : [['Content-Type', 'application/json'] as const]),
    ...(has('content-length') || has('transfer-encoding')
      ? []
      : [['Content-Length', `${body.length}`] as const]),
    ...headers,
  ];
  const head = [line, ...all.map(([name, value]) => `${name}: ${value}`)].join('\r\n');
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`), body, more]);
}
