import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { openCatalog } from '../../src/catalog/catalog.js';
import { NATIVE_WIRES, TRANSLATORS, translatorSchema } from '../../src/catalog/translator.js';
import { translatorConfig } from '../../src/checks/plan/translator.js';
import type { KubernetesObject } from '../../src/inspect/types.js';
import { templates } from '../../templates/registry.js';
import { changed, type Example, exampleOf, exampleProject } from './example.js';

const folder = join(import.meta.dirname, '../../templates');
const catalog = openCatalog(undefined);
const synth = exampleProject(templates);
const key = (name: string) => ({ secretRef: { name: 'keys', key: name } });
const target = (provider: string, model: string) => ({ targets: [{ provider, model }] });

/** The least example with each format that is translated, and one account that is not. */
const EXAMPLE: Example = {
  ...exampleOf(join(folder, 'closed-cloud')),
  providers: {
    claude: { profile: 'anthropic', translator: 'agentgateway', key: key('claude') },
    gemini: { profile: 'google-gemini', translator: 'agentgateway', key: key('gemini') },
    bedrock: {
      profile: 'aws-bedrock',
      region: 'eu-central-1',
      translator: 'agentgateway',
      key: key('bedrock'),
    },
    vertex: {
      profile: 'google-vertex',
      region: 'europe-west4',
      parameters: { project: 'acme-1' },
      translator: 'agentgateway',
      key: key('vertex'),
    },
    ernie: { profile: 'baidu-qianfan', key: key('ernie') },
  },
  routes: {
    chat: {
      targets: [...target('claude', 'claude-opus-5').targets, ...target('ernie', 'ernie-5.1').targets],
    },
    flash: target('gemini', 'gemini-3.8-flash'),
    far: target('bedrock', 'eu.anthropic.claude$1'),
    place: target('vertex', 'gemini-3.8-flash'),
  },
};

function made(example: Example) {
  const { environments, problems } = synth(example);
  expect(problems).toEqual([]);
  const [first] = environments;
  if (first === undefined) throw new Error('nothing was made');
  const find = (kind: string, name: string): KubernetesObject => {
    const found = first.objects.find((one) => one.kind === kind && one.metadata.name === name);
    if (found === undefined) throw new Error(`no ${kind} ${name}`);
    return found;
  };
  return { ...first, find };
}

const configOf = ({ find }: ReturnType<typeof made>) => {
  const data = find('ConfigMap', 'gateway-translator').data as Record<string, string>;
  return parse(data['config.yaml'] ?? '', { version: '1.1' });
};

describe('the configuration of agentgateway', () => {
  const all = made(EXAMPLE);
  const config = configOf(all);
  const model = (name: string) => config.llm.models.find((one: { name: string }) => one.name === name);
  const tunnel = {
    backendTunnel: { proxy: { host: `gateway-egress.${all.plan.namespace}.svc.cluster.local:8443` } },
  };

  test('has one model for each translated target, each in its format, with its key as a file', () => {
    expect(config.llm.models).toHaveLength(4);
    expect(model('claude--claude-opus-5')).toEqual({
      name: 'claude--claude-opus-5',
      provider: 'anthropic',
      params: {
        model: 'claude-opus-5',
        baseUrl: 'https://api.anthropic.com/v1',
        apiKey: { file: '/etc/llm-keys/claude' },
      },
      ...tunnel,
    });
    expect(model('gemini--gemini-3_8-flash')).toMatchObject({
      provider: 'gemini',
      params: { model: 'gemini-3.8-flash', apiKey: { file: '/etc/llm-keys/gemini' } },
      ...tunnel,
    });
    expect(model('vertex--gemini-3_8-flash')).toEqual({
      name: 'vertex--gemini-3_8-flash',
      provider: 'vertex',
      params: { model: 'gemini-3.8-flash', vertexRegion: 'europe-west4', vertexProject: 'acme-1' },
      auth: { gcp: { type: 'accessToken', credential: { file: '/etc/llm-keys/vertex' } } },
      ...tunnel,
    });
  });

  test('writes a dollar sign so that the shell form of the file leaves it', () => {
    const bedrock = config.llm.models.find(({ provider }: { provider: string }) => provider === 'bedrock');
    expect(bedrock.params).toMatchObject({ model: 'eu.anthropic.claude$$1', awsRegion: 'eu-central-1' });
  });

  test('is that of a translator alone: no administration, no counters, one path, room for large requests', () => {
    expect(config.config).toMatchObject({ adminAddr: 'off', statsAddr: 'off' });
    expect(config.llm.policies.authorization.rules).toEqual([
      { require: 'request.path in ["/v1/chat/completions"]' },
    ]);
    expect(config.frontendPolicies.http.maxBufferSize).toBe(50 * 1024 * 1024);
  });

  test('fits the schema that the program publishes, and a key that it does not know is caught', () => {
    const { plan } = all;
    const planned = (change: (config: Record<string, never>) => void) => {
      const copy = structuredClone(plan);
      change(copy.gateways[0]?.translator?.config as never);
      return translatorConfig.run({ plan: copy, resolved: { environment: 'production' } as never });
    };
    expect(planned(() => undefined)).toEqual([]);
    const unknown = [
      planned(({ llm }: Record<string, { models: Record<string, unknown>[] }>) => {
        if (llm?.models[0]) llm.models[0].nobodyKnowsThis = true;
      }),
      planned((config: Record<string, unknown>) => {
        config.nobodyKnowsThis = {};
      }),
      planned(({ llm }: Record<string, { models: { params: Record<string, unknown> }[] }>) => {
        if (llm?.models[0]) llm.models[0].params.nobodyKnowsThis = 1;
      }),
    ];
    for (const findings of unknown)
      expect(findings.map(({ severity, message }) => [severity, message])).toEqual([
        ['error', expect.stringContaining("unknown key 'nobodyKnowsThis'")],
      ]);
    const wrong = planned(({ llm }: Record<string, { models: { provider: string }[] }>) => {
      if (llm?.models[0]) llm.models[0].provider = 'nobody';
    });
    expect(wrong.length).toBeGreaterThan(0);
  });
});

