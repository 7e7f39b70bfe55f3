import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '..', '..');
type Command = (words: readonly string[], profiles: string) => Promise<number>;

let place: string;
let profiles: string;
let model: Command;
let prices: Command;
let accelerator: Command;

beforeAll(async () => {
  const load = (name: string) => import(join(root, 'scripts', 'catalog', `${name}.mjs`));
  ({ model } = await load('model'));
  ({ prices } = await load('prices'));
  ({ accelerator } = await load('accelerator'));
});
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'berth-commands-'));
  profiles = join(place, 'profiles');
  for (const kind of ['models', 'accelerators', 'providers'])
    cpSync(join(root, 'profiles', kind), join(profiles, kind), { recursive: true });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(place, { recursive: true, force: true });
});

async function run(command: Command, ...words: readonly string[]) {
  const said: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line) => said.push(String(line)));
  vi.spyOn(console, 'error').mockImplementation((line) => said.push(String(line)));
  const code = await command(words, profiles);
  return { code, said: said.join('\n') };
}

const given = (name: string, text: string) => {
  const file = join(place, name);
  writeFileSync(file, text);
  return file;
};
const entry = (kind: string, id: string) => readFileSync(join(profiles, kind, `${id}.yaml`), 'utf8');
/** Lines of the one text that the other lacks. */
const apart = (text: string, other: string) =>
  text.split('\n').filter((line) => !other.split('\n').includes(line));

const price = (model: string, input: number, date: string) =>
  `{ model: ${model}, currency: USD, input: ${input}, output: 0.45, date: ${date}, source: price page }`;
const listOf = (...lines: readonly string[]) =>
  given('prices.yaml', `provider: deepseek\nprices:\n${lines.map((line) => `  - ${line}\n`).join('')}`);

describe('prices', () => {
  test('are shown first and written when that is asked for; nothing else of the file changes', async () => {
    const before = entry('providers', 'deepseek');
    const file = listOf(price('deepseek-chat', 0.3, '2026-12-01'));
    const shown = await run(prices, file);
    expect(shown.code).toBe(0);
    expect(shown.said).toContain('~ prices / deepseek-chat / input: 0.28 → 0.3');
    expect(shown.said).toContain('nothing was written: add --write');
    expect(entry('providers', 'deepseek')).toBe(before);

    await run(prices, file, '--write');
    const after = entry('providers', 'deepseek');
    // The day on which the whole entry was looked at stays: only its prices were.
    expect(apart(before, after).join('\n')).not.toMatch(/^checked/m);
    const { checked, ...now } = parse(after);
    const { checked: then, ...old } = parse(before);
    expect(checked).toBe(then);
    expect({ ...now, prices: null }).toEqual({ ...old, prices: null });
    expect(now.prices[0]).toMatchObject({ model: 'deepseek-chat', input: 0.3, date: '2026-12-01' });
    expect(now.prices).toHaveLength(old.prices.length);
    expect((await run(prices, file)).said).toContain('says just this');
  });

  test('of a whole entry carry its day', async () => {
    const file = given(
      'prices.yaml',
      `provider: deepseek\nchecked: 2026-12-02\nprices:\n  - ${price('deepseek-chat', 0.3, '2026-12-01')}\n`,
    );
    await run(prices, file, '--write');
    expect(entry('providers', 'deepseek')).toContain('checked: 2026-12-02');
  });

  test.each<[string, string, RegExp]>([
    [
      'of a model that nobody offers',
      price('deepseek-chatt', 1, '2026-12-01'),
      /:3:\d+ .*did you mean deepseek-chat\?/s,
    ],
    [
      'older than those that are there',
      price('deepseek-chat', 1, '2026-01-01'),
      /this price is of 2026-01-01, the one that is there of 2026-08-01/,
    ],
    [
      'without a day',
      '{ model: deepseek-chat, currency: USD, input: 1, output: 1, source: s }',
      /missing key 'date'/,
    ],
    ['below zero', price('deepseek-chat', -1, '2026-12-01'), /prices\.0\.input|prices\[0\]\.input|input/],
  ])('%s are refused', async (_, line, expected) => {
    const before = entry('providers', 'deepseek');
    const { code, said } = await run(prices, listOf(line), '--write');
    expect(code).toBe(1);
    expect(said).toMatch(expected);
    expect(entry('providers', 'deepseek')).toBe(before);
  });

  test('ten times as high are doubted aloud', async () => {
    const { said } = await run(prices, listOf(price('deepseek-chat', 280, '2026-12-01')));
    expect(said).toContain('warning: deepseek-chat changes tenfold or more');
  });
});

