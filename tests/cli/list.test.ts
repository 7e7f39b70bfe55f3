import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { packageRoot } from '../../src/catalog/package-root.js';
import { berth } from './run.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-list-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const json = async (...words: string[]) => JSON.parse((await berth(folder, ...words, '--json')).stdout);

test('kinds of clusters and providers are listed, and explained with what nobody confirmed', async () => {
  const { stdout } = await berth(folder, 'list', 'clusters');
  expect(stdout).toMatch(/^eks +public +by-choice +aws /m);
  expect((await json('list', 'providers')).map(({ id }: { id: string }) => id)).toContain('deepseek');
  const explained = await berth(folder, 'explain', 'tencent-tokenhub');
  expect(explained.stdout).toContain('api.hunyuan.cloud.tencent.com');
  expect(explained.stdout).toMatch(/not verified\n {2}Hy4/);
  expect((await berth(folder, 'explain', 'tencent-tke')).stdout).toMatch(/taints: unknown/);
});

test('what nobody has confirmed is counted where entries are listed, and said where they are sized', async () => {
  const { stdout } = await berth(folder, 'list', 'accelerators');
  expect(stdout).toMatch(/^l4 .* nvidia\.com\/gpu +1$/m);
  expect((await berth(folder, 'list', 'models')).stdout).toMatch(/^qwen2\.5-7b .* apache-2\.0 +1$/m);
  const { assumptions } = await json('size', 'qwen2.5-7b', '--on', '1xl4', '--max-model-len', '8k');
  expect(assumptions.filter((line: string) => line.startsWith('not verified of'))).toHaveLength(2);
});

test('a project’s own old entries are stale, oldest first, a bare year counting from its first day', async () => {
  writeFileSync(join(folder, 'cdk8s.yaml'), '');
  for (const [kind, id, checked] of [
    ['models', 'qwen3-8b', '2026-05-28'],
    ['providers', 'openai', '2026'],
    ['clusters', 'eks', '2026-05-29'],
  ] as const) {
    mkdirSync(join(folder, 'profiles', kind), { recursive: true });
    const text = readFileSync(join(packageRoot(), 'profiles', kind, `${id}.yaml`), 'utf8');
    writeFileSync(
      join(folder, 'profiles', kind, `${id}.yaml`),
      text.replace(/^checked: .*/m, `checked: "${checked}"`),
    );
  }
  // 180 days before 2026-11-25 is 2026-05-29.
  const stale = await json('list', '--stale', '--as-of', '2026-11-25');
  expect(stale).toEqual([
    { kind: 'providers', id: 'openai', checked: '2026', ageDays: 328 },
    { kind: 'models', id: 'qwen3-8b', checked: '2026-05-28', ageDays: 181 },
  ]);
  const all = await json('list', '--stale', '--as-of', '2026-11-25', '--days', '179');
  expect(all.map(({ id }: { id: string }) => id)).toEqual(['openai', 'qwen3-8b', 'eks']);
  expect(await json('list', 'models', '--stale', '--as-of', '2026-11-25')).toHaveLength(1);
});

test('every kind that carries a day can be stale', async () => {
  const stale = await json('list', '--stale', '--as-of', '2030-01-01');
  const kinds = new Set(stale.map(({ kind }: { kind: string }) => kind));
  expect([...kinds].sort()).toEqual([
    'accelerators',
    'clusters',
    'engines',
    'licences',
    'models',
    'providers',
    'sizing',
    'translators',
  ]);
});

test.each([
  ['no kind', ['list'], /one of: models/],
  ['a kind without days', ['list', 'checks', '--stale'], /carry no day/],
  ['a day that is none', ['list', '--stale', '--as-of', 'soon'], /2027-03-31/],
  ['days that are none', ['list', '--stale', '--days', '-3'], /whole number/],
])('%s is a mistake that says what is allowed', async (_, words, expected) => {
  const { code, stderr } = await berth(folder, ...words);
  expect(code).toBe(1);
  expect(stderr).toMatch(expected);
});

test('nothing old is said so', async () => {
  const { code, stderr, stdout } = await berth(folder, 'list', '--stale', '--as-of', '2000-01-01');
  expect([code, stdout]).toEqual([0, '']);
  expect(stderr).toContain('nothing was last looked at');
});
