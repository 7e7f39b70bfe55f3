import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openCatalog } from '../../src/catalog/catalog.js';
import { heldUnder } from '../../src/catalog/held-under.js';
import { berth } from './run.js';

const configs = join(import.meta.dirname, '..', 'fixtures', 'configs');

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'berth-models-'));
  writeFileSync(join(project, 'cdk8s.yaml'), '');
  cpSync(configs, join(project, 'models'), { recursive: true });
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

const run = (...words: string[]) => berth(project, ...words);
const config = (name: string) => join('models', name, 'config.json');
const written = (id: string) => readFileSync(join(project, 'profiles', 'models', `${id}.yaml`), 'utf8');

describe('three models that the catalogue lacks are added and sized without a change of code', () => {
  test.each([
    // 34.4 B of 16 bits are 64.1 GiB; 2 × 60 × 8 × 128 × 2 bytes a token.
    ['dense', 'yi-1.5-34b-chat', '1xh100-sxm', 64.1, 245_760],
    // 29.9 B; one latent of 512 + 64 values of 16 bits for each of 47 layers, and the absorbed copies of kv_b.
    ['experts with latent attention', 'glm-4.7-flash', '1xh100-sxm', 56.2, 54_144],
    // 6.94 B; 4 of 40 layers keep 2 × 4 × 128 values of 16 bits.
    ['Mamba-2 and attention with experts', 'granite-4.0-h-tiny', '1xh100-sxm', 12.93, 8192],
  ])('%s: %s', async (_, name, on, weightsGib, bytesPerToken) => {
    expect((await run('size', name, '--on', on)).stderr).toContain('no model');
    const added = await run('models', 'add', config(name), '--licence', 'apache-2.0');
    expect(added.code).toBe(0);
    expect(added.stdout).toContain(`profiles/models/${name}.yaml`);
    expect(added.stdout).toContain('not known');
    const sized = await run('size', name, '--on', on, '--max-model-len', '4096', '--json');
    const { fits, perGpu, kvBytesPerTokenPerGpu } = JSON.parse(sized.stdout);
    expect(fits).toBe(true);
    expect(Math.abs(perGpu.weightsGib / weightsGib - 1)).toBeLessThan(0.01);
    expect(kvBytesPerTokenPerGpu).toBe(bytesPerToken);
  });

  test('a hybrid’s state counts for every sequence', async () => {
    await run('models', 'add', config('granite-4.0-h-tiny'));
    const sized = await run('size', 'granite-4.0-h-tiny', '--on', '1xl40s', '--json');
    const state = 48 * 64 * 128 * 2 + (48 * 64 + 2 * 128) * 3 * 2;
    expect(JSON.parse(sized.stdout).stateBytesPerSequencePerGpu).toBe(36 * state);
  });
});

test('the entry is one of the catalogue, short, and says what nobody has confirmed', async () => {
  await run('models', 'add', config('yi-1.5-34b-chat'), '--hugging-face', '01-ai/Yi-1.5-34B-Chat');
  const model = openCatalog(project).model('yi-1.5-34b-chat');
  expect(model).toMatchObject({
    name: 'Yi-1.5-34B-Chat',
    licence: 'unknown',
    context: { max: 4096, suggested: 4096 },
    sources: { architecture: 'config.json of 01-ai/Yi-1.5-34B-Chat' },
  });
  expect(model?.checkpoints[0]).toMatchObject({
    huggingFace: '01-ai/Yi-1.5-34B-Chat',
    notVerified: true,
    gated: null,
  });
  expect(model?.notVerified.join('\n')).toMatch(/licence[\s\S]*total[\s\S]*gated/);
  expect(written('yi-1.5-34b-chat')).not.toMatch(/indexerBytes|mlpMatrices|exclude|\/tmp/);
});

test('an index gives the total, and a disagreement with the dimensions is said and kept', async () => {
  const index = (bytes: number) =>
    JSON.stringify({
      metadata: { total_size: bytes },
      weight_map: { 'model.embed.weight': 'a.safetensors' },
    });
  writeFileSync(join(project, 'good.json'), index(68_777_834_496));
  const good = await run('models', 'add', config('yi-1.5-34b-chat'), '--index', 'good.json');
  expect(good.stdout).toContain('34.39 B in the files, 34.39 B by its dimensions (0.00 % apart)');
  expect(written('yi-1.5-34b-chat')).toContain('totalSource: good.json of yi-1.5-34b-chat');
  writeFileSync(join(project, 'odd.json'), index(80_000_000_000));
  const odd = await run('models', 'add', config('yi-1.5-34b-chat'), '--index', 'odd.json', '--id', 'odd');
  expect(odd.stdout).toContain('why dimensions and weight files disagree');
  expect(openCatalog(project).model('odd')?.notes[0]).toMatch(/^weights: .*-14\.0 % away/);
});

