import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { openCatalog } from '../../src/catalog/catalog.js';
import { ask } from './client.js';
import { type Running, runGateway } from './running.js';
import { emitted, KEYS, sha256 } from './selection.js';

/** What stands in braces, as a customer would fill it. */
const FILLED: Record<string, string> = { region: 'eu-central-1', resource: 'acme', workspace: 'w1' };
const fill = (host: string) => host.replace(/\{([a-z-]+)\}/g, (_, key: string) => FILLED[key] ?? key);

/** Every endpoint of every profile whose format passes through as it is. */
const catalog = openCatalog(undefined);
const endpoints = catalog.ids('providers').flatMap((id) => {
  const profile = catalog.provider(id);
  return (profile?.endpoints ?? [])
    .filter(({ wire }) => ['openai', 'azure-openai', 'anthropic'].includes(wire))
    .map(({ host, basePath, wire, credential, region }) => ({
      id,
      region: region ?? (host.includes('{region}') ? FILLED.region : undefined),
      host: fill(host),
      basePath,
      wire: wire === 'anthropic' ? ('anthropic' as const) : ('openai' as const),
      credential,
      model: profile?.models[0]?.id ?? 'a-model',
    }));
});
const cases = endpoints.map((endpoint, index) => ({ ...endpoint, name: `a${index}` }));

/** As many as fit into one ConfigMap. */
const AT_ONCE = 12;
const groups = Array.from({ length: Math.ceil(cases.length / AT_ONCE) }, (_, index) => ({
  number: index + 1,
  group: cases.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
}));

const selectionOf = (group: typeof cases) =>
  stringify({
    version: 1,
    name: 'gate',
    scheme: 'closed-cloud',
    data: { classification: 'public', personalInformation: false },
    providers: Object.fromEntries(
      group.map(({ name, id, host, region, wire }) => [
        name,
        {
          profile: id,
          host,
          ...(region && { region }),
          ...(wire === 'anthropic' && { wire }),
          parameters: { resource: 'acme', workspace: 'w1' },
          key: { secretRef: { name: 'keys', key: name } },
        },
      ]),
    ),
    routes: Object.fromEntries(
      group.map(({ name, model, wire }) => [
        name,
        {
          targets: [{ provider: name, model }],
          ...(wire === 'anthropic' && { paths: ['/v1/messages'] }),
        },
      ]),
    ),
    clients: { web: { keySha256: [sha256(KEYS.web)] } },
    gateway: { accessLogRetentionDays: 30 },
    environments: { production: { cluster: { capabilities: ['network-policy'] } } },
  });

const bearer = ['Authorization', `Bearer ${KEYS.web}`] as const;
const anthropic = [
  ['x-api-key', KEYS.web],
  ['anthropic-version', '2023-06-01'],
] as const;

test('every format that passes through has an endpoint here', () => {
  expect(new Set(cases.map(({ wire }) => wire))).toEqual(new Set(['openai', 'anthropic']));
  const ids = new Set(cases.map(({ id }) => id));
  const others = catalog.ids('providers').filter((id) => !ids.has(id));
  expect(others).toEqual(['google-vertex', 'ibm-watsonx']);
  expect(cases.length).toBeGreaterThan(30);
});

describe.each(groups)('gateway $number', ({ group }) => {
  let gateway: Running;
  beforeAll(async () => {
    gateway = await runGateway(emitted(selectionOf(group)));
  });
  afterAll(() => gateway?.close());

  describe.each(group)(
    '$id at $host$basePath ($wire)',
    ({ name, host, basePath, wire, credential, model }) => {
      const route = wire === 'anthropic' ? '/v1/messages' : '/v1/chat/completions';
      const said = {
        model: name,
        max_tokens: 16,
        system: 'be brief',
        messages: [{ role: 'user', content: 'hello' }],
      };
      const request = (more: object = {}) =>
        ask(gateway.base, {
          path: route,
          headers: wire === 'anthropic' ? anthropic : [bearer],
          body: JSON.stringify({ ...said, ...more }),
        });

      test('is asked by its own path, host, model and key', async () => {
        const answer = await request();
        expect(answer.status, answer.body).toBe(200);
        expect(answer.body).toContain(`answer of ${host}`);
        const arrived = gateway.providers[host]?.arrived.at(-1);
        const path = `${basePath}${route.slice('/v1'.length)}`;
        const header = credential.header.toLowerCase();
        expect(arrived).toMatchObject({ sni: host, method: 'POST', path });
        expect(arrived?.headers).toMatchObject({
          host,
          [header]: `${credential.prefix}${gateway.keys[name]}`,
          ...(wire === 'anthropic' && { 'anthropic-version': '2023-06-01' }),
        });
        const carriers = ['authorization', 'x-api-key', 'api-key', 'x-goog-api-key'];
        expect(carriers.filter((one) => arrived?.headers[one] !== undefined)).toEqual([header]);
        expect(JSON.parse(arrived?.body ?? '')).toEqual({ ...said, model });
        expect(JSON.stringify(arrived)).not.toContain(KEYS.web);
      });

      test('streams', async () => {
        const answer = await request({ stream: true });
        expect(answer.status).toBe(200);
        expect(answer.headers['content-type']).toContain('text/event-stream');
        expect(answer.body).toContain(wire === 'anthropic' ? 'event: message_stop' : 'data: [DONE]');
      });
    },
  );
});
