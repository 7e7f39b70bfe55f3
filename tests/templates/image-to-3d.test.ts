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

  test('as the private side of a hybrid never has it behind its chat gateway', () => {
    const hybrid = exampleOf(join(home, 'hybrid'));
    const deployments = hybrid.deployments as Record<string, object>;
    const [name = ''] = Object.keys(deployments);
    const wrong = changed(hybrid, ['deployments', name, 'scheme'], 'image-to-3d');
    expect(messages(wrong)[0]).toMatch(/image-to-3d/);
  });
});
