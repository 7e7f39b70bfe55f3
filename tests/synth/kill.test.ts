import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { berth } from '../cli/run.js';
import { scratchProject } from '../selection/scratch.js';
import { COMMANDS, cdk8sYaml, start } from './start.js';
import { filesBelow } from './toy-project.js';

type Files = Record<string, string>;

const selection = (context: number) => `version: 1
name: chat
scheme: open-private
model: qwen3-8b
profile: edge
cluster: { kubernetes: "1.36" }
# Another engine changes several objects, and the name of one.
engine: { version: "${context > 2048 ? '0.31.0' : '0.32.0'}" }
environments:
  production: { sizing: { context: ${context} } }
`;

/** A project between two states: an environment that changes, and one that nobody describes any more. */
async function project() {
  const { root: scratch, write: writeBelow } = scratchProject();
  const root = join(scratch, 'project');
  const write = (path: string, text: string) => writeBelow(`project/${path}`, text);
  write('cdk8s.yaml', cdk8sYaml());
  write('selections/chat.yaml', selection(4096));
  expect((await berth(root, 'synth')).code).toBe(0);
  const plan = { planVersion: 1, name: 'gone', environment: 'production' };
  write('dist/gone/production.plan.json', JSON.stringify(plan));
  write('dist/gone/production/service-old.yaml', 'kind: Service\n');
  const old = environments(filesBelow(join(root, 'dist')));
  write('selections/chat.yaml', selection(2048));
  const copy = join(scratch, 'new');
  cpSync(root, copy, { recursive: true });
  expect((await berth(copy, 'synth')).code).toBe(0);
  return { root, scratch, old, now: environments(filesBelow(join(copy, 'dist'))) };
}

/** The files of each environment: its folder and its plan. */
function environments(files: Files): Record<string, Files> {
  const found: Record<string, Files> = {};
  for (const [path, text] of Object.entries(files)) {
    const [name = '', second = ''] = path.split('/');
    const key = `${name}/${second.replace(/\.plan\.json$/, '')}`;
    found[key] = { ...found[key], [path]: text };
  }
  return found;
}

/** Fails unless every environment is wholly old or wholly new. */
function expectWhole(actual: Record<string, Files>, old: Record<string, Files>, now: Record<string, Files>) {
  for (const key of Object.keys({ ...old, ...now })) {
    const same = [old[key], now[key]].some((state) => JSON.stringify(state) === JSON.stringify(actual[key]));
    expect(same, `${key} is neither old nor new: ${Object.keys(actual[key] ?? {})}`).toBe(true);
  }
}

function isWhole(...states: Parameters<typeof expectWhole>): boolean {
  try {
    expectWhole(...states);
    return true;
  } catch {
    return false;
  }
}

test.each(['berth', 'cdk8s'] as const)(
  '%s synth killed after any one of its calls leaves each environment old or new, or the next command restores it',
  async (command) => {
    const { root, scratch, old, now } = await project();
    const seen = { killed: 0, torn: 0, next: 1 };
    const killAt = async (at: number): Promise<boolean> => {
      const copy = join(scratch, String(at));
      cpSync(root, copy, { recursive: true });
      const hook = { root: copy, counter: join(scratch, `${at}.count`), at, act: 'kill' } as const;
      const ran = await start(copy, COMMANDS[command](), hook);
      if (ran.code !== -1) {
        expect(ran).toMatchObject({ code: 0 });
        expect(environments(filesBelow(join(copy, 'dist')))).toEqual(now);
        return false;
      }
      seen.killed += 1;
      return true;
    };
    const checkNext = async (at: number) => {
      const copy = join(scratch, String(at));
      const whole = isWhole(environments(filesBelow(join(copy, 'dist'))), old, now);
      if (!whole) seen.torn += 1;
      const diff = await berth(copy, 'diff');
      expect(diff, `after call ${at}`).toMatchObject({ code: 0 });
      if (!whole) expect(diff.stderr, `after call ${at}`).toMatch(/^restored: .*\n$/);
      expectWhole(environments(filesBelow(join(copy, 'dist'))), old, now);
      expect((await berth(copy, 'synth')).code).toBe(0);
      expect(environments(filesBelow(join(copy, 'dist')))).toEqual(now);
      expect(readdirSync(join(copy, '.berth')).filter((name) => !/^(synth|lock\.\d+)$/.test(name))).toEqual(
        [],
      );
    };
    // Two at a time, until a run comes to its end.
    for (let goes = true; goes; ) {
      const pair = [seen.next, seen.next + 1];
      seen.next += 2;
      const killed = await Promise.all(pair.map(killAt));
      for (const [index, at] of pair.entries()) if (killed[index]) await checkNext(at);
      goes = killed.every(Boolean);
    }
    console.log(`${command} synth: killed after each of ${seen.killed} calls, ${seen.torn} times in between`);
    expect(seen.killed).toBeGreaterThan(30);
    expect(seen.torn).toBeGreaterThan(3);
  },
  900_000,
);

test('the first synth of a project is restored from the state after any one of its calls', async () => {
  const { root: scratch, write } = scratchProject();
  const root = join(scratch, 'project');
  write('project/cdk8s.yaml', cdk8sYaml());
  write('project/selections/chat.yaml', selection(4096));
  const snapshots = join(scratch, 'snapshots');
  const hook = { root, counter: `${snapshots}.count`, act: 'snapshot', snapshots } as const;
  expect(await start(root, COMMANDS.berth(), hook)).toMatchObject({ code: 0 });
  const now = environments(filesBelow(join(root, 'dist')));
  const numbers = readdirSync(snapshots).map(Number);
  expect(numbers.length).toBeGreaterThan(80);
  for (const number of numbers.sort((a, b) => a - b)) {
    const copy = join(snapshots, String(number));
    const whole = isWhole(environments(filesBelow(join(copy, 'dist'))), {}, now);
    const diff = await berth(copy, 'diff');
    expect(diff.code, `after call ${number}: ${diff.stderr}`).toBe(0);
    if (!whole) expect(diff.stderr).toMatch(/^restored: /);
    expectWhole(environments(filesBelow(join(copy, 'dist'))), {}, now);
  }
}, 300_000);

test('the next command may be either of the two, and says what it has done', async () => {
  const { root, scratch, old, now } = await project();
  for (const command of ['berth', 'cdk8s'] as const) {
    const copy = join(scratch, command);
    cpSync(root, copy, { recursive: true });
    const staging = join(copy, '.berth', 'staging');
    mkdirSync(staging, { recursive: true });
    writeFileSync(join(staging, '0'), now['chat/production']?.['chat/production/PLAN.md'] ?? '');
    const journal = {
      version: 1,
      remove: [],
      removeFolders: [],
      place: [{ staged: '0', path: 'dist/chat/production/PLAN.md' }],
    };
    writeFileSync(join(copy, '.berth', 'journal.json'), JSON.stringify(journal));
    const ran = await start(copy, COMMANDS[command]());
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.stderr).toContain('restored: an interrupted synth is now complete in dist/');
    expect(environments(filesBelow(join(copy, 'dist')))).toEqual(now);
    expect(existsSync(staging)).toBe(false);
  }
  expect(old).not.toEqual(now);
}, 120_000);
