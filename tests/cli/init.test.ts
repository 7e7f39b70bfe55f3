import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { openCatalog } from '../../src/catalog/catalog.js';
import { localeOf, textsOf } from '../../src/cli/init/language.js';
import { placeFiles } from '../../src/cli/init/place-files.js';
import { QUESTIONS } from '../../src/cli/init/questions.js';
import { berth } from './run.js';

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'berth-init-')), 'desk');
  mkdirSync(folder);
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

const init = (...words: string[]) => berth(folder, 'init', '--lang', 'en', ...words);
const ENOUGH = ['--yes', '--country', 'DE', '--ai-engineers', '2', '--accelerator', 'l40s'];

describe('berth init without a terminal', () => {
  it('names every flag that is missing, with its reason and what it takes', async () => {
    const { code, stderr } = await init();
    expect(code).toBe(1);
    for (const flag of [
      '--name',
      '--country',
      '--classification',
      '--ai-engineers',
      '--accelerator',
      '--model',
    ])
      expect(stderr).toContain(`missing ${flag}:`);
    expect(stderr).toContain('one of: public, internal, sensitive, important, core');
    expect(stderr).not.toContain('--monthly-active-users');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('takes defaults where it is told to, and asks for the rest only', async () => {
    const { code, stderr } = await init('--yes');
    expect(code).toBe(1);
    expect(stderr.match(/missing --[a-z-]+/g)).toEqual([
      'missing --country',
      'missing --ai-engineers',
      'missing --accelerator',
      'missing --model',
    ]);
  });

  it('reads a file of answers, and a flag wins over it', async () => {
    writeFileSync(
      join(folder, '..', 'answers.yaml'),
      'country: FR\naiEngineers: 3\naccelerator: l4\nneed: mixed\n',
    );
    const { code, stdout } = await init('--answers', '../answers.yaml', '--yes', '--country', 'SE');
    expect(code).toBe(0);
    expect(stdout).toContain('npm install && npx berth synth');
    const selection = parse(readFileSync(join(folder, 'selections/desk.yaml'), 'utf8'));
    expect(selection.organization).toEqual({ country: 'SE', aiEngineers: 3 });
    expect(selection.usage.need).toBe('mixed');
    // A card of 24 GB: the graphs stand outside the budget.
    expect(selection.engine).toEqual({ gpuMemoryUtilization: 0.9 });
  });

  it.each([
    ['a word that is no class', ['--classification', 'secret'], /--classification secret: public, internal/],
    ['an accelerator that nobody makes', ['--accelerator', 'h10-sxm'], /did you mean h100-sxm/],
    ['a country in words', ['--country', 'Germany'], /two capital letters/],
    [
      'a model that the company may not use',
      ['--model', 'mistral-large-2407', '--accelerator', 'h200', '--gpus-per-node', '8'],
      /research purposes only/,
    ],
    [
      'Llama 4 in Germany',
      ['--model', 'llama-4-scout', '--accelerator', 'h200', '--gpus-per-node', '8'],
      /European Union/,
    ],
    ['a model that does not fit', ['--model', 'qwen2.5-72b'], /no model .* fits/],
    ['nobody who could run it', ['--ai-engineers', '0'], /missing --personal-information/],
    ['an add-on that Berth does not know', ['--capabilities', 'keda,linkerd'], /--capabilities keda,linkerd/],
    ['gaming cards in a place that nobody named', ['--accelerator', 'rtx-4090'], /missing --site/],
    ['sensitive data on disks that nobody described', ['--classification', 'core'], /missing --encrypted/],
  ])('refuses %s', async (_, words, says) => {
    const { code, stderr } = await init(...ENOUGH, ...words);
    expect(code).toBe(1);
    expect(stderr).toMatch(says);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    [
      'a value that is none of the choices',
      'classification: secret\n',
      /1:17 +classification: must be one of: public/,
    ],
    [
      'a misspelt key',
      'clasification: public\n',
      /1:1 +unknown key 'clasification'[\s\S]*did you mean classification/,
    ],
    ['a file that is not YAML', 'name: [x\n', /answers\.yaml/],
  ])('refuses answers with %s, at its place', async (_, text, says) => {
    writeFileSync(join(folder, '..', 'answers.yaml'), text);
    const { code, stderr } = await init(...ENOUGH, '--answers', '../answers.yaml', '--yes');
    expect(code).toBe(1);
    expect(stderr).toMatch(says);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('writes nothing where the checks would refuse it: gaming cards in a data centre', async () => {
    const { code, stderr } = await init(...ENOUGH, '--accelerator', 'rtx-4090', '--site', 'data-centre');
    expect(code).toBe(1);
    expect(stderr).toContain('accelerator/datacentre');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves the files of a folder alone that is no project yet', async () => {
    writeFileSync(join(folder, 'package.json'), '{ "name": "mine" }');
    expect((await init(...ENOUGH)).code).toBe(0);
    expect(readFileSync(join(folder, 'package.json'), 'utf8')).toBe('{ "name": "mine" }');
    expect(readdirSync(folder).sort()).toEqual([
      '.github',
      '.gitignore',
      'cdk8s.yaml',
      'package.json',
      'selections',
    ]);
  });
});

describe('without a team', () => {
  const CLOUD = ['--yes', '--ai-engineers', '0', '--client-key-sha256', 'ab'.repeat(32)];

  it('N2: writes no open-private; the provider answers where the company is', async () => {
    const { code } = await init(
      ...CLOUD,
      '--country',
      'DE',
      '--personal-information',
      '--provider',
      'openai',
    );
    expect(code).toBe(0);
    const selection = parse(readFileSync(join(folder, 'selections/desk.yaml'), 'utf8'));
    expect(selection.scheme).toBe('closed-cloud');
    expect(selection.providers.first.host).toBe('eu.api.openai.com');
    const said = await init(...ENOUGH, '--name', 'own', '--ai-engineers', '0', '--scheme', 'open-private');
    expect(said.code).toBe(1);
    expect(said.stderr).toContain('pitfall/no-team');
  });

  it('offers only providers that the data may reach', async () => {
    const words = [...CLOUD, '--country', 'CN', '--personal-information'];
    const { stderr } = await init(...words);
    const offered = /missing --provider:.*\n.*one of: (.*)/.exec(stderr)?.[1]?.split(', ') ?? [];
    expect(offered).toContain('baidu-qianfan');
    for (const abroad of ['openai', 'mistral', 'xai']) expect(offered).not.toContain(abroad);
    expect((await init(...words, '--provider', 'openai')).stderr).toContain('the data may not go there');
  });

  it('N1: writes nothing for sensitive data, and says what would help', async () => {
    const words = ['--country', 'CN', '--classification', 'sensitive', '--no-personal-information'];
    const { code, stderr } = await init(...CLOUD, ...words, '--provider', 'baidu-qianfan');
    expect(code).toBe(1);
    expect(stderr).toContain('such data may go to no provider: hire one or two, take what is sensitive out');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('files are placed all or none', () => {
  it('where one of them cannot be, the others and their folders are taken away again', () => {
    writeFileSync(join(folder, 'blocked'), 'a file, no folder');
    const files = new Map([
      ['a.txt', 'a'],
      ['new/folder/b.txt', 'b'],
      ['blocked/c.txt', 'c'],
    ]);
    expect(() => placeFiles(folder, files)).toThrow('nothing was written');
    expect(readdirSync(folder)).toEqual(['blocked']);
  });
});

describe('languages', () => {
  it.each([
    [{ LANG: 'zh_CN.UTF-8' }, { language: 'zh', country: 'CN' }],
    [
      { LC_ALL: 'en_GB.UTF-8', LANG: 'zh_CN.UTF-8' },
      { language: 'en', country: 'GB' },
    ],
    [{ LANG: 'C.UTF-8' }, { language: 'en' }],
    [{}, { language: 'en' }],
    [{ LANG: 'zh' }, { language: 'zh' }],
  ])('%o is %o', (env, found) => expect(localeOf(env)).toEqual(found));

  it('have a question, a reason of one line and a meaning for each choice', () => {
    const catalog = openCatalog(undefined);
    for (const language of ['en', 'zh'] as const) {
      const texts = textsOf(language);
      const context = { catalog, texts, folder: 'desk', country: undefined };
      for (const { key, choices } of QUESTIONS) {
        const { ask, why } = texts.questions[key];
        expect(
          [ask, why].every((line) => line.length > 0 && line.length <= 90 && !line.includes('\n')),
          key,
        ).toBe(true);
        for (const { label } of choices?.(
          { accelerator: 'l40s', concurrentUsers: 5, country: 'DE', provider: 'mistral' },
          context,
        ) ?? [])
          expect(label).not.toContain('undefined');
      }
    }
  });
});

describe('any answers', () => {
  const accelerators = ['l4', 'l40s', 'a100-80-sxm', 'h100-sxm', 'h20', 'rtx-a6000'];
  it('that are taken lead to a selection that passes: it was proved before it was written', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...accelerators),
        fc.constantFrom('DE', 'CN', 'US', 'KR'),
        fc.constantFrom('internal', 'public-cn', 'public-other'),
        fc.constantFrom('generic', 'exclusive'),
        fc.constantFrom('1', '50', '400'),
        fc.constantFrom('1', '4', '8'),
        async (accelerator, country, audience, need, users, gpus) => {
          const words = ['--accelerator', accelerator, '--country', country, '--audience', audience];
          const more = [
            '--need',
            need,
            '--concurrent-users',
            users,
            '--gpus-per-node',
            gpus,
            '--ai-engineers',
            '2',
          ];
          const found = await init('--yes', ...words, ...more);
          if (found.code === 0) expect((await berth(folder, 'synth')).code).toBe(0);
          else
            expect(found.stderr).toMatch(/missing --(model|monthly-active-users|product|annual-revenue-usd)/);
          for (const name of readdirSync(folder))
            rmSync(join(folder, name), { recursive: true, force: true });
        },
      ),
      { numRuns: 8 },
    );
  }, 180_000);
});
