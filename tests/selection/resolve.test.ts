import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { weightsSource } from '../../src/plan/weights.js';
import { served } from '../../src/selection/resolved.js';
import { resolvingProject, selection, setting } from './resolving.js';

const { one, reads, resolve, write } = resolvingProject();

test('every mistake of every selection at once, each once, though two environments share it', () => {
  const first = selection(`model: qwen3-32
profile: teem
environments:
  staging: {}
  production:
    engine: { version: 0.18.0 }
    cluster: { accelerator: h100-sx }
`);
  const second = selection('model: qwen3-32b\nsizing: { concurrency: 4 }\n');
  expect(reads(first, second)).toMatchInlineSnapshot(`
    "the selections cannot be deployed
      selections/0.yaml:4:8  no model 'qwen3-32' in the catalogue
            → did you mean qwen3-32b?
            → berth list models shows what there is; or describe it inline or in profiles/models/<id>.yaml
      selections/0.yaml:5:10  no profile 'teem', there are: edge, large, medium, small, team
            → did you mean team?
      selections/0.yaml:9:24  engine 0.18.0 is of a minor without a table, there are: 0.19.1, 0.20.2, 0.21.0, 0.22.1, 0.23.0, 0.24.0, 0.25.1, 0.26.0, 0.27.1, 0.28.0, 0.29.0, 0.30.0, 0.31.0, 0.32.0, 0.33.0
            → set engine.version: 0.19.1
      selections/0.yaml:10:29  no accelerator 'h100-sx' in the catalogue
            → did you mean h100-sxm?
      selections/1.yaml:2:7  the name chat is taken by selections/0.yaml:2:7
            → give one of the two another name
      selections/1.yaml:7:3  environment production has no profile, and sizing.accelerator (or cluster.accelerator), sizing.gpusPerReplica are not set
            → set profile: to one of: edge, large, medium, small, team
            → or set sizing.accelerator (or cluster.accelerator), sizing.gpusPerReplica yourself"
  `);
});

describe('the model', () => {
  test('a repository of a checkpoint stands for that checkpoint, whatever its case', () => {
    const resolved = one('model: qwen/qwen3-32b-fp8\nprofile: team\n');
    expect([resolved.model?.id, resolved.serving?.checkpoint.precision]).toEqual(['qwen3-32b', 'fp8']);
    expect(setting(resolved, 'precision')).toBe('"fp8" selection (the repository in model)');
  });

  test.each([
    ['no weights in this precision', 'model: qwen3-32b\nprecision: mxfp4\n', 'only in: bf16, awq, fp8'],
    [
      'precision against repository',
      'model: Qwen/Qwen3-32B-FP8\nprecision: awq\n',
      'contradicts the repository',
    ],
    ['no such repository', 'model: Qwen/Qwen3-33B\n', "no model 'Qwen/Qwen3-33B' in the catalogue"],
    ['no model at all', '', 'environment production has no model'],
    [
      'an environment without the model of the selection',
      'model: qwen3-32b\nenvironments: { b: { model: } }\n',
      'environment b has no model',
    ],
  ])('%s', (_, lines, expected) => {
    expect(reads(selection(`${lines.trimEnd()}\nprofile: team`))).toContain(expected);
  });

  test('described inline: it is taken as it is, and said so where it replaces an entry', () => {
    const inline = `model:
  id: qwen3-32b
  name: Ours
  family: ours
  released: null
  licence: apache-2.0
  architecture: { class: Qwen3ForCausalLM, layers: 2, hiddenSize: 64, attentionHeads: 4, kvHeads: 2, headDim: 16, intermediateSize: 128, vocabSize: 1000, tiedEmbeddings: false }
  parameters: { total: 1000000, totalSource: ours, active: null }
  checkpoints: [{ precision: bf16, huggingFace: ours/ours, publisher: vendor, gated: false, source: ours }]
  context: { max: 4096, suggested: 2048 }
  chinese: null
  checked: 2026-11-25
  sources: {}
profile: team
`;
    const resolved = one(inline);
    expect(resolved.model?.name).toBe('Ours');
    expect(setting(resolved, 'model')).toBe('"qwen3-32b" selection (described inline)');
    expect(resolved.notices).toContain(
      "model qwen3-32b is described inline and replaces the catalogue's entry",
    );
    expect(resolved.notices).toContain('profile team asks for a context of 16384, qwen3-32b has 4096');
    expect(setting(resolved, 'sizing.context')).toBe('4096 sizing profile (team)');
  });
});

