import type { Random } from './random.js';

type Headers = readonly (readonly [string, string])[];
const NAME = 'x-data-class';

/** Names of the header in other letters. */
function named(random: Random): string {
  return random.pick([NAME, 'X-Data-Class', 'X-DATA-CLASS', 'x-Data-class']);
}

/** Sets of headers that look like something and must count as nothing. */
export const headerSets = {
  classes: (random: Random): Headers =>
    random.pick<Headers>([
      [],
      [[named(random), '']],
      [
        [
          named(random),
          random.pick([
            'Public',
            'PUBLIC',
            'publics',
            'publi',
            'pub lic',
            '"public"',
            'public;',
            'p\u00fcblic',
          ]),
        ],
      ],
      [
        [
          named(random),
          random.pick(['public,sensitive', 'public, public', 'sensitive,public', 'public;q=1']),
        ],
      ],
      [
        [
          named(random),
          random.pick(['sensitive', 'important', 'core', 'internal', 'unproven', random.word()]),
        ],
      ],
      [
        [named(random), 'public'],
        [named(random), 'sensitive'],
      ],
      [
        [named(random), 'sensitive'],
        [named(random), 'public'],
      ],
      [
        [named(random), 'public'],
        [named(random), 'public'],
      ],
      [
        [named(random), 'public'],
        [named(random), ''],
      ],
      [['x_data_class', 'public']],
      [
        ['x-data-classes', 'public'],
        ['data-class', 'public'],
        ['x-dataclass', 'public'],
      ],
      [['Cookie', 'x-data-class=public']],
      [[named(random), 'public\u0000']],
    ]),

  clients: (random: Random): Headers =>
    random.pick<Headers>([
      [['x-berth-client', 'cleared']],
      [
        ['X-Berth-Client', 'cleared'],
        ['x-berth-client', 'uncleared'],
      ],
      [
        ['x-forwarded-user', 'cleared'],
        ['x-remote-user', 'cleared'],
      ],
      [['x-berth-connector', 'general--outside']],
      [
        ['x-api-key', random.word()],
        ['api-key', random.word()],
      ],
      [['Proxy-Authorization', `Bearer ${random.word()}`]],
      [
        ['x-envoy-original-path', '/v1/chat/completions'],
        ['x-envoy-upstream-alt-stat-name', 'u_outside'],
      ],
      [
        ['x-envoy-retry-on', '5xx,retriable-4xx'],
        ['x-envoy-max-retries', `${random.below(9)}`],
      ],
    ]),

  tags: (random: Random): Headers =>
    random.pick<Headers>([
      [
        ['x-litellm-tags', 'outside'],
        ['x-litellm-model', 'outside'],
      ],
      [['x-portkey-config', '{"strategy":{"mode":"fallback"},"targets":[{"provider":"outside"}]}']],
      [
        ['x-portkey-provider', 'outside'],
        ['x-portkey-custom-host', 'https://dashscope.aliyuncs.com'],
      ],
      [
        ['x-router', 'outside'],
        ['x-model-router', random.word()],
      ],
      [['x-ai-eg-model', 'outside']],
      [['x-gateway-destination-endpoint', '10.99.0.10:443']],
      [['x-higress-llm-model', 'outside']],
      [
        ['OpenAI-Organization', random.word()],
        ['OpenAI-Project', 'outside'],
      ],
      [
        ['x-session-affinity', random.word()],
        ['x-request-class', 'public'],
      ],
    ]),

  hosts: (random: Random): Headers =>
    random.pick<Headers>([
      [['Host', 'dashscope.aliyuncs.com']],
      [
        ['Host', 'dashscope.aliyuncs.com:443'],
        ['X-Forwarded-Host', 'dashscope.aliyuncs.com'],
      ],
      [['Forwarded', 'host=dashscope.aliyuncs.com;proto=https']],
      [
        ['X-Original-Host', 'dashscope.aliyuncs.com'],
        ['X-Host', 'dashscope.aliyuncs.com'],
      ],
      [
        ['X-Original-URL', '/v1/chat/completions?to=outside'],
        ['X-Rewrite-URL', '/outside'],
      ],
      [['Host', `${random.word()}.qianfan.baidubce.com`]],
      [
        ['X-Forwarded-For', '10.99.0.10'],
        ['X-Real-IP', '10.99.0.10'],
      ],
      [['Host', 'gateway-general.both-production-general.svc.cluster.local:4000']],
      [
        ['Upgrade', 'h2c'],
        ['Connection', 'Upgrade, HTTP2-Settings'],
        ['HTTP2-Settings', 'AAMAAABkAAQAAP__'],
      ],
      [['Connection', 'x-data-class, authorization']],
    ]),
} as const;
