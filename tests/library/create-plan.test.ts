import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart, Testing } from 'cdk8s';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  buildPlan,
  checkManifests,
  createPlan,
  type KubernetesObject,
  loadSelection,
  ModelWeights,
  modelWeightsProps,
  type PlanOptions,
  ServiceAccounts,
  sizeModel,
  sizeRequest,
  UserError,
  VllmServer,
  vllmServerProps,
} from '../../src/index.js';

const chat = { name: 'chat', model: 'qwen3-8b', profile: 'edge', accelerator: 'l40s' } as const;
const asOf = '2026-11-25';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'berth-library-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const plan = (options: PlanOptions) => createPlan(options, { projectRoot: root, asOf });

function problemsOf(make: () => unknown): string[] {
  try {
    make();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.problems.map(({ place, message, fix }) =>
      [place?.file, message, ...[fix ?? []].flat()].join(' | '),
    );
  }
  return [];
}

test('plain options give the plan that a file with the same values gives', () => {
  const file = join(root, 'selections', 'chat.yaml');
  mkdirSync(join(root, 'selections'));
  writeFileSync(
    file,
    'version: 1\nname: chat\nscheme: open-private\nmodel: qwen3-8b\nprofile: edge\n' +
      'environments: { staging: {}, production: { sizing: { accelerator: l40s } } }\n',
  );
  const selection = loadSelection(file, root);
  const fromFile = createPlan(selection, { projectRoot: root, environment: 'production', asOf });
  expect(fromFile.selection).toBe('selections/chat.yaml');
  expect(plan(chat).servers).toEqual(fromFile.servers);
  expect(problemsOf(() => createPlan(selection, { projectRoot: root }))).toEqual([
    "selections/chat.yaml | the selection has several environments: staging, production | createPlan(selection, { environment: 'staging' })",
  ]);
});

test('the plan carries its numbers and what the checks found', () => {
  const { servers, findings, namespace } = plan({ ...chat, concurrency: 6 });
  expect(namespace).toBe('chat-production');
  expect(servers[0]?.args.join(' ')).toContain('--max-num-seqs 6');
  expect(servers[0]?.sizing.verdict).toBe('fits');
  expect(findings.map(({ check }) => check)).toContain('model/revision-unknown');
});

test('another scheme takes its keys as a section', () => {
  const scheme = {
    name: 'copy',
    scheme: 'closed-cloud',
    data: { classification: 'public' },
    cluster: { capabilities: ['network-policy'] },
  } as const;
  const section = {
    providers: {
      ernie: { profile: 'baidu-qianfan', key: { secretRef: { name: 'qianfan', key: 'api-key' } } },
    },
    routes: { chat: { targets: [{ provider: 'ernie', model: 'ernie-5.1' }] } },
    clients: { web: { keySha256: ['3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7'] } },
  };
  const made = plan({ ...scheme, section });
  expect(made.gateways.map(({ connectors }) => connectors.length)).toEqual([1]);
  const wrong = {
    ...section,
    routes: { chat: { targets: [{ provider: 'ernie', model: 'ernie-5.1', weigh: 1 }] } },
  };
  expect(problemsOf(() => plan({ ...scheme, section: wrong }))[0]).toMatch(
    /^createPlan\.section\.routes\.chat/,
  );
});

test('what nobody has confirmed of the entries stands in the plan', () => {
  const { assumptions } = plan({ ...chat, model: 'qwen2.5-7b', accelerator: 'l4' });
  expect(assumptions).toEqual(
    expect.arrayContaining([
      'not verified of qwen2.5-7b in the catalogue: serving.toolCallParser',
      'not verified of l4 in the catalogue: memory.runtimeGib rests on one host',
    ]),
  );
  expect(plan(chat).assumptions.join()).not.toContain('not verified of qwen3-8b');
});

