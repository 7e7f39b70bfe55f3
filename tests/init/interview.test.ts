import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Key } from '../../src/cli/init/answers.js';
import { textsOf } from '../../src/cli/init/language.js';
import { answer } from './answer.js';
import { berthAt, KEYS } from './terminal.js';

const root = join(import.meta.dirname, '..', '..');
let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'berth-init-test-')), 'help-desk');
  mkdirSync(folder);
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

const { enter, down, space, interrupt } = KEYS;

/** What is typed at each question, in their order: a German company with sensitive data and gaming cards. */
const GERMAN: readonly [Key, string][] = [
  ['name', enter],
  ['country', `DE${enter}`],
  ['classification', `${down}${enter}`],
  ['audience', enter],
  ['aiEngineers', `2${enter}`],
  ['need', enter],
  ['concurrentUsers', `5${enter}`],
  ['accelerator', `${down.repeat(6)}${enter}`],
  ['gpusPerNode', enter],
  ['nodes', enter],
  ['site', enter],
  ['encrypted', `y`],
  ['model', enter],
  ['capabilities', `${down.repeat(7)}${space}${enter}`],
];

/** A Chinese company, everything by default but what has none. */
const CHINESE: readonly [Key, string][] = [
  ['name', enter],
  ['country', enter],
  ['classification', enter],
  ['audience', enter],
  ['aiEngineers', `3${enter}`],
  ['need', enter],
  ['concurrentUsers', enter],
  ['accelerator', `${down}${enter}`],
  ['gpusPerNode', enter],
  ['nodes', enter],
  ['model', enter],
  ['capabilities', enter],
];

/** A Chinese company without anybody to run a model: a provider at home, through a gateway. */
const NO_TEAM: readonly [Key, string][] = [
  ['name', enter],
  ['country', enter],
  ['classification', enter],
  ['audience', enter],
  ['aiEngineers', `0${enter}`],
  ['personalInformation', 'n'],
  ['provider', enter],
  ['providerModel', enter],
  ['clientKeySha256', `${'5d'.repeat(32)}${enter}`],
  ['capabilities', enter],
];

const interviews = [
  ['en', 'a German team', GERMAN, {}],
  ['zh', 'a Chinese team', CHINESE, { LANG: 'zh_CN.UTF-8' }],
  ['zh', 'a Chinese company without a team', NO_TEAM, { LANG: 'zh_CN.UTF-8' }],
] as const;

const berth = (...words: string[]) =>
  spawnSync(process.execPath, [join(root, 'bin', 'berth.js'), ...words], { cwd: folder, encoding: 'utf8' });

