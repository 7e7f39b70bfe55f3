import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { templates } from '../../templates/registry.js';
import { changed, type Example, exampleOf, exampleProject } from './example.js';

const folder = join(import.meta.dirname, '../../templates');
const cloud = exampleOf(join(folder, 'closed-cloud'));
const both = exampleOf(join(folder, 'hybrid'));
const synth = exampleProject(templates);

/** Dotted key → value; what a user reads: `id: message → fixes`, errors and warnings apart. */
function reads(example: Example, changes: Readonly<Record<string, unknown>>) {
  const selection = Object.entries(changes).reduce(
    (before, [key, value]) => changed(before, key.split('.'), value),
    example,
  );
  const { problems, environments } = synth(selection);
  const text = ({ id = '', message, fix }: (typeof problems)[number]) =>
    `${id}: ${message} → ${[fix ?? []].flat().join(' | ')}`;
  const warnings = environments.flatMap(({ findings }) =>
    findings.map(
      ({ check, severity, message, remedy }) => `${severity} ${check}: ${message} → ${remedy.join(' | ')}`,
    ),
  );
  return { errors: problems.map(text), places: problems.map(({ place }) => place?.line), warnings };
}

const target = (provider: string, model: string) => ({ targets: [{ provider, model }] });
const secretRef = { secretRef: { name: 'keys', key: 'x' } };

describe('what is over names what came after', () => {
  test.each([
    [
      'qwen-max',
      'alibaba-model-studio',
      /provider\/retired-model: qwen-max .* ended on 2026-07-13 .*→ .*qwen/,
    ],
    [
      'hunyuan-turbos-latest',
      'tencent-tokenhub',
      /provider\/retired-model: hunyuan-turbos-latest .* ended on 2026-06-22 .* → .*hy3-preview/,
    ],
    [
      'doubao-seed-1-8-251228',
      'volcengine-ark',
      /provider\/retired-model: doubao-seed-1-8-251228 .* ended on 2026-09-21/,
    ],
  ])('%s', (model, profile, expected) => {
    const { errors, places } = reads(cloud, {
      'providers.ernie': { profile, key: secretRef },
      'routes.chat': target('ernie', model),
    });
    expect(errors).toEqual([expect.stringMatching(expected)]);
    expect(places[0]).toBeGreaterThan(0);
  });

  test('a host, also one that is described in place', () => {
    const endpoint = { host: 'api.hunyuan.cloud.tencent.com', basePath: '/v1' };
    const { errors } = reads(cloud, {
      'providers.ernie': { endpoint, key: secretRef },
      'routes.chat': target('ernie', 'hunyuan-lite'),
    });
    expect(errors).toEqual([
      expect.stringMatching(
        /provider\/retired-host: api\.hunyuan\.cloud\.tencent\.com .* ended on 2026-09-30 .* → tokenhub\.tencentmaas\.com takes its place/,
      ),
    ]);
  });

  test('a host that its own profile has given up', () => {
    const { errors } = reads(cloud, {
      'providers.ernie': {
        profile: 'tencent-tokenhub',
        host: 'api.hunyuan.cloud.tencent.com',
        key: secretRef,
      },
      'routes.chat': target('ernie', 'hy3-preview'),
    });
    expect(errors).toEqual([
      expect.stringMatching(
        /tencent-tokenhub has no host api\.hunyuan\.cloud\.tencent\.com.*→ tokenhub\.tencentmaas\.com takes its place/s,
      ),
    ]);
  });

  test('an id that nobody has seen is a warning with the day of the list', () => {
    const { errors, warnings } = reads(cloud, { 'routes.chat': target('ernie', 'ernie-5.11') });
    expect(errors).toEqual([]);
    expect(warnings.join('\n')).toMatch(
      /warning provider\/unknown-model: Baidu Qianfan was not seen to offer ernie-5\.11; its list is of 2026-11-25 → did you mean ernie-5\.1/,
    );
  });
});

