import { describe, expect, test } from 'vitest';
import { openCatalog } from '../../../src/catalog/catalog.js';
import { chooseEndpoint } from '../../../src/plan/gateway/endpoint.js';
import { connectorName } from '../../../src/plan/gateway/provider-connectors.js';

const catalog = openCatalog(undefined);

/** What stands in braces, as a customer would fill it. */
const FILLED = { region: 'eu-central-1', parameters: { resource: 'acme', workspace: 'w1', project: 'p1' } };
/** Providers whose only format is their own. */
const NATIVE_ONLY = ['google-vertex', 'ibm-watsonx'];

describe.each(catalog.ids('providers'))('%s', (id) => {
  const profile = catalog.provider(id);
  if (profile === undefined) throw new Error(`no ${id}`);

  test('has an endpoint that the gateway speaks to, or says why not', () => {
    const braces = profile.endpoints.some(({ host }) => host.includes('{'));
    const chosen = chooseEndpoint('account', braces ? { profile: id, ...FILLED } : { profile: id }, profile);
    if (NATIVE_ONLY.includes(id)) {
      expect(chosen).toMatchObject({ key: ['profile'], message: expect.stringContaining('only') });
      return;
    }
    expect(chosen).toMatchObject({ host: expect.stringMatching(/^[a-z0-9.-]+$/), port: 443 });
  });

  test('can be called at every region that it names', () => {
    const spoken = profile.endpoints.filter(({ wire }) => wire === 'openai');
    for (const { region, host } of spoken.filter((one) => one.region !== null && !one.host.includes('{'))) {
      const chosen = chooseEndpoint('account', { profile: id, region: region ?? '' }, profile);
      const hosts = spoken.filter((one) => one.region === region).map((one) => one.host);
      expect(hosts).toContain('host' in chosen ? chosen.host : '');
      expect(chooseEndpoint('account', { profile: id, host }, profile)).toMatchObject({ host });
    }
  });
});

test.each([
  ['openai', { region: 'eu' }, { host: 'eu.api.openai.com', basePath: '/v1', jurisdiction: 'EU' }],
  [
    'azure-openai',
    { region: 'swedencentral', parameters: { resource: 'acme' } },
    { host: 'acme.openai.azure.com', jurisdiction: 'EU', credential: { header: 'api-key', prefix: '' } },
  ],
  [
    'aws-bedrock',
    { region: 'eu-central-1' },
    { host: 'bedrock-runtime.eu-central-1.amazonaws.com', basePath: '/openai/v1', jurisdiction: 'EU' },
  ],
  [
    'alibaba-model-studio',
    {},
    { host: 'dashscope.aliyuncs.com', basePath: '/compatible-mode/v1', jurisdiction: 'CN' },
  ],
  ['deepseek', {}, { host: 'api.deepseek.com', basePath: '' }],
  [
    'anthropic',
    {},
    {
      host: 'api.anthropic.com',
      basePath: '/v1',
      credential: { header: 'Authorization', prefix: 'Bearer ' },
    },
  ],
])('%s %j', (id, account, expected) => {
  expect(chooseEndpoint('account', { profile: id, ...account }, catalog.provider(id))).toMatchObject(
    expected,
  );
});

test('no two models of one account have one name', () => {
  const models = ['a-b', 'a.b', 'a_b', 'A-B', 'a/b', 'a--b', 'a b', 'ernie-5.1', 'ernie-5-1'];
  expect(new Set(models.map((model) => connectorName('x', model))).size).toBe(models.length);
  expect(connectorName('ernie', 'ernie-5.1')).toBe('ernie--ernie-5_1');
});
