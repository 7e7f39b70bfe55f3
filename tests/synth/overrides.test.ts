import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { toyProject, toySelection } from './toy-project.js';

/** Synthesizes the toy with overrides; the deployment of production, or what the user reads. */
function withOverrides(...overrides: string[]) {
  const { write, synth, files } = toyProject();
  write(
    'selections/chat.yaml',
    toySelection('chat', `overrides:\n${overrides.map((one) => `  - ${one}`).join('\n')}\n`),
  );
  try {
    synth();
  } catch (error) {
    return { reads: (error as Error).message, files: files() };
  }
  return { deployment: parse(files()['chat/production/deployment-toy.yaml'] ?? ''), files: files() };
}

test('a merge changes what it names, by kind, by name and by role', () => {
  for (const target of [
    '{ kind: Deployment }',
    '{ name: toy }',
    '{ role: toy }',
    '{ kind: Deployment, role: toy }',
  ]) {
    const { deployment } = withOverrides(
      `{ target: ${target}, merge: { spec: { revisionHistoryLimit: 3, replicas: null } } }`,
    );
    expect(deployment.spec).toMatchObject({ revisionHistoryLimit: 3, selector: expect.anything() });
    expect(deployment.spec).not.toHaveProperty('replicas');
  }
});

test('a patch adds, replaces and removes by pointer', () => {
  const { deployment } = withOverrides(`target: { kind: Deployment }
    patch:
      - { op: test, path: /spec/template/spec/containers/0/name, value: main }
      - { op: add, path: /spec/template/spec/containers/0/args/0, value: --first }
      - { op: add, path: /spec/template/spec/containers/0/args/-, value: --last }
      - { op: add, path: /metadata/annotations, value: { example.org~1x: "on" } }
      - { op: replace, path: /spec/template/spec/containers/0/image, value: "example.org/toy:2" }
      - { op: remove, path: /spec/replicas }`);
  expect(deployment.spec.template.spec.containers[0]).toEqual({
    name: 'main',
    image: 'example.org/toy:2',
    args: ['--first', '--on', 'off', '--last'],
  });
  expect(deployment.metadata.annotations).toEqual({ 'example.org~1x': 'on' });
  expect(deployment.spec).not.toHaveProperty('replicas');
});

test('a field that no library knows arrives, a GPU too', () => {
  const { deployment } = withOverrides(`target: { kind: Deployment }
    patch:
      - { op: add, path: /spec/template/spec/containers/0/resources, value: { limits: { nvidia.com/gpu: 1 } } }
      - { op: add, path: /spec/fieldOfTomorrow, value: true }`);
  expect(deployment.spec.template.spec.containers[0].resources).toEqual({ limits: { 'nvidia.com/gpu': 1 } });
  expect(deployment.spec.fieldOfTomorrow).toBe(true);
});

const FAILURES: readonly [what: string, override: string | string[], reads: RegExp][] = [
  [
    'a kind that is not there',
    '{ target: { kind: Deploymnt }, merge: { spec: { replicas: 2 } } }',
    /yaml:11:\d+ {2}matches no object: kind Deploymnt\n.*did you mean Deployment\?/,
  ],
  [
    'a name that another kind has',
    '{ target: { kind: Deployment, name: settings }, merge: { spec: { replicas: 2 } } }',
    /matches no object: kind Deployment, name settings\n.*there are: Deployment\/toy \(role toy\)/,
  ],
  [
    'a pointer that leads nowhere',
    '{ target: { kind: Deployment }, patch: [{ op: replace, path: /spec/nope/deeper, value: 1 }] }',
    /Deployment\/toy: there is nothing at \/spec\/nope\/deeper/,
  ],
  [
    'a test that fails',
    '{ target: { kind: Deployment }, patch: [{ op: test, path: /kind, value: Job }] }',
    /Deployment\/toy: the test fails: Deployment != Job/,
  ],
  [
    'a value that Kubernetes would drop',
    '{ target: { kind: Deployment }, patch: [{ op: add, path: /spec/paused, value: null }] }',
    /spec\.paused would be null, which Kubernetes drops/,
  ],
  [
    'a value that the next override replaces',
    [
      '{ target: { kind: Deployment }, merge: { spec: { minReadySeconds: 5 } } }',
      '{ target: { kind: Deployment }, merge: { spec: { minReadySeconds: 6 } } }',
    ],
    /yaml:11:\d+ {2}spec\.minReadySeconds does not arrive in Deployment\/toy/,
  ],
  [
    'a value that its own patch takes away',
    '{ target: { kind: Deployment }, patch: [{ op: add, path: /spec/a, value: 1 }, { op: remove, path: /spec/a }] }',
    /spec\.a does not arrive in Deployment\/toy/,
  ],
  [
    'a key that the merge library leaves out',
    '{ target: { kind: Deployment }, merge: { spec: { constructor: 1 } } }',
    /spec\.constructor does not arrive in Deployment\/toy/,
  ],
  [
    'an object that loses its name',
    '{ target: { kind: Deployment }, merge: { metadata: { name: null } } }',
    /an object is left without apiVersion, kind or name/,
  ],
];

test.each(FAILURES)('%s is an error with its place, and nothing is written', (_what, override, expected) => {
  const { reads, files } = withOverrides(...[override].flat());
  expect(reads).toMatch(expected);
  expect(files).toEqual({});
});