describe('keys', () => {
  const pasted = ['bce-v3', 'ALTAK-zX9kPq2LmN7vB4wE', '8f3a1c5e7b9d2f4a6c8e0b1d3f5a7c9e1b3d5f70'].join('/');

  test('one that is pasted is refused and not repeated', () => {
    for (const value of [pasted, { secretRef: { name: 'keys', key: pasted } }]) {
      const { errors } = reads(cloud, { 'providers.ernie.key': value });
      expect(errors.join('\n')).toMatch(/must not stand in a file, and is not repeated here/);
      expect(errors.join('\n')).not.toContain('zX9kPq2LmN7vB4wE');
    }
  });

  test('an account without one is told what to set', () => {
    const { errors } = reads(cloud, { 'providers.ernie.key': undefined });
    expect(errors).toEqual([
      'provider/key: providers.ernie has no key, and Baidu Qianfan asks for one → set providers.ernie.key: { secretRef: { name, key } }, a Secret that exists | or { secretRef: { store, remoteKey } }, where External Secrets reads it from',
    ]);
  });

  test("a client's own key in place of its hash is refused", () => {
    const { errors } = reads(cloud, { 'clients.web.keySha256': ['my-client-key'] });
    expect(errors[0]).toContain('must be a SHA-256 of 64 hex digits');
  });

  test('two clients with one key, a client without, and none at all', () => {
    const hash = 'a'.repeat(64);
    const twins = { a: { keySha256: [hash] }, b: { keySha256: [hash] }, c: {} };
    expect(reads(cloud, { clients: twins }).errors).toEqual([
      expect.stringContaining('gateway/clients: client c has no keySha256'),
      expect.stringContaining('gateway/clients: clients a and b have the same key'),
    ]);
    expect(reads(cloud, { clients: {} }).errors).toEqual([
      expect.stringContaining('gateway/clients: clients is empty'),
    ]);
  });
});

describe('where data may go', () => {
  test.each(['sensitive', 'important', 'core'])('%s data does not go to a provider', (classification) => {
    const { errors } = reads(cloud, { data: { classification, personalInformation: false } });
    expect(errors.join('\n')).toMatch(/data\/private-only: /);
  });

  test('a fallback must accept every class of its route', () => {
    const { errors } = reads(cloud, {
      data: { classification: 'internal', personalInformation: false },
      'routes.chat.dataClasses': ['public', 'internal'],
      'providers.qwen.dataClasses': ['public'],
    });
    expect(errors.join('\n')).toMatch(
      /data\/fallback: route chat carries internal data, and the fallback qwen may not/,
    );
  });

  test('a sensitive route of a hybrid does not fall back on a provider', () => {
    const { errors } = reads(both, {
      'routes.inside.targets': [{ deployment: 'own' }, { provider: 'ernie', model: 'ernie-5.1' }],
    });
    expect(errors.join('\n')).toMatch(/data\/private-only: |no route of deployments alone/);
  });
});