describe('the translator', () => {
  const all = made(EXAMPLE);
  const deployment = all.find('Deployment', 'gateway-translator');
  const pod = (deployment.spec as { template: { spec: Record<string, never> } }).template.spec;
  const [container] = pod.containers as never as Record<string, never>[];

  test('runs by an exact version, as nobody, read only, and is asked about nothing that costs', () => {
    expect(container).toMatchObject({
      image: 'cr.agentgateway.dev/agentgateway:v1.5.0',
      args: ['-f', '/config/config.yaml'],
      securityContext: { readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
      startupProbe: { httpGet: { path: '/healthz/ready', port: 'ready' } },
      readinessProbe: { httpGet: { path: '/healthz/ready', port: 'ready' } },
      livenessProbe: { tcpSocket: { port: 'http' } },
    });
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true },
    });
    expect(JSON.stringify(pod)).not.toContain('envFrom');
  });

  test('holds the keys of its accounts as files, and the gateway none of them', () => {
    const files = (name: string) => {
      const { spec } = all.find('Deployment', name) as never as {
        spec: { template: { spec: { volumes: never[] } } };
      };
      const text = JSON.stringify(spec.template.spec.volumes);
      return [...text.matchAll(/"path":"(\w+)"/g)].map(([, file]) => file).sort();
    };
    expect(files('gateway-translator')).toEqual(['bedrock', 'claude', 'gemini', 'vertex']);
    expect(files('gateway')).toEqual(['ernie']);
  });

  test('may be reached by the gateway only, and reaches names and the egress proxy only', () => {
    const own = 'gateway-translator';
    const policies = all.objects
      .filter(({ kind }) => kind === 'NetworkPolicy')
      .map(({ metadata, spec }) => ({ name: metadata.name, spec: spec as never as Record<string, never> }));
    const of = (component: string) =>
      policies.filter(({ spec }) =>
        JSON.stringify(spec.podSelector).includes(`"app.kubernetes.io/component":"${component}"`),
      );
    expect(of(own).map(({ name }) => name)).toEqual([
      'gateway-translator-from-gateway',
      'gateway-translator-to-dns',
      'gateway-translator-to-egress',
    ]);
    const came = JSON.stringify(of(own)[0]?.spec.ingress);
    expect(came).toContain('"app.kubernetes.io/component":"gateway"');
    expect(JSON.parse(came)[0].from).toHaveLength(1);
  });

  test('is said to be validated and not run, in PLAN.md and by explain', () => {
    expect(all.findings).toContainEqual(
      expect.objectContaining({
        check: 'gateway/translator',
        severity: 'warning',
        message: expect.stringContaining('agentgateway 1.5.0 is validated, not run'),
      }),
    );
    expect(catalog.translator('agentgateway')?.proof).toBe('validated, not run');
  });

  test('goes out by the proxy of the company where there is one, and by itself where it may', () => {
    const company = made(
      changed(EXAMPLE, ['gateway'], { egress: { proxy: { host: 'proxy.example', port: 3128 } } }),
    );
    expect(configOf(company).llm.models[0].backendTunnel).toEqual({ proxy: { host: 'proxy.example:3128' } });
    const envoy = (company.find('ConfigMap', 'gateway').data as Record<string, string>)['envoy.yaml'] ?? '';
    const listeners: { name: string }[] = parse(envoy).static_resources.listeners;
    // The gateway asks for ways to its own hosts only.
    expect(listeners.map(({ name }) => name).filter((name) => name.startsWith('t_'))).toEqual([
      't_qianfan.baidubce.com',
    ]);
    const direct = configOf(made(changed(EXAMPLE, ['gateway'], { egress: { via: 'direct' } })));
    expect(direct.llm.models[0].backendTunnel).toBeUndefined();
  });

  test('never stands in the private half of a hybrid', () => {
    const both = exampleOf(join(folder, 'hybrid'));
    const providers = { claude: { profile: 'anthropic', translator: 'agentgateway', key: key('claude') } };
    const routes = {
      ...(both.routes as object),
      outside: { dataClasses: ['public'], ...target('claude', 'claude-opus-5') },
    };
    const { objects, plan } = made({ ...both, providers, routes });
    const places = objects
      .filter(({ metadata }) => metadata.name.includes('translator'))
      .map(({ metadata }) => metadata.namespace);
    expect(new Set(places)).toEqual(new Set([`${plan.namespace}-general`]));
  });
});

