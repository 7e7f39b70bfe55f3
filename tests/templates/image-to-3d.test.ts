import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { templates } from '../../templates/registry.js';
import { planChanged } from '../project/resolve.js';
import { changed, exampleOf, exampleProject } from './example.js';

const synth = exampleProject(templates);
const home = join(import.meta.dirname, '../../templates');
const example = exampleOf(join(home, 'image-to-3d'));
const commercial = {
  ...example,
  variant: 'commercial-c',
  acknowledged: { licence: 'stability-community', purpose: 'commercial', by: 'the managing director' },
};
const findingsOf = (selection: typeof example) =>
  (synth(selection).environments[0]?.plan.findings ?? [])
    .filter(({ check }) => check.startsWith('image-to-3d/'))
    .map(({ check, severity }) => `${severity} ${check}`);
const messages = (selection: typeof example) =>
  synth(selection).problems.map(({ message, fix }) => `${message} → ${fix}`);

describe('the licence of the checkpoint', () => {
  test('is asked for: neither variant nor acknowledgement has a default', () => {
    expect(messages(changed(example, ['variant'], undefined))[0]).toContain("missing key 'variant'");
    expect(messages(changed(example, ['acknowledged'], undefined))[0]).toContain(
      "missing key 'acknowledged'",
    );
  });

  test('is that of the variant', () => {
    expect(messages(changed(commercial, ['acknowledged', 'licence'], 'stability-nc'))[0]).toContain(
      'variant commercial-c stands under stability-community',
    );
  });

  test('closes the research checkpoint to business', () => {
    expect(messages(changed(example, ['acknowledged', 'purpose'], 'commercial'))[0]).toContain(
      'non-commercial research',
    );
  });

  test('is free below a million dollars of yearly revenue', () => {
    const revenue = (annualRevenueUsd: number) => ({ ...commercial, organization: { annualRevenueUsd } });
    expect(findingsOf(commercial)).toEqual(['question image-to-3d/licence']);
    expect(findingsOf(revenue(999_999))).toEqual([]);
    expect(messages(revenue(1_000_000))[0]).toContain('the community licence ends');
  });

  test('of the other variant is never fetched', () => {
    const job = (selection: typeof example) =>
      JSON.stringify(synth(selection).environments[0]?.objects.find(({ kind }) => kind === 'Job'));
    expect(job(example)).toContain('stable_zero123_c.ckpt');
    expect(job(commercial)).toContain('"stable_zero123.ckpt"');
  });
});

describe('the program', () => {
  test('needs an image by digest, for there is no official one', () => {
    expect(messages(changed(example, ['program', 'image'], 'comfyui:0.3.60'))[0]).toContain(
      'no official image',
    );
  });

  test('is never exposed: it asks nobody for a key', () => {
    const exposed = {
      ...example,
      expose: {
        mode: 'internal',
        host: 'views.example.internal',
        tls: { secretName: 'tls' },
        clientKeys: { secretRef: { name: 'k', key: 'k' } },
      },
    };
    expect(messages(exposed).join()).toContain('nothing asks callers who they are');
    const kinds = synth(example).environments[0]?.objects.map(({ kind }) => kind);
    expect(kinds).not.toContain('HTTPRoute');
    expect(kinds).not.toContain('Ingress');
  });

  test('as a batch is a Job that ends, with its pictures', () => {
    const batch = {
      ...example,
      run: 'job',
      pictures: { claimName: 'pictures', mountPath: '/pictures' },
      deadlineSeconds: 3600,
      gpu: { resource: 'nvidia.com/gpu', memoryGb: 48 },
      resources: { cpus: 4, memoryGib: 32, ephemeralStorageGib: 20 },
    };
    const { environments, problems } = synth(batch);
    expect(problems).toEqual([]);
    const kinds = environments[0]?.objects.map(
      ({ kind, metadata }) => `${kind}/${metadata.name.split('-')[0]}`,
    );
    expect(kinds).toContain('Job/views');
    expect(kinds).not.toContain('Deployment/views');
    expect(messages(changed(batch, ['deadlineSeconds'], undefined))[0]).toContain('deadlineSeconds');
    expect(messages(changed(batch, ['pictures'], undefined))[0]).toContain('pictures');
  });

  test('with less memory than is known to do is a warning', () => {
    expect(findingsOf(changed(example, ['gpu', 'memoryGb'], 8))).toEqual(['warning image-to-3d/memory']);
    expect(findingsOf(changed(example, ['resources', 'memoryGib'], 13))).toEqual([
      'warning image-to-3d/memory',
    ]);
  });
});

