import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Plan } from '../../src/plan/plan.js';
import { synthesize } from '../../src/synth/synthesize.js';
import { userReads } from '../selection/scratch.js';
import { toyProject, toySelection } from './toy-project.js';
import { toyTemplate } from './toy-template.js';

test('an environment is one file an object, a kustomization in apply order, PLAN.md, and the plan beside it', () => {
  const { write, synth, files } = toyProject();
  write('selections/chat.yaml', toySelection('chat'));
  synth();
  const written = files();
  expect(Object.keys(written)).toEqual([
    'chat/production.plan.json',
    'chat/production/PLAN.md',
    'chat/production/configmap-settings.yaml',
    'chat/production/deployment-toy.yaml',
    'chat/production/kustomization.yaml',
    'chat/production/namespace-chat-production.yaml',
    'chat/staging.plan.json',
    'chat/staging/PLAN.md',
    'chat/staging/configmap-settings.yaml',
    'chat/staging/deployment-toy.yaml',
    'chat/staging/kustomization.yaml',
    'chat/staging/namespace-chat-staging.yaml',
  ]);
  expect(parse(written['chat/production/kustomization.yaml'] ?? '').resources).toEqual([
    'namespace-chat-production.yaml',
    'configmap-settings.yaml',
    'deployment-toy.yaml',
  ]);
  expect(written['chat/production/configmap-settings.yaml']).toContain('context: "8192"');
  const plan: Plan = JSON.parse(written['chat/production.plan.json'] ?? '');
  expect(plan).toMatchObject({ planVersion: 1, name: 'chat', environment: 'production' });
});

test('every mistake of every selection is in one error, and nothing is built', () => {
  const { root, write, request } = toyProject();
  write('selections/a.yaml', `${toySelection('a')}\nprofil: edge\n`);
  write('selections/b.yaml', toySelection('b').replace('qwen3-8b', 'qwen3-8x'));
  let built = 0;
  const build: typeof toyTemplate.build = () => built++;
  const { error } = synthesize(request({ templates: [{ ...toyTemplate, build }] }));
  const text = error?.message ?? '';
  expect(text).toMatch(/^2 selections cannot be deployed/);
  expect(text).toContain('selections/a.yaml:11:1');
  expect(text).toContain('did you mean profile?');
  expect(text).toContain('selections/b.yaml:4:8');
  expect(text).not.toContain(root);
  expect(built).toBe(0);
});

test('a problem of both environments is told once, one of a single environment names it', () => {
  const { write, request } = toyProject();
  write('selections/chat.yaml', toySelection('chat'));
  const finding = (message: string) => ({ severity: 'error' as const, message, remedy: [] });
  const check = { title: '', why: '', source: '', inputs: [] };
  const checks = {
    manifest: [],
    plan: [
      { ...check, id: 'a/everywhere', run: () => [{ ...finding('is wrong'), subject: 'model' }] },
      {
        ...check,
        id: 'a/once',
        run: ({ plan }: { plan: Plan }) => (plan.environment === 'staging' ? [finding('is odd')] : []),
      },
    ],
  };
  const { error } = synthesize(request({ checks }));
  expect(error?.problems.map(({ id, message, place }) => [id, message, place?.line])).toEqual([
    ['a/everywhere', 'is wrong', 4],
    ['a/once', 'is odd (staging)', 8],
  ]);
});

test('findings are written without regard to the day, and judged on the day that is asked for', () => {
  const { write, request } = toyProject();
  const waiver = 'waivers: [{ check: a/b, reason: known, by: Ada, until: 2027-01-31 }]';
  write('selections/chat.yaml', toySelection('chat', waiver));
  const run = () => [{ severity: 'error' as const, message: 'is wrong', remedy: [] }];
  const check = { id: 'a/b', title: '', why: '', source: '', inputs: [], run };
  const checks = { plan: [check], manifest: [] };
  const before = synthesize(request({ checks, asOf: '2027-01-31' }));
  expect(before.error).toBeUndefined();
  const after = synthesize(request({ checks, asOf: '2027-02-01' }));
  expect(after.error?.message).toContain('a/b: is wrong');
  const warning = { ...check, run: () => [{ severity: 'warning' as const, message: 'is odd', remedy: [] }] };
  const [early, late] = ['2027-01-31', '2029-01-31'].map((asOf) =>
    synthesize(request({ checks: { plan: [warning], manifest: [] }, asOf })),
  );
  expect(late?.environments.map(({ output }) => output)).toEqual(
    early?.environments.map(({ output }) => output),
  );
  expect(late?.environments[0]?.findings.map(({ check: id }) => id)).toEqual(['a/b', 'waiver/expired']);
});

test('manifest checks read what came out, overrides included', () => {
  const { write, request } = toyProject();
  const override = 'overrides: [{ target: { kind: ConfigMap }, merge: { data: { context: "1" } } }]';
  write('selections/chat.yaml', toySelection('chat', override));
  const seen: unknown[] = [];
  const check = {
    ...{ id: 'x/y', title: '', why: '', source: '', inputs: [] },
    run: ({ objects }: { objects: readonly { kind: string; data?: unknown }[] }) => {
      seen.push(...objects.filter(({ kind }) => kind === 'ConfigMap').map(({ data }) => data));
      return [];
    },
  };
  synthesize(request({ checks: { plan: [], manifest: [check] } }));
  expect(seen).toEqual([
    { context: '1', name: 'chat' },
    { context: '1', name: 'chat' },
  ]);
});

test('an environment that would take 400 kB is refused', () => {
  const { write, request } = toyProject();
  const override = `overrides: [{ target: { kind: ConfigMap }, merge: { data: { long: "${'x'.repeat(400_000)}" } } }]`;
  write('selections/chat.yaml', toySelection('chat', override));
  const { error } = synthesize(request());
  expect(error?.message).toMatch(/dist\/chat\/staging would take 40\d kB, at most 400 kB are allowed/);
});

test('a scheme without a template, a name that is taken and an environment that is not there are told', () => {
  const { root, write, request } = toyProject();
  write('selections/a.yaml', toySelection('chat'));
  write('selections/b.yaml', toySelection('chat'));
  write('selections/c.yaml', toySelection('other').replace('open-private', 'nobody-has-this'));
  const { error } = synthesize(request());
  expect(error?.message).toContain('the name chat is taken by selections/a.yaml:2');
  expect(error?.message).toContain("scheme: must be open-private, found 'nobody-has-this'");
  expect(
    userReads(() => synthesize(request({ files: [`${root}/selections/a.yaml`], environment: 'prod' }))),
  ).toContain("no environment 'prod' in selections/a.yaml; there are: staging, production");
});
