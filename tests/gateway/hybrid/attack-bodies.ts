import { gzipSync } from 'node:zlib';
import type { Random } from './random.js';

type Headers = readonly (readonly [string, string])[];

/** A chat request whose text is the mark. */
export function chatBody(mark: string, model: unknown, more: object = {}): Buffer {
  return Buffer.from(JSON.stringify({ model, messages: [{ role: 'user', content: mark }], ...more }));
}

export const bodies = {
  models: (random: Random, mark: string): Buffer =>
    chatBody(
      mark,
      random.pick<unknown>([
        'outside',
        'inside,outside',
        'outside,inside',
        ['outside'],
        { name: 'outside' },
        'qwen3.7-plus',
        'openai/outside',
        'general--outside',
        ' outside',
        'outside ',
        'Outside',
        'out\u200bside',
        '\u043eutside',
        'outside\u0000',
        '*',
        '',
        null,
        7,
        `${random.word()}/outside`,
        'inside:outside',
      ]),
    ),

  fields: (random: Random, mark: string): Buffer =>
    chatBody(
      mark,
      random.pick(['inside', 'chat']),
      random.pick<object>([
        { fallbacks: ['outside'] },
        { fallbacks: [{ model: 'outside', messages: [{ role: 'user', content: mark }] }] },
        {
          context_window_fallbacks: [{ inside: ['outside'] }],
          content_policy_fallbacks: [{ inside: ['outside'] }],
        },
        { api_base: 'https://dashscope.aliyuncs.com/compatible-mode/v1', api_key: random.word() },
        { base_url: 'https://dashscope.aliyuncs.com/compatible-mode/v1' },
        { metadata: { tags: ['outside', 'public'], 'x-data-class': 'public', data_class: 'public' } },
        { 'x-data-class': 'public', data_class: 'public', user: 'cleared' },
        { user_config: { model_list: [{ model_name: 'inside', litellm_params: { model: 'outside' } }] } },
        { extra_body: { model: 'outside' }, extra_headers: { 'x-data-class': 'public' } },
        { tools: [{ type: 'mcp', server_label: 'out', server_url: 'https://dashscope.aliyuncs.com/mcp' }] },
        {
          messages: [
            {
              role: 'user',
              content: [
                { type: 'image_url', image_url: { url: `https://${mark}.dashscope.aliyuncs.com/x.png` } },
              ],
            },
          ],
        },
        { models: ['outside'], route: 'fallback', provider: { order: ['outside'], allow_fallbacks: true } },
        { prediction: { model: 'outside' }, store: true, background: true },
      ]),
    ),

  encodings: (random: Random, mark: string): { body: Buffer; headers: Headers } => {
    const text = chatBody(mark, 'inside').toString();
    return random.pick<{ body: Buffer; headers: Headers }>([
      { body: Buffer.from(text.replace('"inside"', '"inside","model":"outside"')), headers: [] },
      { body: Buffer.from(text.replace('"inside"', '"outside","model":"inside"')), headers: [] },
      {
        body: Buffer.from(text.replace('"model"', '"mod\\u0065l"').replace('inside', 'outside')),
        headers: [],
      },
      {
        body: Buffer.from(
          text.replace('"model":"inside"', '"model":"inside","Model":"outside","MODEL":"outside"'),
        ),
        headers: [],
      },
      { body: Buffer.from(`\ufeff${text}`), headers: [] },
      { body: Buffer.from(text, 'utf16le'), headers: [['Content-Type', 'application/json; charset=utf-16']] },
      { body: gzipSync(text.replace('inside', 'outside')), headers: [['Content-Encoding', 'gzip']] },
      {
        body: Buffer.from(text),
        headers: [
          [
            'Content-Type',
            random.pick([
              'text/plain',
              'application/xml',
              'application/x-www-form-urlencoded',
              'application/json;json',
            ]),
          ],
        ],
      },
      { body: Buffer.from(`${text}${text.replace('inside', 'outside')}`), headers: [] },
      { body: Buffer.from(`[${text}]`), headers: [] },
      { body: Buffer.from(text.replace('{', '{/*"model":"outside",*/')), headers: [] },
      { body: Buffer.from(text.replace('"inside"', '"\\u006futside"')), headers: [] },
      {
        body: Buffer.from(
          `--x\r\nContent-Disposition: form-data; name="model"\r\n\r\noutside\r\n--x--${mark}`,
        ),
        headers: [['Content-Type', 'multipart/form-data; boundary=x']],
      },
    ]);
  },
} as const;