describe('mistakes are named by their option, all at once', () => {
  test.each<[string, object, RegExp[]]>([
    [
      'ids that nothing has',
      { ...chat, model: 'qwen3-8bb', accelerator: 'l40q' },
      [
        /^createPlan\.model \| no model 'qwen3-8bb'.*did you mean qwen3-8b\?/,
        /^createPlan\.accelerator \| .*l40q/,
      ],
    ],
    ['a value of another type', { ...chat, context: '8k' }, [/^createPlan\.context \| .*must be a number/]],
    [
      'keys that are no options',
      { ...chat, sizing: {}, replica: 2 },
      [
        /^createPlan\.sizing \| unknown option/,
        /^createPlan\.replica \| unknown option.*did you mean replicas\?/,
      ],
    ],
    [
      'what does not fit, with what would',
      { ...chat, model: 'qwen3-32b' },
      [/^createPlan\.model \| weights take 61\.\d+ GiB.*\| .*precision: (fp8|awq) fits/],
    ],
  ])('%s', (_, options, expected) => {
    const found = problemsOf(() => plan(options as PlanOptions));
    expect(found).toHaveLength(expected.length);
    for (const [index, pattern] of expected.entries()) expect(found[index]).toMatch(pattern);
  });

  test('a secret is refused and not repeated', () => {
    const token = `hf_${'aB3'.repeat(11)}x`;
    const [problem, ...others] = problemsOf(() => plan({ ...chat, weights: { token } } as never));
    expect(problem).toMatch(/^createPlan\.weights\.token \| .*must not stand in a file/);
    expect([problem, ...others].join()).not.toContain(token);
  });
});

test('what a finding blocks can be looked at, not built by accident', () => {
  const options = { ...chat, model: 'qwen3-32b' };
  const blocked = createPlan(options, { projectRoot: root, asOf, evenIfBlocked: true });
  expect(blocked.findings.filter(({ severity }) => severity === 'error')).not.toEqual([]);
  expect(() => plan(options)).toThrow(UserError);
});

describe('a chart of one’s own', () => {
  const kinds = (objects: readonly KubernetesObject[]) => objects.map(({ kind }) => kind).sort();

  test('takes a whole plan, with which the manifest checks are content', () => {
    const chart = Testing.chart();
    buildPlan(chart, plan(chat));
    const objects: KubernetesObject[] = chart.toJson();
    expect(kinds(objects)).toEqual(
      expect.arrayContaining(['Deployment', 'Job', 'Namespace', 'NetworkPolicy']),
    );
    expect(checkManifests(objects)).toEqual([]);
  });

  /** Three constructs of the plan, of which the server may differ. */
  function composed(own: { readonly replicas?: number }): KubernetesObject[] {
    const chart = new Chart(new App(), 'own');
    const made = plan({ ...chat, namespace: 'ours' });
    const names = ['server', 'weights'];
    new ServiceAccounts(chart, 'accounts', { namespace: 'ours', instance: 'chat', names });
    new ModelWeights(chart, 'weights', modelWeightsProps(made));
    new VllmServer(chart, 'server', { ...vllmServerProps(made), ...own });
    return chart.toJson();
  }
  const errors = (objects: readonly KubernetesObject[]) =>
    checkManifests(objects).flatMap(({ severity, check }) => (severity === 'error' ? [check] : []));

  test('takes single constructs of it', () => {
    const objects = composed({});
    expect(kinds(objects)).toEqual([
      'Deployment',
      'Job',
      'PersistentVolumeClaim',
      'PodDisruptionBudget',
      'Service',
      'ServiceAccount',
      'ServiceAccount',
    ]);
    expect(objects.every(({ metadata }) => metadata.namespace === 'ours')).toBe(true);
    expect(errors(objects)).toEqual([]);
  });

  test('is told what its own changes break', () => {
    // A volume bound to one node cannot feed two pods.
    expect(errors(composed({ replicas: 2 }))).toEqual(['storage/access-mode']);
  });

  test('takes no plan whose overrides would be forgotten', () => {
    const override = { target: { kind: 'Deployment' }, merge: {}, reason: 'a test' };
    const made = { ...plan(chat), overrides: [override] };
    expect(problemsOf(() => buildPlan(Testing.chart(), made))[0]).toContain('addJsonPatch');
  });
});

test('a size by the catalogue’s ids: 32.76 B parameters of 16 bits are 61 GiB', () => {
  const request = sizeRequest({ model: 'qwen3-32b', accelerator: 'h100-sxm', gpus: 1, maxModelLen: 8192 });
  expect(sizeModel(request).perGpu.weightsGib).toBeCloseTo(61.0, 0);
  expect(
    problemsOf(() => sizeRequest({ model: 'qwen3-33b', accelerator: 'h100', gpus: 1, engine: '0.1.0' })),
  ).toEqual([
    expect.stringContaining("no model 'qwen3-33b'"),
    expect.stringContaining("no accelerator 'h100'"),
    expect.stringContaining("no engine version '0.1.0'"),
  ]);
});
