/** Envoy's configuration as data. */
export type Config = Readonly<Record<string, unknown>>;

/** An extension: its name, and its configuration with the type that Envoy reads it as. */
export function typed(name: string, type: string, config: Config = {}): Config {
  return { name, typed_config: { '@type': `type.googleapis.com/${type}`, ...config } };
}

const EXTENSIONS = 'envoy.extensions';

/** A filter of requests: `httpFilter('buffer', 'buffer.v3.Buffer', …)`. */
export function httpFilter(name: string, type: string, config: Config = {}): Config {
  return typed(`envoy.filters.http.${name}`, `${EXTENSIONS}.filters.http.${type}`, config);
}

export function seconds(value: number): string {
  return `${value}s`;
}

/** The text of a `string_match`. */
export const exact = (value: string) => ({ exact: value });

/** One of these words, none of which holds a character that a pattern reads. */
export function oneOf(words: readonly string[]) {
  return words.length === 1 ? exact(words[0] as string) : { safe_regex: { regex: `(?:${words.join('|')})` } };
}

/** An error in the form of the OpenAI API. */
export function errorBody(message: string, type: string, code: string): string {
  return JSON.stringify({ error: { message, type, code } });
}

/** A route that answers by itself. */
export function answer(status: number, body: string): Config {
  return {
    response_headers_to_add: [
      {
        header: { key: 'content-type', value: 'application/json' },
        append_action: 'OVERWRITE_IF_EXISTS_OR_ADD',
      },
    ],
    direct_response: { status, body: { inline_string: body } },
  };
}
