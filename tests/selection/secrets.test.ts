import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { findSecrets } from '../../src/selection/find-secrets.js';
import { loadSelection } from '../../src/selection/load.js';
import { templates } from '../../templates/registry.js';
import { scratchProject, userReads } from './scratch.js';

const { root, write } = scratchProject();
const minimal = { version: 1, name: 'a', scheme: 'open-private', environments: { b: {} } };

function reads(data: unknown): string {
  const file = write('selections/a.yaml', stringify(data));
  return userReads(() => loadSelection(file, root, templates));
}

test('a secret is named by place and kind, with the way to do it right', () => {
  const data = {
    ...minimal,
    weights: { token: 'hf_sixteenLettersX1' },
    engine: { extraArgs: ['--api-key', 'x'] },
  };
  expect(reads(data)).toMatchInlineSnapshot(`
    "selections/a.yaml is not valid
      selections/a.yaml:7:10  weights.token: a Hugging Face token must not stand in a file, and is not repeated here
            → refer to it: weights.token, expose.clientKeys and providers.<name>.key take secretRef: { name, key } or { store, remoteKey }
            → have it replaced by its issuer: what stood in a file is no longer secret
      selections/a.yaml:11:7  engine.extraArgs[1]: a value of --api-key must not stand in a file, and is not repeated here
            → refer to it: weights.token, expose.clientKeys and providers.<name>.key take secretRef: { name, key } or { store, remoteKey }
            → have it replaced by its issuer: what stood in a file is no longer secret"
  `);
});

const override = (merge: unknown) => ({ overrides: [{ target: { kind: 'Deployment' }, merge }] });