describe.each(interviews)('an interview at a terminal in %s: %s', (language, _, script, env) => {
  it('writes a project that synthesises and passes at once', async () => {
    const at = berthAt(folder, 'init', env);
    await answer(at, language, script);
    const { code, screen } = await at.end;
    expect(code, screen).toBe(0);
    const text = readFileSync(join(folder, 'selections', 'help-desk.yaml'), 'utf8');
    expect(text).toContain(textsOf(language).comments.made);
    expect(text.split('\n')[0]).toMatch(/^# yaml-language-server: \$schema=.*schema\/selection\.json$/);
    expect(readdirSync(folder).sort()).toEqual([
      '.github',
      '.gitignore',
      'cdk8s.yaml',
      'package.json',
      'selections',
    ]);
    const { status, stderr } = berth('synth');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(existsSync(join(folder, 'dist', 'help-desk', 'production', 'kustomization.yaml'))).toBe(true);
    expect(berth('synth', '--check').status).toBe(0);
  });

  it.each(script.map(([key], index) => [key, index] as const))(
    'leaves nothing where it is interrupted at %s',
    async (key, index) => {
      const at = berthAt(folder, 'init', env);
      await answer(at, language, script.slice(0, index));
      await at.shows(textsOf(language).questions[key].why);
      at.type(interrupt);
      const { code, screen } = await at.end;
      expect(code, screen).toBe(1);
      expect(screen).toContain(textsOf(language).interrupted);
      expect(readdirSync(folder)).toEqual([]);
    },
  );
});

describe('an interrupt after the last answer', () => {
  it.each([0, 300, 700, 1100, 1500, 2000])('%s ms later leaves everything or nothing', async (delay) => {
    const at = berthAt(folder, 'init', { LANG: 'zh_CN.UTF-8' });
    await answer(at, 'zh', CHINESE);
    await new Promise((resolve) => setTimeout(resolve, delay));
    at.type(interrupt);
    const { code, screen } = await at.end;
    const left = readdirSync(folder).sort();
    if (left.length > 0) {
      expect(left).toEqual(['.github', '.gitignore', 'cdk8s.yaml', 'package.json', 'selections']);
      expect(readdirSync(join(folder, 'selections'))).toEqual(['help-desk.yaml']);
      return;
    }
    // Before the proving begins, the signal itself ends the command.
    expect([1, 130], screen).toContain(code);
  });
});

describe('what the interview writes', () => {
  it('is what was answered: gaming cards under a desk, encrypted disks, policies', async () => {
    const at = berthAt(folder, 'init --lang en');
    await answer(at, 'en', GERMAN);
    await at.end;
    const selection = parse(readFileSync(join(folder, 'selections', 'help-desk.yaml'), 'utf8'));
    expect(selection).toMatchObject({
      name: 'help-desk',
      scheme: 'open-private',
      profile: 'small',
      organization: { country: 'DE', aiEngineers: 2 },
      data: { classification: 'sensitive' },
      usage: { audience: 'internal', need: 'generic', concurrentUsers: 5 },
      environments: {
        production: {
          cluster: {
            accelerator: 'rtx-4090',
            site: 'office',
            capabilities: ['network-policy'],
            storageClass: { encrypted: true },
          },
        },
      },
    });
  });

  it('asks again for what is no answer, and for the users where the licence has a limit', async () => {
    const at = berthAt(folder, 'init --lang en --accelerator h100-sxm --model llama-3.1-8b --yes');
    const { questions, wrong } = textsOf('en');
    await at.shows(questions.country.why);
    at.type(`Germany${enter}`);
    await at.shows(wrong.country);
    at.type(`${'\x7f'.repeat(7)}US${enter}`);
    await at.shows(questions.aiEngineers.why);
    at.type(`1${enter}`);
    await at.shows(questions.monthlyActiveUsers.why);
    at.type(`1000${enter}`);
    const { code, screen } = await at.end;
    expect(code, screen).toBe(0);
    const text = readFileSync(join(folder, 'selections', 'help-desk.yaml'), 'utf8');
    expect(parse(text).organization).toMatchObject({ monthlyActiveUsers: 1000 });
  });

  it('leaves nothing where it is interrupted at a question that the licence brings', async () => {
    const words = '--country US --ai-engineers 1 --accelerator h100-sxm --model llama-3.1-8b --yes';
    const at = berthAt(folder, `init --lang en ${words}`);
    await at.shows(textsOf('en').questions.monthlyActiveUsers.why);
    at.type(interrupt);
    expect((await at.end).code).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('joins a project that is there already, and overwrites nothing', async () => {
    writeFileSync(join(folder, 'cdk8s.yaml'), 'language: typescript\n');
    const words = 'init --lang en --yes --name first --country US --ai-engineers 1 --accelerator l40s';
    expect(berth(...words.split(' ')).status).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(['cdk8s.yaml', 'selections']);
    const before = readFileSync(join(folder, 'selections', 'first.yaml'), 'utf8');
    const again = berth(...words.split(' '), '--concurrent-users', '90');
    expect(again.status).toBe(1);
    expect(again.stderr).toContain('selections/first.yaml');
    expect(again.stderr).toContain('not overwritten');
    expect(readFileSync(join(folder, 'selections', 'first.yaml'), 'utf8')).toBe(before);
  });
});
