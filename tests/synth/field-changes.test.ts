import { expect, test } from 'vitest';
import { fieldChanges } from '../../src/synth/field-changes.js';
import { objectChanges } from '../../src/synth/object-changes.js';

test.each([
  ['nothing', { a: [1] }, { a: [1] }, []],
  [
    'a field',
    { spec: { replicas: 1 } },
    { spec: { replicas: 2 } },
    [{ path: 'spec.replicas', before: 1, after: 2 }],
  ],
  ['a new field', { spec: {} }, { spec: { paused: true } }, [{ path: 'spec.paused', after: true }]],
  ['a field that goes', { a: { b: 0 } }, { a: {} }, [{ path: 'a.b', before: 0 }]],
  [
    'an element by its name, wherever it stands',
    { containers: [{ name: 'a', image: 'x:1' }, { name: 'b' }] },
    { containers: [{ name: 'b' }, { name: 'a', image: 'x:2' }] },
    [{ path: 'containers[a].image', before: 'x:1', after: 'x:2' }],
  ],
  [
    'an element by its index',
    { args: ['--a', '1'] },
    { args: ['--a', '2'] },
    [{ path: 'args[1]', before: '1', after: '2' }],
  ],
  [
    'a list that grows as one field',
    { args: ['a'] },
    { args: ['b', 'a'] },
    [{ path: 'args', before: ['a'], after: ['b', 'a'] }],
  ],
  ['a key with dots', { 'a.b/c': 1 }, { 'a.b/c': 2 }, [{ path: '["a.b/c"]', before: 1, after: 2 }]],
])('%s', (_what, before, after, expected) => {
  expect(fieldChanges(before, after)).toEqual(expected);
});

test('a file is the object in it; one that is only written otherwise, and one that holds none, are other files', () => {
  const object = 'kind: Job\nmetadata: { name: a }\n';
  const file = (path: string, before?: string, after?: string) => {
    const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
    return { kind, path: `dist/chat/production/${path}`, before, after } as const;
  };
  const { objects, otherFiles } = objectChanges([
    file('added.yaml', undefined, object),
    file('gone.yaml', object),
    file('same.yaml', object, `# a remark\n${object}`),
    file('broken.yaml', '{ not: [yaml'),
    file('kustomization.yaml', 'kind: Kustomization\n', 'kind: Kustomization\nresources: []\n'),
    file('PLAN.md', 'a', 'b'),
  ]);
  expect(objects.map(({ change, kind, name }) => `${change} ${kind}/${name}`)).toEqual([
    'added Job/a',
    'removed Job/a',
  ]);
  expect(otherFiles.map((path) => path.split('/').at(-1))).toEqual([
    'same.yaml',
    'broken.yaml',
    'kustomization.yaml',
    'PLAN.md',
  ]);
});