describe('the accelerator', () => {
  test.each<[string, string, string, string]>([
    ['profile', '', '', '"a100-80-sxm" sizing profile (team)'],
    [
      'the cluster beats the profile',
      'cluster: { accelerator: l40s }',
      '',
      '"l40s" selection (cluster.accelerator)',
    ],
    [
      'sizing beats the cluster beside it',
      'cluster: { accelerator: l40s }\nsizing: { accelerator: h200 }',
      '',
      '"h200" selection',
    ],
    [
      "the environment's cluster beats the selection's sizing",
      'sizing: { accelerator: h200 }',
      'cluster: { accelerator: l40s }',
      '"l40s" environment (cluster.accelerator)',
    ],
    [
      "the environment's sizing beats all",
      'sizing: { accelerator: h200 }',
      'cluster: { accelerator: l40s }, sizing: { accelerator: l4 }',
      '"l4" environment',
    ],
    [
      'null gives the cluster its way',
      'sizing: { accelerator: h200 }\ncluster: { accelerator: l40s }',
      'sizing: { accelerator: null }',
      '"l40s" selection (cluster.accelerator)',
    ],
  ])('%s', (_, selected, environment, expected) => {
    const resolved = one(
      `model: qwen3-32b\nprofile: team\n${selected}\nenvironments: { b: { ${environment} } }\n`,
    );
    expect(setting(resolved, 'sizing.accelerator')).toBe(expected);
    expect(JSON.stringify(resolved.serving?.accelerator.id)).toBe(expected.split(' ')[0]);
    expect(resolved.serving?.sizing.accelerator).toBe(resolved.serving?.accelerator.id);
  });

  test("the profile's number of accelerators is kept on another card, and said so unless it is set", () => {
    const lines = 'model: qwen3-32b\nprofile: team\ncluster: { accelerator: l40s }\n';
    expect(one(lines).serving?.sizing.gpusPerReplica).toBe(2);
    expect(one(lines).notices).toEqual([
      'profile team is made for a100-80-sxm, but the cluster has l40s; its 2 accelerator(s) per replica are kept, set sizing.gpusPerReplica to change that',
    ]);
    expect(one(`${lines}sizing: { gpusPerReplica: 4 }\n`).notices).toEqual([]);
  });

  test('one that the catalogue lacks is a mistake even where another wins', () => {
    const lines =
      'model: qwen3-32b\nprofile: team\ncluster: { accelerator: l40x }\nsizing: { accelerator: l4 }\n';
    expect(reads(selection(lines))).toContain("no accelerator 'l40x' in the catalogue");
  });
});

describe('the profile', () => {
  const bare =
    'model: qwen3-32b\nenvironments: { b: { sizing: { gpusPerReplica: 1, concurrency: 4, accelerator: l40s } } }\n';

  test('is not needed where sizing and cluster say what has no default', () => {
    const sizing = one(bare).serving?.sizing;
    expect(sizing).toMatchObject({
      id: 'custom',
      replicas: { min: 1, max: 1 },
      context: 32768,
      serviceLevels: {},
    });
  });

  test('what is missing without it is named', () => {
    expect(reads(selection(bare.replace('concurrency: 4, ', '')))).toContain(
      'environment b has no profile, and sizing.concurrency is not set',
    );
    const taken = 'model: qwen3-32b\nprofile: team\nsizing: { concurrency: null, gpusPerReplica: }\n';
    expect(reads(selection(taken))).toContain(
      'environment production takes sizing.gpusPerReplica, sizing.concurrency from profile team away',
    );
  });

  test('more replicas at least than at most', () => {
    const lines = 'model: qwen3-32b\nprofile: team\nsizing: { replicas: { min: 4 } }\n';
    expect(reads(selection(lines))).toContain('0.yaml:6:11  sizing.replicas: min 4 is more than max 3');
  });

  test('of an unknown name is one mistake, not also a lack of everything in it', () => {
    expect(reads(selection('model: qwen3-32b\nprofile: teams\n')).split('\n')).toHaveLength(3);
  });
});

