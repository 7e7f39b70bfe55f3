import type { EngineServer } from './server.js';

type Target = Pick<EngineServer, 'url' | 'apiKey'>;

/** What the tests read of an answer, a stream's event or an error. */
export interface Body {
  readonly version?: string;
  readonly model?: string;
  readonly data?: readonly { readonly id: string }[];
  readonly choices?: readonly {
    readonly message?: { readonly content: string | null; readonly reasoning?: string | null };
    readonly delta?: { readonly content?: string | null; readonly reasoning?: string | null };
    readonly finish_reason: string | null;
  }[];
  readonly usage?: { readonly prompt_tokens: number; readonly completion_tokens: number };
  readonly error?: string | { readonly message: string; readonly type: string; readonly code: number };
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  /** The body, undefined where it is not JSON. */
  readonly json: Body | undefined;
}

/** The server closes what is idle for five seconds: a connection that is used again may end under the request. */
export const PLAIN = { 'content-type': 'application/json', connection: 'close' };

/** One request; `key` null sends none. */
export async function ask(
  { url, apiKey }: Target,
  path: string,
  { method = 'GET', body, key = apiKey }: { method?: string; body?: unknown; key?: string | null } = {},
): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...PLAIN,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(60_000),
  });
  const text = await response.text();
  return { status: response.status, text, json: parse(text) };
}

export function chat(target: Target, body: object, key: string | null = target.apiKey): Promise<Answer> {
  return ask(target, '/v1/chat/completions', { method: 'POST', body, key });
}

export interface Stream {
  readonly status: number;
  /** Body of a refusal before the stream began. */
  readonly refusal: string;
  /** Ends with the stream: all its events, and how it ended. */
  readonly ended: Promise<{
    readonly events: readonly Body[];
    readonly done: boolean;
    readonly error?: Body['error'];
  }>;
  abort(): void;
}

/** Opens a chat stream; resolves with its first byte, or with the refusal. */
export async function openStream({ url, apiKey }: Target, body: object): Promise<Stream> {
  const controller = new AbortController();
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, ...PLAIN },
    body: JSON.stringify({ ...body, stream: true }),
    signal: controller.signal,
  });
  const abort = () => controller.abort();
  if (response.status !== 200) {
    const nothing = Promise.resolve({ events: [], done: false });
    return { status: response.status, refusal: await response.text(), ended: nothing, abort };
  }
  const ended = readEvents(response);
  ended.catch(() => undefined); // an aborted stream is nobody's surprise
  return { status: 200, refusal: '', ended, abort };
}

async function readEvents(response: Response) {
  const text = await response.text();
  const lines = text
    .split('\n')
    .flatMap((line) => (line.startsWith('data: ') ? [line.slice('data: '.length)] : []));
  const events = lines.filter((line) => line !== '[DONE]').flatMap((line) => parse(line) ?? []);
  const error = events.find((event) => event.error)?.error;
  return { events, done: lines.at(-1) === '[DONE]', error };
}

function parse(text: string): Body | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