describe('what cannot be', () => {
  test.each([
    [
      'a native wire',
      { 'providers.ernie': { profile: 'google-vertex', region: 'europe-west4', key: secretRef } },
      /google-vertex speaks vertex only/,
    ],
    [
      'an unknown region',
      { 'providers.ernie.region': 'mars' },
      /baidu-qianfan has no region 'mars' that is known/,
    ],
    [
      'a host that is not its own',
      { 'providers.ernie.host': 'example.com' },
      /baidu-qianfan has no host example\.com/,
    ],
    [
      'neither profile nor endpoint',
      { 'providers.ernie.profile': undefined },
      /providers\.ernie has neither profile nor endpoint/,
    ],
    [
      'a resource that is not named',
      { 'providers.ernie': { profile: 'azure-openai', key: secretRef } },
      /resource is not set/,
    ],
    [
      'an unknown provider',
      { 'providers.ernie.profile': 'baidu-qianfam' },
      /no provider 'baidu-qianfam'.* → did you mean baidu-qianfan/,
    ],
    [
      'a target of nobody',
      { 'routes.chat': target('erni', 'ernie-5.1') },
      /no provider 'erni' in providers, there are: ernie, qwen/,
    ],
    [
      'a client of no route',
      { 'clients.web.routes': ['chatt'] },
      /no route 'chatt' in routes, there are: chat/,
    ],
    [
      'a model of its own',
      { model: 'qwen3-8b' },
      /'model' says what is served here, and scheme closed-cloud serves nothing with it → name the provider's model in routes/,
    ],
    ['a list of providers', { providers: ['openai'] }, /providers: must be a map of keys, found a list/],
    [
      'a proxy that is not named',
      { gateway: { egress: { via: 'proxy' } } },
      /gateway\/egress: gateway\.egress\.via is proxy/,
    ],
    [
      'an old version',
      { gateway: { version: '1.31.0' } },
      /gateway\/version: the configuration needs Envoy 1\.40\.0 or newer/,
    ],
    [
      'the Anthropic path to a provider that speaks the OpenAI format',
      { 'routes.chat.paths': ['/v1/messages'] },
      /route chat takes \/v1\/messages, and providers\.ernie speaks the OpenAI format → set providers\.ernie\.wire: anthropic/,
    ],
    [
      'the Anthropic format by a provider that does not offer it',
      { 'providers.ernie.wire': 'anthropic', 'routes.chat.paths': ['/v1/messages'] },
      /baidu-qianfan speaks openai only, and wire is anthropic → leave wire out/,
    ],
    [
      'the OpenAI path to an account of the Anthropic format',
      { 'providers.ernie': { profile: 'anthropic', wire: 'anthropic', key: secretRef } },
      /route chat takes \/v1\/chat\/completions, and providers\.ernie speaks the Anthropic format → set its paths/,
    ],
  ] as const)('%s', (_, changes, expected) => {
    expect(reads(cloud, changes).errors.join('\n')).toMatch(expected);
  });

  test.each([
    [
      'a deployment of nobody',
      { 'routes.inside.targets': [{ deployment: 'owm' }] },
      /no deployment 'owm' in deployments, there are: own/,
    ],
    [
      'the Anthropic path to a deployment',
      { 'routes.inside.paths': ['/v1/messages'] },
      /route inside takes \/v1\/messages, and deployment own is asked in the OpenAI format/,
    ],
    [
      'a deployment called private',
      {
        deployments: { private: (both.deployments as Example).own },
        'routes.inside.targets': [{ deployment: 'private' }],
      },
      /a deployment cannot be called private/,
    ],
    [
      'a doubtful way that may not carry all',
      { 'routes.inside.dataClasses': ['public'] },
      /route inside may not carry internal, sensitive, important, core data, and takes what proves nothing/,
    ],
    [
      'a choice without a private way',
      { 'entry.routes.chat': { general: 'outside', otherwise: 'outside' } },
      /'outside' is no route of deployments alone, there are: inside/,
    ],
    [
      'a choice with the name of a route',
      { 'entry.routes': { inside: { general: 'outside', otherwise: 'inside' } } },
      /entry\.routes\.inside has the name of a route/,
    ],
    [
      'a scheme that is not private',
      { 'deployments.own.scheme': 'closed-cloud' },
      /deployments\.own\.scheme: must be /,
    ],
    [
      'a model at the top',
      { model: 'qwen3-8b' },
      /'model' says what is served here.* → say what is served in deployments/,
    ],
    [
      'a wrong model',
      { 'deployments.own.model': 'qwen3-8c' },
      /no model 'qwen3-8c' in the catalogue → did you mean qwen3-8b/,
    ],
    [
      'a route without classes',
      { 'routes.inside.dataClasses': undefined },
      /missing key 'dataClasses' in routes\.inside/,
    ],
  ] as const)('in a hybrid: %s', (_, changes, expected) => {
    const { errors, places } = reads(both, changes);
    expect(errors.join('\n')).toMatch(expected);
    expect(places.every((line) => (line ?? 0) > 0)).toBe(true);
  });
});

test('a hybrid takes a licensed container for its private side, if it speaks the format', () => {
  const licensed = exampleOf(join(folder, 'closed-private'));
  const own = { scheme: 'closed-private', container: licensed.container };
  const changes = {
    'deployments.own': own,
    'environments.production.cluster': (licensed.environments as { production: Example }).production.cluster,
  };
  const { errors } = reads(both, changes);
  expect(errors).toEqual([]);
  const odd = { ...own, container: { ...(licensed.container as Example), wire: 'custom' } };
  expect(reads(both, { ...changes, 'deployments.own': odd }).errors.join('\n')).toMatch(
    /deployment own does not speak the OpenAI format/,
  );
});

test('one provider alone is a warning, an open way out too', () => {
  const { warnings } = reads(cloud, {
    'routes.chat': target('ernie', 'ernie-5.1'),
    gateway: { egress: { via: 'direct' } },
  });
  expect(warnings.join('\n')).toMatch(/warning gateway\/lock-in: route chat depends on ernie alone/);
  expect(warnings.join('\n')).toMatch(
    /warning gateway\/egress: the gateway may reach any address at port 443/,
  );
  expect(warnings.join('\n')).toMatch(/question gateway\/access-log-retention/);
});