describe('the engine', () => {
  test.each([
    ['0.32.0', '0.32.0', []],
    ['0.32.7', '0.32.0', ['engine 0.32.7 has no table of its own: flags and metrics are those of 0.32.0']],
  ])('version %s reads table %s', (version, table, notices) => {
    const resolved = one(`model: qwen3-32b\nprofile: team\nengine: { version: ${version} }\n`);
    expect([resolved.serving?.engineVersion, resolved.serving?.engine.version]).toEqual([version, table]);
    expect(resolved.notices).toEqual(notices);
  });

  test('a minor without a table is refused, with those that have one', () => {
    expect(reads(selection('model: qwen3-32b\nprofile: team\nengine: { version: 0.18.3 }\n'))).toMatch(
      /0\.yaml:6:20 {2}engine 0\.18\.3 is of a minor without a table, there are: 0\.19\.1, .*0\.33\.0\n.*set engine\.version/,
    );
  });
});

describe('what selections cannot share', () => {
  const lines = 'model: qwen3-32b\nprofile: team\ncluster: dc\n';
  write('clusters/dc.yaml', 'nodes: 2\n');

  test('a name', () => {
    expect(reads(selection(lines), selection('model: qwen3-8b\nprofile: team\n'))).toContain(
      'selections/1.yaml:2:7  the name chat is taken by selections/0.yaml:2:7',
    );
  });

  test('a namespace of one cluster, within a selection or between two', () => {
    const two = `${lines}environments:\n  a: { namespace: llm }\n  b: { namespace: llm }\n`;
    expect(reads(selection(two))).toContain(
      'namespace llm of cluster dc is taken by the environment at selections/0.yaml:8:19',
    );
    const first = selection(`${lines}environments: { b-c: {} }\n`, 'a');
    const second = selection(`${lines}environments: { c: {} }\n`, 'a-b');
    expect(reads(first, second)).toContain('namespace a-b-c of cluster dc is taken');
  });

  test('a namespace where two environments say nothing of their cluster', () => {
    const two = 'environments:\n  a: { namespace: llm }\n  b: { namespace: llm }\n';
    const text = selection(`model: qwen3-32b\nprofile: team\n${two}`);
    expect(reads(text)).toContain('namespace llm of the same cluster is taken');
    expect(reads(text.replace('b: { ', 'b: { cluster: { nodes: 3 }, '))).toBe('');
  });

  test('a namespace on two clusters is no conflict', () => {
    write('clusters/dc9.yaml', 'nodes: 2\n');
    const two = `${lines}environments:\n  a: { namespace: llm }\n  b: { namespace: llm, cluster: dc9 }\n`;
    expect(reads(selection(two))).toBe('');
  });
});

test.each([
  [
    'too long',
    `name: ${'n'.repeat(40)}`,
    `environments: { ${'e'.repeat(40)}: {} }`,
    'has 81 characters, at most 63',
  ],
  ['of Kubernetes', 'name: chat', 'environments: { a: { namespace: kube-system } }', 'belongs to Kubernetes'],
  ['the default one', 'name: chat', 'environments: { a: { namespace: default } }', 'belongs to Kubernetes'],
])('a namespace that is %s', (_, name, environments, expected) => {
  const text = selection(`model: qwen3-32b\nprofile: team\n${environments}\n`).replace('name: chat', name);
  expect(reads(text)).toContain(expected);
});