describe('an accelerator', () => {
  test('takes the keys that a file names, and its day', async () => {
    const before = entry('accelerators', 'l4');
    const file = given('l4.yaml', 'id: l4\nchecked: 2026-12-01\nmemory: { runtimeGib: 22.05 }\n');
    const { said } = await run(accelerator, file, '--write');
    expect(said).toContain('~ memory / runtimeGib: 22.03 → 22.05');
    const after = entry('accelerators', 'l4');
    expect(after).toContain('driverMib: 23034');
    // Keys whose values stay keep their bytes, line breaks of long texts included.
    expect(
      apart(before, after).filter((line) => !/^ {2}(runtime|driver|marketed)|^(memory|checked)/.test(line)),
    ).toEqual([]);
  });

  test('is refused where the entry has been looked at since, or where keys of a new one are missing', async () => {
    const old = await run(accelerator, given('l4.yaml', 'id: l4\nchecked: 2025-01-01\n'), '--write');
    expect([old.code, old.said]).toEqual([1, expect.stringContaining('was looked at on 2026-11-25')]);
    const fresh = await run(
      accelerator,
      given('new.yaml', 'id: h900\nchecked: 2026-12-01\nvendor: nvidea\n'),
      '--write',
    );
    expect(fresh.code).toBe(1);
    expect(fresh.said).toMatch(/new\.yaml:3:\d+ .*did you mean nvidia\?/s);
    expect(fresh.said).toContain("missing key 'memory'");
  });
});

describe('a model', () => {
  const config = {
    architectures: ['Qwen3ForCausalLM'],
    model_type: 'qwen3',
    num_hidden_layers: 36,
    hidden_size: 4096,
    num_attention_heads: 32,
    num_key_value_heads: 8,
    head_dim: 128,
    intermediate_size: 12_288,
    vocab_size: 151_936,
    tie_word_embeddings: false,
    max_position_embeddings: 40_960,
    torch_dtype: 'bfloat16',
  };
  const today = new Date().toISOString().slice(0, 10);
  let hub: Server;
  let asked: string[];
  beforeAll(async () => {
    hub = createServer(({ url = '' }, answer) => {
      asked.push(url);
      if (url === '/Qwen/Qwen3-8B/resolve/main/config.json') answer.end(JSON.stringify(config));
      else answer.writeHead(url.startsWith('/meta') ? 401 : 404).end();
    });
    await new Promise<void>((done) => hub.listen(0, '127.0.0.1', done));
  });
  beforeEach(() => {
    asked = [];
    vi.stubEnv('HF_ENDPOINT', `http://127.0.0.1:${(hub.address() as AddressInfo).port}`);
  });
  afterAll(() => new Promise((done) => hub.close(done)));

  test('is held against its configuration on the hub; the day is all that changes where it agrees', async () => {
    const before = entry('models', 'qwen3-8b').replace(/^checked: .*$/m, 'checked: 2026-01-01');
    writeFileSync(join(profiles, 'models', 'qwen3-8b.yaml'), before);
    const { code, said } = await run(model, 'qwen3-8b', '--write');
    expect(asked).toEqual([
      '/Qwen/Qwen3-8B/resolve/main/config.json',
      '/Qwen/Qwen3-8B/resolve/main/model.safetensors.index.json',
    ]);
    expect(said).toBe(`~ checked: "2026-01-01" → "${today}"\nprofiles/models/qwen3-8b.yaml written`);
    expect(code).toBe(0);
    expect(apart(entry('models', 'qwen3-8b'), before)).toEqual([`checked: ${today}`]);
  });

  test('shows what a configuration says otherwise, and is not written where dimensions and total then disagree', async () => {
    const other = given('other.json', JSON.stringify({ ...config, max_position_embeddings: 65_536 }));
    const longer = await run(model, other, '--id', 'qwen3-8b');
    expect(longer.said).toContain('~ context / max: 40960 → 65536');
    const deeper = given('deeper.json', JSON.stringify({ ...config, num_hidden_layers: 48 }));
    const refused = await run(model, deeper, '--id', 'qwen3-8b', '--write');
    expect([refused.code, refused.said]).toEqual([
      1,
      expect.stringMatching(/dimensions give \d+\.\d % more than its total/),
    ]);
  });

  test('that the catalogue lacks becomes an entry', async () => {
    const file = join(root, 'tests/fixtures/configs/glm-4.7-flash/config.json');
    const { code, said } = await run(model, file, '--write');
    expect([code, said]).toEqual([0, expect.stringContaining('+ id: glm-4.7-flash')]);
    expect(entry('models', 'glm-4.7-flash')).toContain('kvLoraRank: 512');
  });

  test.each<[string, RegExp]>([
    ['meta-llama/Llama-3.1-8B-Instruct', /401: the repository is gated\n.*download it and give its path/],
    ['nobody/nothing', /could not be read from http:\/\/127.*: 404/],
    ['qwen3-8bb', /no model 'qwen3-8bb'/],
  ])('%s is refused', async (word, expected) => {
    const { code, said } = await run(model, word);
    expect([code, said]).toEqual([1, expect.stringMatching(expected)]);
  });
});