describe('an account that cannot be translated', () => {
  const errors = (changes: Readonly<Record<string, unknown>>) => {
    const selection = Object.entries(changes).reduce(
      (before, [path, value]) => changed(before, path.split('.'), value),
      EXAMPLE,
    );
    return synth(selection).problems.map(
      ({ message, fix, place }) => `${place?.line ?? '?'}: ${message} → ${[fix ?? []].flat().join(' | ')}`,
    );
  };
  const watsonx = { profile: 'ibm-watsonx', region: 'eu-de', key: key('x') };

  test.each([
    [
      'LiteLLM, of which no version is known to be above every advisory',
      { 'providers.claude.translator': 'litellm' },
      /LiteLLM proxy is not emitted: .*CVE-2026-114612.*→ run it yourself.*providers\.claude\.endpoint/,
    ],
    [
      'LiteLLM for watsonx: what to do instead',
      { 'providers.ernie': { ...watsonx, translator: 'litellm' } },
      /LiteLLM proxy is not emitted.*model gateway/,
    ],
    [
      'a format that it does not know',
      { 'providers.ernie': { ...watsonx, translator: 'agentgateway' } },
      /ibm-watsonx speaks watsonx only, and agentgateway turns .* only → .*model gateway of watsonx/,
    ],
    [
      'a provider that speaks the OpenAI format only',
      { 'providers.ernie.translator': 'agentgateway' },
      /baidu-qianfan speaks openai only.* → leave translator out/,
    ],
    [
      'a native format without a translator',
      { 'providers.vertex.translator': undefined },
      /google-vertex speaks vertex only.* → set providers\.vertex\.translator: agentgateway/,
    ],
    [
      'no project',
      { 'providers.vertex.parameters': undefined },
      /none is named → set providers\.vertex\.parameters/,
    ],
    ['no place', { 'providers.vertex.region': 'global' }, /region global names no place/],
    [
      'an endpoint of its own',
      { 'providers.claude.profile': undefined, 'providers.claude.endpoint': { host: 'llm.example' } },
      /describes an endpoint, which is taken as it is/,
    ],
    ['two ways at once', { 'providers.claude.wire': 'anthropic' }, /and names a translator too → leave one/],
    [
      'a path that is not translated',
      { 'routes.flash.paths': ['/v1/embeddings'] },
      /route flash takes \/v1\/embeddings, and agentgateway translates \/v1\/chat\/completions only/,
    ],
    [
      'an older version',
      { gateway: { translator: { version: '1.4.1' } } },
      /agentgateway 1\.4\.1 is older than 1\.5\.0, the oldest that is known to work/,
    ],
    ['an unknown program', { 'providers.claude.translator': 'portkey' }, /translator.*agentgateway/],
  ])('%s', (_, changes, expected) => {
    expect(errors(changes)).toEqual([expect.stringMatching(expected)]);
  });
});

describe('the entries of profiles/translators', () => {
  test.each(catalog.ids('translators'))('%s says what is emitted, or why not', (id) => {
    const profile = catalog.translator(id);
    if (profile === undefined) throw new Error(`no ${id}`);
    expect(TRANSLATORS).toContain(profile.id);
    expect(profile.refused === undefined).toBe(profile.proof !== 'not emitted');
    if (profile.refused !== undefined) return expect(profile.image).toBeUndefined();
    expect(profile.image).toMatch(/^[^:@]+$/);
    expect(translatorSchema(profile.schema ?? '')).toHaveProperty('$defs');
    expect(profile.wires).toEqual(NATIVE_WIRES);
    for (const { affected, fixed } of profile.advisories) expect([affected, fixed]).not.toContain(null);
  });
});
