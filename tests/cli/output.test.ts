import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { reportError } from '../../src/cli/report-error.js';
import { coloursFor } from '../../src/cli/terminal.js';
import { UserError } from '../../src/error.js';
import { scratchProject } from '../selection/scratch.js';
import { toySelection } from '../synth/toy-project.js';
import { berth } from './run.js';

function project(more = '') {
  const { root, write } = scratchProject();
  write('selections/chat.yaml', toySelection('chat', more));
  return root;
}

describe('help', () => {
  test.each(['plan', 'synth', 'diff', 'size', 'list', 'explain'])(
    'of %s teaches by example',
    async (command) => {
      const { code, stdout, stderr } = await berth('/', command, '--help');
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain(`Usage: berth ${command}`);
      expect(stdout).toMatch(/Examples:\n {2}\$ (npx )?berth /);
    },
  );

  test('of the program names every command, once, and the exit codes', async () => {
    const { code, stdout } = await berth('/', '--help');
    expect(code).toBe(0);
    for (const command of ['plan', 'synth', 'diff', 'size', 'list', 'explain'])
      expect(stdout.match(new RegExp(`^  ${command} `, 'gm'))).toHaveLength(1);
    expect(stdout).toContain('Exit codes: 0 fine');
    expect((await berth('/', 'help', 'synth')).stdout).toContain('--keep-going');
  });
});

describe('with --json', () => {
  test('a mistake is JSON on standard output as well as words on standard error', async () => {
    const root = project('profil: edge\n');
    for (const words of [['synth'], ['plan'], ['diff']]) {
      const { code, stdout, stderr } = await berth(root, ...words, '--json');
      expect(code).toBe(1);
      const { error } = JSON.parse(stdout);
      expect(error.problems[0].place).toMatchObject({ file: 'selections/chat.yaml', line: 10 });
      expect(error.problems[0].message).toContain('profil');
      expect(stderr).toContain('did you mean profile?');
    }
    const unknown = await berth(root, 'synth', '--jsonn', '--json');
    expect(JSON.parse(unknown.stdout).error.summary).toContain("unknown option '--jsonn'");
  });

  test('a plan is the file that synth writes, and a synth lists what it changed', async () => {
    const root = project();
    const synth = JSON.parse((await berth(root, 'synth', '--json')).stdout);
    expect(synth.environments.map((one: { folder: string }) => one.folder)).toEqual([
      'dist/chat/staging',
      'dist/chat/production',
    ]);
    expect(synth.changes).toContainEqual({ kind: 'added', path: 'dist/chat/staging/deployment-server.yaml' });
    const plan = JSON.parse((await berth(root, 'plan', 'chat', '-e', 'production', '--json')).stdout);
    const written = readFileSync(join(root, 'dist/chat/production.plan.json'), 'utf8');
    expect(plan).toEqual(JSON.parse(written));
    expect(JSON.parse((await berth(root, 'plan', '--json')).stdout)).toHaveLength(2);
  });
});

describe('for people', () => {
  test('a plan shows what runs, the memory, the arguments, findings with remedies, and origins', async () => {
    const root = project();
    const { code, stdout, stderr } = await berth(root, 'plan', 'chat', '-e', 'production');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const text of [
      'chat: production',
      'Qwen3-8B in bf16',
      '= KV cache',
      '--max-model-len 8192',
      'sizing.context',
      'sizing profile (edge)',
    ])
      expect(stdout).toContain(text);
    expect(stdout).toMatch(/warning\n {2}\d+:\d+ +\S+\/\S+: .*\n +→ /);
    expect(readdirSync(root).sort()).toEqual(['cdk8s.yaml', 'selections']);
  });

  test('a plan that cannot work still shows its numbers, and ends with 1', async () => {
    const { root, write } = scratchProject();
    write('selections/chat.yaml', toySelection('chat').replace('qwen3-8b', 'llama-4-scout'));
    const { code, stdout, stderr } = await berth(root, 'plan', '-e', 'staging');
    expect(code).toBe(1);
    expect(stdout).toMatch(/error\n {2}\d+:\d+ +fit\/weights: /);
    expect(stdout).toContain('does not fit');
    expect(stderr).toContain('selections/chat.yaml cannot be deployed: see the findings above');
  });

  test('an error of one file names its file once, an error of several each above its lines', async () => {
    const { root, write } = scratchProject();
    write('selections/a.yaml', toySelection('a', 'profil: edge\n'));
    const one = await berth(root, 'synth');
    expect(one.stderr).toMatch(/^error: selections\/a\.yaml cannot be deployed\n {2}10:1 {2}.*\n +→ /);
    write('selections/b.yaml', toySelection('b', 'modell: x\n'));
    const two = await berth(root, 'synth');
    expect(two.stderr).toMatch(/^error: 2 selections cannot be deployed\nselections\/a\.yaml\n {2}10:1 /);
    expect(two.stderr).toMatch(/\nselections\/b\.yaml\n {2}10:1 /);
  });

  test('a folder without a project and a project without selections are told', async () => {
    expect((await berth('/', 'synth')).stderr).toContain('no cdk8s.yaml in / or a folder above');
    expect((await berth(scratchProject().root, 'synth')).stderr).toContain('selections/ holds no .yaml file');
  });
});

test('a bug of ours ends with 2, its stack, and where to say it; a mistake shows no stack', () => {
  const said: string[] = [];
  const spy = vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  const codes = [new TypeError('x is not a function'), new UserError('no such thing')].map((error) =>
    reportError(error, false),
  );
  spy.mockRestore();
  expect(codes).toEqual([2, 1]);
  expect(said[0]).toMatch(/^TypeError: x is not a function\n {4}at /);
  expect(said[1]).toContain('This is a bug in Berth');
  expect(said.slice(2).join('')).toBe('error: no such thing\n');
});

test.each([
  ['a terminal', true, {}, true],
  ['a pipe', false, {}, false],
  ['a terminal with NO_COLOR', true, { NO_COLOR: '1' }, false],
  ['a terminal with an empty NO_COLOR', true, { NO_COLOR: '' }, true],
  ['a pipe with FORCE_COLOR', false, { FORCE_COLOR: '1' }, true],
  ['a terminal with FORCE_COLOR=0', true, { FORCE_COLOR: '0' }, false],
  ['NO_COLOR against FORCE_COLOR', true, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
  ['a dumb terminal', true, { TERM: 'dumb' }, false],
  ['a pipe in CI', false, { CI: 'true' }, false],
])('colours on %s: %s %j → %s', (_where, isTTY, env, coloured) => {
  expect(coloursFor({ isTTY }, env).red('x') !== 'x').toBe(coloured);
});