describe('a scheme for language models', () => {
  test.each(['stable-zero123', 'stabilityai/stable-zero123', 'someone/stable-zero123'])(
    'refuses %s and names image-to-3d',
    (model) => {
      let text = '';
      try {
        planChanged({ model });
      } catch (error) {
        text = JSON.stringify((error as { problems?: unknown }).problems);
      }
      expect(text).toContain('no language model');
      expect(text).toContain('scheme: image-to-3d');
    },
  );
});

describe('beside the gateways of a hybrid', () => {
  const hybrid = exampleOf(join(home, 'hybrid'));
  const { version, name, scheme, environments, ...keys } = commercial as Record<string, unknown>;
  const views = { scheme: 'image-to-3d', ...keys, allowFrom: ['studio'] };
  const beside = {
    ...changed(hybrid, ['deployments', 'views'], views),
    organization: { annualRevenueUsd: 1 },
  };

  test('it stands in a namespace of its own, reached by those that it names', () => {
    const { environments: made, problems } = synth(beside);
    expect(problems).toEqual([]);
    const [{ plan, objects } = {}] = made;
    const part = plan?.parts.find(({ imageTo3d }) => imageTo3d !== undefined);
    expect(part?.namespace).toBe('both-production-views');
    const into = objects?.filter(
      ({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.namespace === part?.namespace,
    );
    expect(into?.map(({ metadata }) => metadata.name).sort()).toEqual([
      'default-deny',
      'views-from-namespace',
      'views-from-namespace-studio',
      'weights-to-dns',
      'weights-to-hub',
    ]);
  });

  test('no gateway has a way to it', () => {
    const { plan } = synth(beside).environments[0] ?? {};
    const gateways = [plan, ...(plan?.parts ?? [])].flatMap((one) => one?.gateways ?? []);
    expect(gateways.length).toBeGreaterThan(1);
    expect(JSON.stringify(gateways)).not.toContain('views');
    const wrong = changed(beside, ['routes', 'inside', 'targets'], [{ deployment: 'views' }]);
    expect(messages(wrong)[0]).toMatch(/views is image-to-3d.*no chat gateway.*allowFrom/);
  });

  test('alone it needs no private gateway', () => {
    const { routes } = hybrid as { routes: Record<string, unknown> };
    const alone = {
      ...changed(changed(beside, ['deployments', 'own'], undefined), ['entry'], undefined),
      routes: { outside: routes.outside },
    };
    const { environments: made, problems } = synth(alone);
    expect(problems).toEqual([]);
    expect(made[0]?.plan.parts.map((part) => part.namespace)).toEqual([
      'both-production-views',
      'both-production-general',
    ]);
    expect(made[0]?.plan.assumptions.join()).toContain('all else is refused');
  });

  test('a key of another scheme is no key of a deployment', () => {
    expect(messages(changed(beside, ['deployments', 'own', 'variant'], 'research'))[0]).toMatch(
      /deployments.own.variant means nothing to scheme open-private → it belongs to scheme image-to-3d/,
    );
    expect(messages(changed(beside, ['deployments', 'own', 'allowFrom'], ['studio']))[0]).toContain(
      'by a route of the gateway',
    );
  });
});