test('what an image model’s files hold beside the dimensions is counted as loaded', async () => {
  const path = join(project, config('yi-1.5-34b-chat'));
  const text = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...text, vision_config: {} }));
  writeFileSync(
    join(project, 'models', 'yi-1.5-34b-chat', 'model.safetensors.index.json'),
    JSON.stringify({ metadata: { total_size: 70_000_000_000 }, weight_map: { a: 'b' } }),
  );
  await run('models', 'add', config('yi-1.5-34b-chat'));
  const { beside } = openCatalog(project).model('yi-1.5-34b-chat')?.parameters ?? { beside: [] };
  expect(beside).toEqual([
    expect.objectContaining({ loaded: true, count: expect.closeTo(35_000_000_000 - 34_388_917_248, -6) }),
  ]);
});

describe('nothing is written', () => {
  test('over an entry that is there', async () => {
    await run('models', 'add', config('glm-4.7-flash'));
    const before = written('glm-4.7-flash');
    const again = await run('models', 'add', config('glm-4.7-flash'), '--licence', 'mit');
    expect([again.code, written('glm-4.7-flash')]).toEqual([1, before]);
    expect(again.stderr).toMatch(/profiles\/models\/glm-4\.7-flash\.yaml\n +this entry is there already/);
  });

  test('in place of an entry that comes with Berth, unless it is asked for by --id', async () => {
    const words = ['models', 'add', config('glm-4.7-flash')];
    const refused = await run(...words, '--name', 'Qwen3-8B');
    expect(refused.stderr).toContain('Berth comes with a model qwen3-8b');
    expect(existsSync(join(project, 'profiles'))).toBe(false);
    expect((await run(...words, '--id', 'qwen3-8b')).code).toBe(0);
    expect(openCatalog(project).notices.join()).toContain('replaces the entry of the same id');
  });

  test.each([
    ['an unknown licence', ['--licence', 'apache-2'], /did you mean apache-2\.0\?/],
    ['an id that is none', ['--id', 'My Model'], /lower case/],
    ['a repository that is none', ['--hugging-face', 'x'], /owner\/name/],
    ['an index that is not there', ['--index', 'none.json'], /no such file/],
    ['an unknown flag', ['--ldi', 'x'], /unknown option/],
  ])('for %s', async (_, words, expected) => {
    const { code, stderr } = await run('models', 'add', config('glm-4.7-flash'), ...words);
    expect(code).toBe(1);
    expect(stderr).toMatch(expected);
    expect(existsSync(join(project, 'profiles'))).toBe(false);
  });

  test('for a file that lacks what a size needs, or is not there, or outside a project', async () => {
    writeFileSync(join(project, 'bad.json'), '{"hidden_size": 8}');
    expect((await run('models', 'add', 'bad.json')).stderr).toMatch(/missing: num_hidden_layers/);
    expect((await run('models', 'add', 'none.json')).stderr).toMatch(/no such file/);
    rmSync(join(project, 'cdk8s.yaml'));
    expect((await run('models', 'add', config('glm-4.7-flash'))).stderr).toMatch(/no project here/);
  });
});

test('as JSON it is the entry and its file', async () => {
  const { stdout } = await run('models', 'add', config('granite-4.0-h-tiny'), '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    file: 'profiles/models/granite-4.0-h-tiny.yaml',
    model: { id: 'granite-4.0-h-tiny' },
  });
});

test('a fine-tuned model takes the licence of what it came from along', async () => {
  const words = ['--licence', 'mit', '--derived-from', 'llama-3.1-8b'];
  expect((await run('models', 'add', config('yi-1.5-34b-chat'), ...words)).code).toBe(0);
  const catalog = openCatalog(project);
  const model = catalog.model('yi-1.5-34b-chat');
  if (model === undefined) throw new Error('nothing was added');
  expect(heldUnder(model, catalog).map(({ id, how }) => [id, how])).toEqual([
    ['mit', null],
    ['llama3.1', 'fine-tuned'],
  ]);
  const wrong = await run('models', 'add', config('glm-4.7-flash'), '--derived-from', 'llama-3.1-8');
  expect(wrong.code).toBe(1);
  expect(wrong.stderr).toContain('did you mean llama-3.1-8b');
});
