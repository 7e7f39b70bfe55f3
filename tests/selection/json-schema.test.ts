import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { readYaml } from '../../src/catalog/read-yaml.js';
import { jsonSchemas } from '../../src/selection/json-schema.js';
import { findSelections } from '../../src/selection/project.js';
import { selectionSchema } from '../../src/selection/schema.js';
import { templates } from '../../templates/registry.js';

const root = join(import.meta.dirname, '..', '..');
const schemas = jsonSchemas(templates);
const Selection = selectionSchema(
  templates.map(({ name }) => name),
  templates,
);

function validator(file: string) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  return ajv.compile(JSON.parse(schemas[file] ?? ''));
}

test.each(Object.keys(schemas))('schema/%s is what npm run schema writes', (file) => {
  expect(readFileSync(join(root, 'schema', file), 'utf8')).toBe(schemas[file]);
});

test('every key of a selection has a line of help', () => {
  const mute: string[] = [];
  const walk = (node: unknown, path: string): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      // Models and what they are made of have their help in the catalogue's own files.
      // The rules of a scheme only forbid keys: what these mean is said where they stand.
      if (path.endsWith('.properties') && !path.includes('.model.') && !path.startsWith('.allOf.')) {
        const { description, $ref } = value as { description?: string; $ref?: string };
        if (description === undefined && $ref === undefined) mute.push(`${path}.${key}`);
      }
      walk(value, `${path}.${key}`);
    }
  };
  walk(JSON.parse(schemas['selection.json'] ?? ''), '');
  expect(mute).toEqual([]);
});

describe('editors and the program agree', () => {
  const valid = validator('selection.json');

  test("on the project's own selections", () => {
    for (const file of findSelections(root)) {
      const { data } = readYaml(file, root);
      expect(valid(data), `${file}: ${JSON.stringify(valid.errors)}`).toBe(true);
    }
  });

  const minimal = { version: 1, name: 'a', scheme: 'open-private', environments: { b: null } };
  test.each([
    ['the least', minimal, true],
    ['no environment', { ...minimal, environments: {} }, false],
    ['an unknown key', { ...minimal, modle: 'x' }, false],
    ['null in an environment', { ...minimal, environments: { b: { expose: { tls: null } } } }, true],
    ['an unknown word', { ...minimal, scheme: 'private' }, false],
    ['an address that is none', { ...minimal, weights: { endpoint: 'mirror' } }, false],
    ['a number for a version', { ...minimal, cluster: { kubernetes: 1.36 } }, false],
  ])('on %s', (_, data, expected) => {
    expect(valid(data)).toBe(expected);
    expect(Selection.safeParse(data).success).toBe(expected);
  });
});