describe('found', () => {
  test.each([
    ['a token of a kind', { industry: 'hf_sixteenLettersX1' }],
    ['a token as a key', { cluster: { prometheus: { labels: { ghp_sixteenLettersX1: 'x' } } } }],
    ['a flag and its value', { engine: { extraArgs: ['--port', '1', '--api-key', 'abc'] } }],
    ['a flag with =', { engine: { extraArgs: ['--hf_token=abc'] } }],
    ['a flag and its value in one word', { engine: { extraArgs: ['--api-key abc'] } }],
    ['a variable of a container', override({ env: [{ name: 'HF_TOKEN', value: 'abc' }] })],
    ['a number as a password', override({ password: 12345678 })],
    ['a Secret', override({ stringData: { anything: 'abc' } })],
    ['a header', override({ header: 'Bearer abcdef123456' })],
    ['a shell line', override({ args: ['sh', '-c', 'TOKEN=abcdefgh run'] })],
    ['an address', { weights: { endpoint: 'https://ada:abcdefgh@mirror.example' } }],
    ['a private key', { industry: '-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n' }],
    ['a long random value under …Key', override({ signingKey: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b' })],
    [
      'a key pasted into its reference',
      { weights: { token: { secretRef: { name: 'hub', key: 'Zm9vYmFyMTIzNDU2Nzg5MEFCQ0RFRg' } } } },
    ],
    [
      'a JSON patch',
      {
        overrides: [{ target: { kind: 'A' }, patch: [{ op: 'add', path: '/data/password', value: 'abc' }] }],
      },
    ],
  ])('%s', (_, part) => {
    expect(findSecrets({ ...minimal, ...part })).toHaveLength(1);
  });
});

test('a flag that takes several values has several secrets', () => {
  const found = findSecrets({ engine: { extraArgs: ['--api-key', 'abc', 'def', '--port', '1'] } });
  expect(found.map(({ path }) => path.at(-1))).toEqual([1, 2]);
});

test('words, references, digests and commits are no secrets', () => {
  expect(
    findSecrets({
      ...minimal,
      name: 'sk-telecom-chat',
      model: 'RedHatAI/Mistral-Small-3.1-24B-Instruct-2503-FP8-dynamic',
      weights: {
        revision: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b',
        endpoint: 'https://mirror.example:8443/hf',
        token: { secretRef: { store: 'vault', remoteKey: 'teams/llm2/production/hugging-face/token' } },
      },
      expose: {
        clientKeys: { secretRef: { name: 'client-keys', key: 'api-key' } },
        tls: { secretName: 'llm-tls' },
      },
      engine: {
        image: 'registry.example:5000/vllm/vllm-openai',
        extraArgs: [
          '--tokenizer',
          'x',
          '--allow-credentials',
          '--api-key',
          '$(KEY)',
          '--tokenizer-mode=auto',
        ],
      },
      ...override({
        automountServiceAccountToken: false,
        imagePullSecrets: [{ name: 'registry' }],
        volumes: [
          { secret: { secretName: 'hub' } },
          { projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } },
        ],
        env: [{ name: 'HF_TOKEN', valueFrom: { secretKeyRef: { name: 'hub', key: 'token' } } }],
        image: `vllm@sha256:${'0123456789abcdef'.repeat(4)}`,
        ca: '-----BEGIN CERTIFICATE-----\nMIIB\n',
      }),
    }),
  ).toEqual([]);
});

const alphanumeric = (min: number, max = min) =>
  fc.string({
    unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'),
    minLength: min,
    maxLength: max,
  });

/** Keys as their issuers make them. */
const keys = fc.oneof(
  alphanumeric(34).map((text) => `hf_${text}`),
  alphanumeric(40, 60).map((text) => `sk-${text}`),
  alphanumeric(40).map((text) => `sk-proj-${text}`),
  alphanumeric(36).map((text) => `ghp_${text}`),
  alphanumeric(16).map((text) => `AKIA${text.toUpperCase()}`),
  alphanumeric(60).map((text) => `nvapi-${text}`),
  fc
    .tuple(alphanumeric(20, 40), alphanumeric(30, 90), alphanumeric(43))
    .map((parts) => `eyJ${parts.join('.')}`),
  alphanumeric(64).map((text) => `-----BEGIN RSA PRIVATE KEY-----\n${text}\n-----END RSA PRIVATE KEY-----\n`),
);

/** A selection with the key at one of the places where somebody may paste it. */
const places: readonly ((key: string) => unknown)[] = [
  (key) => ({ ...minimal, name: key }),
  (key) => ({ ...minimal, scheme: key }),
  (key) => ({ ...minimal, version: key }),
  (key) => ({ ...minimal, model: key }),
  (key) => ({ ...minimal, model: { id: key } }),
  (key) => ({ ...minimal, profile: key }),
  (key) => ({ ...minimal, precision: key }),
  (key) => ({ ...minimal, strict: key }),
  (key) => ({ ...minimal, [key]: 1 }),
  (key) => ({ ...minimal, apiKey: key }),
  (key) => ({ ...minimal, organization: { country: key, headcount: key } }),
  (key) => ({ ...minimal, usage: { callsPerMonth: key } }),
  (key) => ({ ...minimal, engine: { version: key, image: key, [key]: key } }),
  (key) => ({ ...minimal, engine: { extraArgs: ['--api-key', key] } }),
  (key) => ({ ...minimal, engine: { extraArgs: [`--api-key=${key}`, key] } }),
  (key) => ({ ...minimal, engine: { extraArgs: key } }),
  (key) => ({ ...minimal, weights: { token: key, revision: key, endpoint: key } }),
  (key) => ({ ...minimal, weights: { token: { secretRef: key } } }),
  (key) => ({ ...minimal, expose: { clientKeys: { secretRef: { name: 'a', key } } } }),
  (key) => ({ ...minimal, cluster: key }),
  (key) => ({ ...minimal, cluster: { capabilities: [key], prometheus: { labels: { [key]: key } } } }),
  (key) => ({ ...minimal, environments: { [key]: { [key]: key } } }),
  (key) => ({ ...minimal, environments: key }),
  (key) => ({ ...minimal, waivers: [{ check: key, reason: key, by: key, until: key }] }),
  (key) => ({ ...minimal, ...override({ a: [{ b: key }], [key]: 1 }) }),
  (key) => [key],
  (key) => key,
];

test('a key is refused wherever it stands, and never repeated', () => {
  fc.assert(
    fc.property(keys, fc.constantFrom(...places), (key, place) => {
      const printed = reads(place(key));
      expect(printed).not.toBe('');
      // No part of it either: eight characters in a row are too many.
      const bare = key.replace(/^-----BEGIN RSA PRIVATE KEY-----\n/, '').slice(3, 60);
      const parts = Array.from({ length: bare.length - 8 }, (_, start) => bare.slice(start, start + 8));
      expect(parts.filter((part) => printed.includes(part) && !part.includes('PRIVATE'))).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

test('a random text without the mark of a key is not repeated either', () => {
  const key = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  for (const place of ['name', 'scheme', 'model', 'profile', 'version']) {
    const printed = reads({ ...minimal, model: { id: 1 }, [place]: key });
    expect(printed).toContain(`${place}: `);
    expect(printed).not.toContain('wJalr');
  }
});

test.each([
  (key: string) => `name: ${key}\nname: b\n`,
  (key: string) => `${key}: 1\n${key}: 2\n`,
  (key: string) => `name: *${key}\n`,
  (key: string) => `name: !${key} a\n`,
  (key: string) => `- a\n${key}: b\n`,
  (key: string) => `name: "${key}\n`,
  (key: string) => `%${key}\n---\na: b\n`,
  (key: string) => `name: ${key}: ${key}\n`,
  (key: string) => `a: [${key}\nb: }${key}\n`,
  (key: string) => `a: b\n ${key}\n  ${key}: c\n`,
])('mistakes of syntax do not repeat it either: %s', (text) => {
  const key = 'hf_QwErTyUiOpAsDfGhJkLz';
  const file = write('selections/a.yaml', text(key));
  const printed = userReads(() => loadSelection(file, root, templates));
  expect(printed).not.toBe('');
  expect(printed).not.toMatch(/QwErTy/);
});