test('a cluster that is not there, and one with a mistake in its file', () => {
  write('clusters/wrong.yaml', 'nodes: 2\ncapabilites: [keda]\n');
  const text = (id: string) => selection(`model: qwen3-32b\nprofile: team\ncluster: ${id}\n`);
  expect(reads(text('dc-9'))).toMatch(/0\.yaml:6:10 {2}no cluster 'dc-9'; there are: .*dc\b/);
  expect(reads(text('wrong'))).toMatch(
    /clusters\/wrong\.yaml:2:1 {2}unknown key 'capabilites'.*\n.*did you mean capabilities/,
  );
});

test('places lead to the line that decides', () => {
  const text = selection(`model: qwen3-32b
profile: team
expose: { host: a }
cluster: dc
environments:
  staging: { profile: small }
  production:
    cluster: { nodes: 4 }
`);
  const [staging, production] = resolve(text);
  const line = (resolved: typeof staging, path: string) => resolved?.placeOf(path.split('.')).line;
  expect(line(production, 'cluster.nodes')).toBe(11);
  expect(line(production, 'cluster.storageClass')).toBe(11);
  expect(staging?.placeOf(['cluster', 'nodes'])).toEqual({ file: 'clusters/dc.yaml', line: 1, column: 8 });
  expect(line(production, 'expose.host')).toBe(6);
  expect(line(production, 'expose.tls')).toBe(6);
  expect(line(staging, 'sizing.context')).toBe(9);
  expect(line(production, 'sizing.context')).toBe(5);
  expect(line(production, 'engine.version')).toBe(10);
  expect(line(production, 'environments.staging.profile')).toBe(9);
});

describe('a model by the path of its config.json', () => {
  const config = readFileSync(
    join(import.meta.dirname, '..', 'fixtures', 'configs', 'granite-4.0-h-tiny', 'config.json'),
    'utf8',
  );

  test('counts from the selection’s folder, and the weights may be named beside it', () => {
    write('selections/tiny/config.json', config);
    const resolved = one('model: ./tiny/config.json\nprofile: team\nweights: { repository: us/tiny }\n');
    expect(resolved.model).toMatchObject({ id: 'tiny', licence: 'unknown' });
    expect(setting(resolved, 'model')).toBe('"./tiny/config.json" selection (read from this file)');
    expect(weightsSource(served(resolved))).toMatchObject({ repository: 'us/tiny', revision: null });
  });

  test('is taken as it is where it has the id of an entry, and that is said', () => {
    write('selections/qwen3-32b/config.json', config);
    expect(one('model: qwen3-32b/config.json\nprofile: team\n').notices).toContain(
      "model qwen3-32b is described inline and replaces the catalogue's entry",
    );
  });

  test('that is not there is refused at its line', () => {
    expect(reads(selection('model: none/config.json\nprofile: team\n'))).toContain(
      'selections/0.yaml:4:8  model: none/config.json: no such file\n        → the path counts from the folder of this file',
    );
  });

  test('that lacks what a size needs says so with its own name', () => {
    write('selections/bad/config.json', '{ "hidden_size": 64 }');
    expect(reads(selection('model: bad/config.json\nprofile: team\n'))).toContain(
      'selections/bad/config.json  size/unmodelled: missing: num_hidden_layers',
    );
  });
});

describe('the kind of a cluster', () => {
  const base = 'model: qwen3-32b\nprofile: team\n';

  test('is one of the catalogue', () => {
    expect(setting(one(`${base}cluster: { kind: eks }\n`), 'cluster.kind')).toBe('"eks" selection');
  });

  test('that nobody knows is refused once, with the near one', () => {
    const text = selection(`${base}cluster: { kind: ekss }\nenvironments: { a: {}, b: {} }\n`);
    expect(reads(text)).toMatch(
      /^selections\/0\.yaml cannot be deployed\n {2}selections\/0\.yaml:6:18 {2}no kind of cluster 'ekss' in the catalogue, there are: aks, .*\n {8}→ did you mean eks\?$/,
    );
  });

  test('in a file of clusters/ is refused at its line there', () => {
    write('clusters/far.yaml', 'nodes: 2\nkind: moon\n');
    expect(reads(selection(`${base}cluster: far\n`))).toContain(
      "clusters/far.yaml:2:7  no kind of cluster 'moon'",
    );
  });
});
