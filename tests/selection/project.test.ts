import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  findProjectRoot,
  findSelections,
  requireProjectRoot,
  resolveSelectionNames,
} from '../../src/selection/project.js';
import { scratchProject, userReads } from './scratch.js';

const { root, write } = scratchProject();
const named = (name: string) => `version: 1\nname: ${name}\n`;

beforeEach(() => rmSync(join(root, 'selections'), { recursive: true, force: true }));

test('the root is the folder of the nearest cdk8s.yaml above', () => {
  const below = join(root, 'a', 'b');
  mkdirSync(below, { recursive: true });
  expect(findProjectRoot(below)).toBe(root);
  write('a/cdk8s.yaml', '');
  expect(findProjectRoot(below)).toBe(join(root, 'a'));
  expect(findProjectRoot('/')).toBeUndefined();
  expect(userReads(() => requireProjectRoot('/'))).toContain('no cdk8s.yaml in / or a folder above');
});

test('selections are sorted by the bytes of their names; other files and hidden ones are none', () => {
  for (const name of [
    'b.yaml',
    'a.yaml',
    'B.yaml',
    'ä.yaml',
    'a-b.yaml',
    'z.yml',
    '.c.yaml',
    'readme.md',
    'd.yaml~',
  ])
    write(`selections/${name}`, '');
  expect(findSelections(root).map((file) => file.slice(join(root, 'selections/').length))).toEqual([
    'B.yaml',
    'a-b.yaml',
    'a.yaml',
    'b.yaml',
    'z.yml',
    'ä.yaml',
  ]);
});

test('a project without selections has none', () => {
  expect(findSelections(root)).toEqual([]);
  expect(resolveSelectionNames([], root, root)).toEqual([]);
});

describe('words on the command line', () => {
  beforeEach(() => {
    write('selections/one.yaml', named('chat'));
    write('selections/two.yaml', named('search'));
    write('selections/broken.yaml', 'name: [');
  });
  const found = (words: string[], cwd = root) =>
    resolveSelectionNames(words, root, cwd).map((file) => file.slice(root.length + 1));

  test.each([
    ['none: all of them', [], root, ['selections/broken.yaml', 'selections/one.yaml', 'selections/two.yaml']],
    ['the name of a selection', ['chat'], root, ['selections/one.yaml']],
    ['the name of its file', ['two'], root, ['selections/two.yaml']],
    ['a path', ['selections/two.yaml'], root, ['selections/two.yaml']],
    ['a path from another folder', ['two.yaml'], join(root, 'selections'), ['selections/two.yaml']],
    ['the same one twice', ['chat', 'one', './selections/one.yaml'], root, ['selections/one.yaml']],
    ['a file that is broken, which loading will explain', ['broken'], root, ['selections/broken.yaml']],
  ])('%s', (_, words, cwd, expected) => {
    expect(found(words, cwd)).toEqual(expected);
  });

  test('every word that fits none is named, with the near one', () => {
    const printed = userReads(() => found(['chatt', 'selections/none.yaml', 'chat']));
    expect(printed).toContain(
      "no selection 'chatt'; there are: broken, chat, search\n        → did you mean chat?",
    );
    expect(printed).toContain("no selection 'selections/none.yaml'");
  });
});
