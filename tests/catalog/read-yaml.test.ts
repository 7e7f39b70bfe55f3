import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import * as z from 'zod';
import { parseWith, readYaml } from '../../src/catalog/read-yaml.js';
import { formatProblem, UserError } from '../../src/error.js';

const root = mkdtempSync(join(tmpdir(), 'read-yaml-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function read(text: string) {
  const file = join(root, 'a.yaml');
  writeFileSync(file, text);
  return readYaml(file, root);
}

/** The problems as they are printed, one string each. */
function problems(schema: z.ZodType, text: string): string[] {
  try {
    parseWith(schema, read(text));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.problems.map((problem) =>
      formatProblem(problem)
        .trim()
        .replace(/\n\s+→/g, ' →'),
    );
  }
  return [];
}

const Ref = z.union([
  z.strictObject({ name: z.string(), key: z.string() }),
  z.strictObject({ store: z.string(), remoteKey: z.string(), property: z.string().optional() }),
]);
const Cluster = z.strictObject({
  gpusPerNode: z.int().min(1).optional(),
  kubernetes: z.enum(['1.30', '1.36']).optional(),
});
const Schema = z.strictObject({
  version: z.literal(1),
  scheme: z.enum(['open-private', 'open-cloud']).optional(),
  callsPerMonth: z.int().min(0).optional(),
  share: z.number().gt(0).max(1).optional(),
  day: z.string().optional(),
  strict: z.boolean().optional(),
  paths: z.array(z.string().min(1)).min(1).optional(),
  cluster: z.union([z.string().regex(/^[a-z-]+$/), Cluster]).optional(),
  token: z.strictObject({ secretRef: Ref }).optional(),
  layers: z
    .array(
      z.discriminatedUnion('cache', [
        z.strictObject({ cache: z.literal('full'), layers: z.int() }),
        z.strictObject({ cache: z.literal('window'), layers: z.int(), window: z.int() }),
      ]),
    )
    .optional(),
  environments: z
    .record(z.string().regex(/^[a-z]+$/), z.strictObject({ cluster: Cluster.optional() }).nullable())
    .optional(),
});

test('grouped digits are numbers and dates stay texts', () => {
  expect(parseWith(Schema, read('version: 1\ncallsPerMonth: 3_000_000\nday: 2026-11-25\n'))).toEqual({
    version: 1,
    callsPerMonth: 3_000_000,
    day: '2026-11-25',
  });
});

test.each([
  ['a scalar is found at its value', 'version: 2', ['a.yaml:1:10  version: must be 1, found 2']],
  ['a missing key at its parent', 'strict: true', ["a.yaml:1:1  missing key 'version': 1"]],
  ['an empty file says so', '# nothing\n', ['a.yaml:1:1  the file is empty']],
  [
    'an unknown key with what is allowed and the near one',
    'version: 1\ncluster:\n  gpu_per_node: 2\n',
    [
      "a.yaml:3:3  unknown key 'gpu_per_node' in cluster, allowed: gpusPerNode, kubernetes → did you mean gpusPerNode?",
    ],
  ],
  [
    'no suggestion where nothing is near',
    'version: 1\nenvironments:\n  a: { cluster: { colour: red } }\n',
    ["a.yaml:3:19  unknown key 'colour' in environments.a.cluster, allowed: gpusPerNode, kubernetes"],
  ],
  [
    'a misspelt required key is one mistake, not two',
    'verson: 1\n',
    [
      expect.stringMatching(
        /^a\.yaml:1:1 {2}unknown key 'verson', allowed: version, .* → did you mean version\?$/,
      ),
    ],
  ],
  [
    'a wrong word with the near one',
    'version: 1\nscheme: open-privat\n',
    [
      "a.yaml:2:9  scheme: must be one of: open-private, open-cloud, found 'open-privat' → did you mean open-private?",
    ],
  ],
  [
    'a number where a text was meant, as it was written',
    'version: 1\ncluster:\n  kubernetes: 1.30\n',
    ['a.yaml:3:15  cluster.kubernetes: must be one of: 1.30, 1.36, found 1.3 → write it in quotes: "1.30"'],
  ],
  [
    'a yes',
    'version: 1\nstrict: yes\n',
    ["a.yaml:2:9  strict: must be true or false, found 'yes' → write true"],
  ],
  [
    'a quoted number',
    'version: "1"\n',
    ["a.yaml:1:10  version: must be 1, found '1' → write 1 without quotes"],
  ],
  ['a bound', 'version: 1\nshare: 0\n', ['a.yaml:2:8  share: must be more than 0, found 0']],
  [
    'a fraction',
    'version: 1\ncallsPerMonth: 1.5\n',
    ['a.yaml:2:16  callsPerMonth: must be a whole number, found 1.5'],
  ],
  ['an empty list', 'version: 1\npaths: []\n', ['a.yaml:2:1  paths: needs at least 1 entry']],
  ['an empty text in a list', "version: 1\npaths: ['']\n", ['a.yaml:2:9  paths[0]: must not be empty']],
  [
    'a text in place of a list',
    'version: 1\npaths: /v1\n',
    ["a.yaml:2:8  paths: must be a list, found '/v1' → write it as a list: [ … ]"],
  ],
  [
    'a union of a word and a map: the word was meant',
    'version: 1\ncluster: Big_One\n',
    ["a.yaml:2:10  cluster: must match /^[a-z-]+$/, found 'Big_One'"],
  ],
  [
    'a union of a word and a map: neither was meant',
    'version: 1\ncluster: [1]\n',
    ['a.yaml:2:1  cluster: must be a text or a map of keys, found a list'],
  ],
  [
    'a union of two maps: the nearest is explained',
    'version: 1\ntoken: { secretRef: { store: vault, remotekey: a } }\n',
    [
      "a.yaml:2:37  unknown key 'remotekey' in token.secretRef, allowed: store, remoteKey, property → did you mean remoteKey?",
    ],
  ],
  [
    'a discriminated union: the word that decides',
    'version: 1\nlayers:\n  - { cache: sliding, layers: 2 }\n',
    ["a.yaml:3:14  layers[0].cache: must be one of: full, window, found 'sliding'"],
  ],
  [
    'a discriminated union: only the keys of the chosen option are allowed',
    'version: 1\nlayers:\n  - { cache: full, layers: 2, window: 5 }\n',
    ["a.yaml:3:31  unknown key 'window' in layers[0], allowed: cache, layers"],
  ],
  [
    'a key that may not be one',
    'version: 1\nenvironments:\n  Prod: {}\n',
    ["a.yaml:3:3  key 'Prod' in environments: must match /^[a-z]+$/, found 'Prod'"],
  ],
  [
    'a key given twice',
    'version: 1\nversion: 1\n',
    ["a.yaml:2:1  duplicate key 'version' → keep one of the two"],
  ],
  [
    'an unclosed bracket',
    'version: [1\n',
    [expect.stringMatching(/^a\.yaml:2:1 {2}flow sequence in block collection/)],
  ],
])('%s', (_, text, expected) => {
  expect(problems(Schema, text)).toEqual(expected);
});

test('all mistakes at once, in the order of the file', () => {
  const text = 'version: 3\nscheme: x\nshare: 2\npaths: [1]\nenvironments: { a: { custer: {} } }\n';
  expect(problems(Schema, text).map((line) => line.split('  ')[0])).toEqual([
    'a.yaml:1:10',
    'a.yaml:2:9',
    'a.yaml:3:8',
    'a.yaml:4:9',
    'a.yaml:5:22',
  ]);
});

test.each([
  'token: hf_abcdefghijklmnop',
  'day: [hf_abcdefghijklmnop]',
  'cluster: hf_abcdefghijklmnop',
  'token: { secretRef: hunter2hunter2 }',
])('a value that may be a secret is not repeated: %s', (line) => {
  const printed = problems(Schema, `version: 1\n${line}\n`).join('\n');
  expect(printed).not.toBe('');
  expect(printed).not.toMatch(/hf_abc|hunter2/);
});

test('places are of the key for maps, of the value for scalars, of the parent for what is absent', () => {
  const yaml = read('a:\n  b: 1\n  c: [x, y]\nd: &m { e: 2 }\nf: *m\n');
  expect(yaml.placeOf(['a', 'b'])).toEqual({ file: 'a.yaml', line: 2, column: 6 });
  expect(yaml.placeOf(['a', 'b'], 'key')).toEqual({ file: 'a.yaml', line: 2, column: 3 });
  expect(yaml.placeOf(['a', 'c', 1])).toEqual({ file: 'a.yaml', line: 3, column: 10 });
  expect(yaml.placeOf(['a'])).toEqual({ file: 'a.yaml', line: 1, column: 1 });
  expect(yaml.placeOf(['a', 'z'])).toEqual({ file: 'a.yaml', line: 1, column: 1 });
  expect(yaml.placeOf(['f', 'e'])).toEqual({ file: 'a.yaml', line: 4, column: 12 });
});

test('a file that does not exist is the user’s mistake', () => {
  expect(() => readYaml(join(root, 'none.yaml'), root)).toThrow(UserError);
});

test('an alias bomb is a problem of the file, not a hang', () => {
  const levels = ['a: &a [1,1,1,1,1,1,1,1,1,1]'];
  for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef'])
    levels.push(`${to}: &${to} [${Array(10).fill(`*${from}`).join(',')}]`);
  expect(problems(z.unknown(), levels.join('\n'))).toEqual([expect.stringContaining('alias')]);
});
