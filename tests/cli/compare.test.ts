import { describe, expect, test } from 'vitest';
import { scratchProject } from '../selection/scratch.js';
import { berth } from './run.js';

const { root, write } = scratchProject();
const CLUSTER = `cluster:
  kubernetes: "1.36"
  accelerator: a100-80-sxm
  gpusPerNode: 8
  storageClass: { shared: cephfs }
`;
write(
  'selections/chat.yaml',
  `version: 1
name: chat
scheme: open-private
model: qwen3-32b
organization: { size: large, country: DE }
data: { classification: internal, personalInformation: false }
usage: { audience: internal }
${CLUSTER}environments:
  staging: { profile: medium, precision: awq, sizing: { gpusPerReplica: 1, replicas: { min: 1, max: 1 } } }
  production: { profile: large, sizing: { gpusPerReplica: 4, replicas: { min: 2, max: 4 } } }
  twin: { profile: large, sizing: { gpusPerReplica: 4, replicas: { min: 2, max: 4 } } }
`,
);
write(
  'selections/other.yaml',
  `version: 1\nname: other\nscheme: open-private\nmodel: qwen3-8b\nprofile: small\n${CLUSTER}environments: { staging: {} }\n`,
);

const run = (...words: string[]) => berth(root, 'plan', ...words);
const json = async (...words: string[]) => JSON.parse((await run(...words, '--json')).stdout);

interface Row {
  readonly key: string;
  readonly values: readonly (string | null)[];
}
const valuesOf = (rows: readonly Row[], key: string) => rows.find((row) => row.key === key)?.values;

describe('two environments of one selection', () => {
  test('differ in what they set, in what follows, and in what the checks say', async () => {
    const { selection, environments, settings, numbers, findings, same } = await json(
      'chat',
      '--compare',
      'staging',
      'production',
    );
    expect([selection, environments]).toEqual(['chat', ['staging', 'production']]);
    expect(valuesOf(settings, 'precision')).toEqual(['awq', 'bf16']);
    expect(valuesOf(settings, 'sizing.gpusPerReplica')).toEqual(['1', '4']);
    expect(valuesOf(numbers, 'accelerators in all, at most')).toEqual(['1', '16']);
    expect(valuesOf(numbers, 'replicas')).toEqual(['1', '2 to 4']);
    const [small, large] = (valuesOf(numbers, 'KV cache, tokens a replica') ?? []).map((text) =>
      Number(text?.replaceAll(/\D/g, '')),
    );
    expect(large).toBeGreaterThan(2 * (small ?? 0));
    for (const { values } of [...settings, ...numbers, ...findings])
      expect(new Set(values).size).toBeGreaterThan(1);
    expect(settings.map(({ key }: Row) => key)).not.toContain('cluster.kubernetes');
    expect(same).toBeGreaterThan(10);
  });

  test('are side by side for people, a column each', async () => {
    const { stdout } = await run('chat', '--compare', 'staging', 'production');
    expect(stdout).toContain('chat: staging against production');
    expect(stdout).toMatch(/^numbers +staging +production$/m);
    expect(stdout).toMatch(/^accelerators of a replica +1 × a100-80-sxm +4 × a100-80-sxm$/m);
    expect(stdout).toMatch(/settings, numbers and findings are the same/);
  });

  test('that are described alike differ in nothing but their namespace', async () => {
    const { settings, numbers } = await json('chat', '--compare', 'production', 'twin');
    expect(settings).toEqual([{ key: 'namespace', values: ['chat-production', 'chat-twin'] }]);
    expect(numbers).toEqual([]);
  });
});

test('three environments have three columns', async () => {
  const { environments, settings } = await json('chat', '--compare', 'staging', 'production', 'twin');
  expect(environments).toEqual(['staging', 'production', 'twin']);
  expect(valuesOf(settings, 'precision')).toEqual(['awq', 'bf16', 'bf16']);
});

test('without a selection those count that have all of the environments', async () => {
  expect((await json('--compare', 'staging', 'production')).selection).toBe('chat');
});

test.each([
  ['one environment', ['chat', '--compare', 'staging'], /two environments at least/],
  ['an environment twice', ['chat', '--compare', 'staging', 'staging'], /two environments at least/],
  ['an unknown one', ['chat', '--compare', 'staging', 'prodution'], /did you mean production\?/],
  [
    'a selection that lacks one',
    ['other', '--compare', 'staging', 'production'],
    /no environment 'production'/,
  ],
  ['the selection at the end', ['--compare', 'staging', 'production', 'chat'], /no environment 'chat'/],
  ['an environment beside it', ['chat', '-e', 'staging', '--compare', 'a', 'b'], /cannot be used with/],
])('%s is a mistake', async (_, words, expected) => {
  const { code, stderr } = await run(...words);
  expect(code).toBe(1);
  expect(stderr).toMatch(expected);
});
