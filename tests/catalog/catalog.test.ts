import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openCatalog } from '../../src/catalog/catalog.js';
import { packageRoot } from '../../src/catalog/package-root.js';
import { formatProblem, UserError } from '../../src/error.js';

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'catalog-'));
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

function write(path: string, text: string): void {
  const file = join(project, 'profiles', path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
}

function packaged(path: string): string {
  return readFileSync(join(packageRoot(), 'profiles', path), 'utf8');
}

/** What reading throws, as it is printed. */
function printed(read: () => unknown): string[] {
  try {
    read();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [
      error.summary,
      ...error.problems.map((problem) =>
        formatProblem(problem)
          .trim()
          .replace(/\n\s+→/g, ' →'),
      ),
    ];
  }
  return [];
}

test.each([
  ['a catalogue id', 'qwen3-32b', 'qwen3-32b', undefined],
  ['an id in capitals', 'Qwen3-32B', 'qwen3-32b', undefined],
  ['the maker’s repository', 'Qwen/Qwen3-32B', 'qwen3-32b', 'bf16'],
  ['a repository in other case', 'qwen/qwen3-32b-AWQ', 'qwen3-32b', 'awq'],
  ['a ModelScope repository', 'LLM-Research/Meta-Llama-3.1-8B-Instruct', 'llama-3.1-8b', 'bf16'],
  ['a third party’s repository', 'kosbu/Llama-3.3-70B-Instruct-AWQ', 'llama-3.3-70b', 'awq'],
])('a model is found by %s', (_, asked, id, precision) => {
  const found = openCatalog(undefined).findModel(asked);
  expect(found?.model.id).toBe(id);
  expect(found?.checkpoint?.precision).toBe(precision);
});

test.each(['nobody/nothing', 'qwen', '', 'Qwen/Qwen3', '../models/qwen3-8b'])(
  'no model is found by %j',
  (asked) => {
    expect(openCatalog(undefined).findModel(asked)).toBeUndefined();
  },
);

test('an entry of the project replaces the whole entry of the package, and the catalogue says so', () => {
  write('sizing/small.yaml', packaged('sizing/small.yaml').replace('context: 8192', 'context: 1234'));
  const catalog = openCatalog(project);
  expect(catalog.sizingProfile('small')?.context).toBe(1234);
  expect(catalog.sizingProfile('medium')?.context).toBe(8192);
  expect(catalog.notices).toEqual([
    'profiles/sizing/small.yaml replaces the entry of the same id that comes with Berth',
  ]);
});

test('an entry of the project that the package lacks is one more id', () => {
  write(
    'accelerators/h100-lab.yaml',
    packaged('accelerators/h100-sxm.yaml').replace('id: h100-sxm', 'id: h100-lab'),
  );
  const catalog = openCatalog(project);
  expect(catalog.accelerator('h100-lab')?.memory.runtimeGib).toBe(79.19);
  expect(catalog.ids('accelerators')).toContain('h100-lab');
  expect(catalog.ids('accelerators')).toEqual([...catalog.ids('accelerators')].sort());
  expect(catalog.notices).toEqual([]);
});

test('a file under another ending is not read, and the catalogue says so', () => {
  write('models/mine.yml', 'id: mine\n');
  const catalog = openCatalog(project);
  expect(catalog.model('mine')).toBeUndefined();
  expect(catalog.notices).toEqual(['profiles/models/mine.yml is not read: only .yaml files are']);
});

test('a broken entry says where, what was found, what is allowed and the likely fix, and only when it is asked for', () => {
  const text = packaged('accelerators/l4.yaml')
    .replace('vendor: nvidia', 'vendor: nvidea')
    .replace('powerWatts:', 'powerWats:');
  write('accelerators/l4.yaml', text);
  const catalog = openCatalog(project);
  expect(catalog.accelerator('h200')?.id).toBe('h200');
  const line = (key: string) => text.split('\n').findIndex((row) => row.startsWith(key)) + 1;
  expect(printed(() => catalog.accelerator('l4'))).toEqual([
    'profiles/accelerators/l4.yaml is not valid',
    `profiles/accelerators/l4.yaml:${line('vendor')}:9  vendor: must be one of: nvidia, amd, huawei, intel, other, found 'nvidea' → did you mean nvidia?`,
    expect.stringMatching(
      new RegExp(
        `^profiles/accelerators/l4\\.yaml:${line('powerWats')}:1 {2}unknown key 'powerWats', allowed: .*powerWatts.* → did you mean powerWatts\\?$`,
      ),
    ),
  ]);
});

test('an entry whose id is not its file’s name is refused', () => {
  write('sizing/tiny.yaml', packaged('sizing/small.yaml'));
  expect(printed(() => openCatalog(project).sizingProfile('tiny'))).toEqual([
    'profiles/sizing/tiny.yaml is not valid',
    "profiles/sizing/tiny.yaml:1:5  id 'small' is not the file's name 'tiny' → give the file and its entry the same name",
  ]);
});

test('a broken engine table names its line', () => {
  write('engines/vllm-0.99.0.json', '{\n  "engine": "vllm",\n  "version": 99\n}\n');
  const lines = printed(() => openCatalog(project).engine('0.99.0'));
  expect(lines).toContain(
    'profiles/engines/vllm-0.99.0.json:3:14  version: must be a text, found 99 → write it in quotes: "99"',
  );
});

test('the repository’s own profiles do not replace themselves', () => {
  expect(openCatalog(packageRoot()).notices).toEqual([]);
});
