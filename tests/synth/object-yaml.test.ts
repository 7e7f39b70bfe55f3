import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { objectYaml, yaml } from '../../src/synth/object-yaml.js';

test.each([
  ['1.36', '"1.36"'],
  ['true', '"true"'],
  ['on', '"on"'],
  ['Off', '"Off"'],
  ['y', '"y"'],
  ['0755', '"0755"'],
  ['0o17', '"0o17"'],
  ['0x1F', '"0x1F"'],
  ['1:30', '"1:30"'],
  ['1_000', '"1_000"'],
  ['1e3', '"1e3"'],
  ['null', '"null"'],
  ['~', '"~"'],
  ['2026-11-25', '"2026-11-25"'],
  ['', '""'],
  ['plain words', 'plain words'],
  ['100m', '100m'],
])('the string %s is written as %s', (value, written) => {
  expect(yaml({ key: value })).toBe(`key: ${written}\n`);
});

test('numbers and booleans stay bare, and long lines are not wrapped', () => {
  const long = 'word '.repeat(60).trim();
  expect(yaml({ a: 1, b: true, c: long })).toBe(`a: 1\nb: true\nc: ${long}\n`);
});

test('identity comes first, the rest as built', () => {
  const object = {
    spec: { b: 1, a: 2 },
    metadata: { labels: { x: 'y' }, namespace: 'n', name: 'm' },
    kind: 'Job',
    apiVersion: 'batch/v1',
  };
  expect(objectYaml(object)).toBe(
    'apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: m\n  namespace: "n"\n  labels:\n    x: "y"\nspec:\n  b: 1\n  a: 2\n',
  );
});

test('parsers of YAML 1.1 and 1.2 read back what was written', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false, maxDepth: 3 }), (value) => {
      const json = JSON.parse(JSON.stringify({ value }));
      const text = yaml(json);
      for (const version of ['1.1', '1.2'] as const) expect(parse(text, { version })).toEqual(json);
    }),
    { numRuns: 300 },
  );
});
