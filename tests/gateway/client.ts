import { request as httpRequest } from 'node:http';

export interface Asked {
  readonly method?: string;
  readonly path?: string;
  /** As they go out, doubled ones too. */
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string | Buffer;
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  /** Milliseconds after the start at which each piece came. */
  readonly pieces: readonly { readonly at: number; readonly text: string }[];
  /** Set where the connection ended before the answer did. */
  readonly cut?: string;
}

/** One request exactly as it is written, without a library's help. */
export function ask(
  base: string,
  { method = 'POST', path = '/v1/chat/completions', headers = [], body }: Asked,
) {
  const { hostname, port } = new URL(base);
  const started = Date.now();
  return new Promise<Answered>((resolve, reject) => {
    const flat = headers.flat();
    const has = (name: string) => headers.some(([each]) => each.toLowerCase() === name);
    const sent = [
      ...(has('host') ? [] : ['Host', 'gateway']),
      ...(body !== undefined && !has('content-type') ? ['Content-Type', 'application/json'] : []),
      ...(body !== undefined && !has('content-length') && !has('transfer-encoding')
        ? ['Content-Length', `${Buffer.byteLength(body)}`]
        : []),
      ...flat,
    ];
    const request = httpRequest(
      { hostname, port, method, path, headers: sent as never, agent: false },
      (response) => {
        const pieces: { at: number; text: string }[] = [];
        const done = (cut?: string) =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: pieces.map(({ text }) => text).join(''),
            pieces,
            ...(cut !== undefined && { cut }),
          });
        response.on('data', (chunk: Buffer) =>
          pieces.push({ at: Date.now() - started, text: chunk.toString() }),
        );
        response.on('end', () => done());
        response.on('error', (error) => done(error.message));
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

/** A chat request of a client. */
export function chat(
  base: string,
  key: string | null,
  model: string,
  more: Readonly<Record<string, unknown>> = {},
  headers: readonly (readonly [string, string])[] = [],
): Promise<Answered> {
  const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'hello' }], ...more });
  return ask(base, {
    headers: [...(key === null ? [] : [['Authorization', `Bearer ${key}`] as const]), ...headers],
    body,
  });
}
