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

/** Killed for real at every so many calls, and wherever the state is in between; BERTH_KILLS=all at every call. */
const KILLED_EVERY = process.env.BERTH_KILLS === 'all' ? 1 : 10;

test.each(['berth', 'cdk8s'] as const)(
  '%s synth killed after any one of its calls leaves each environment old or new, or the next command restores it',
  async (command) => {
    const { root, scratch, old, now } = await project();
    const states = await statesAfterEachCall(root, join(scratch, 'states'), command);
    expect(environments(states.at(-1)?.dist ?? {})).toEqual(now);
    const torn = states.filter(({ dist }) => !isWhole(environments(dist), old, now));
    const killed = states.filter((state, index) => torn.includes(state) || index % KILLED_EVERY === 0);
    // A death leaves what was there after the call: so a state copied there and then is as good as a death.
    for (const { call, dist, hidden } of killed) {
      const copy = join(scratch, String(call));
      cpSync(root, copy, { recursive: true });
      const hook = { root: copy, counter: join(scratch, `${call}.count`), at: call, act: 'kill' } as const;
      expect(await start(copy, COMMANDS[command](), hook)).toMatchObject({ code: -1 });
      expect(filesBelow(join(copy, 'dist')), `killed after call ${call}`).toEqual(dist);
      expect(namesBelow(join(copy, '.berth')), `killed after call ${call}`).toEqual(hidden);
    }
    for (const { call, folder, dist } of states) {
      const whole = isWhole(environments(dist), old, now);
      const diff = await berth(folder, 'diff');
      expect(diff, `after call ${call}`).toMatchObject({ code: 0 });
      if (!whole) expect(diff.stderr, `after call ${call}`).toMatch(/^restored: .*\n$/);
      expectWhole(environments(filesBelow(join(folder, 'dist'))), old, now);
      expect((await berth(folder, 'synth')).code).toBe(0);
      expect(environments(filesBelow(join(folder, 'dist')))).toEqual(now);
      expect(namesBelow(join(folder, '.berth')).filter((name) => !/^(synth|lock)\b/.test(name))).toEqual([]);
    }
    console.log(
      `${command} synth: ${states.length} calls, in between after ${torn.length}, killed after ${killed.length}`,
    );
    expect(states.length).toBeGreaterThan(30);
    expect(torn.length).toBeGreaterThan(3);
  },
  900_000,
);

interface State {
  readonly call: number;
  readonly folder: string;
  readonly dist: Files;
  /** Names below .berth. */
  readonly hidden: readonly string[];
}

/** Runs the command on a copy of the project, keeping what is there after each of its calls. */
async function statesAfterEachCall(
  root: string,
  states: string,
  command: keyof typeof COMMANDS,
): Promise<State[]> {
  const [copy, snapshots] = [join(states, 'project'), join(states, 'after')];
  cpSync(root, copy, { recursive: true });
  const hook = { root: copy, counter: `${states}.count`, act: 'snapshot', snapshots } as const;
  expect(await start(copy, COMMANDS[command](), hook)).toMatchObject({ code: 0 });
  const calls = readdirSync(snapshots).map(Number);
  return calls
    .sort((a, b) => a - b)
    .map((call) => {
      const folder = join(snapshots, String(call));
      const dist = filesBelow(join(folder, 'dist'));
      return { call, folder, dist, hidden: namesBelow(join(folder, '.berth')) };
    });
}

/** Names of files, the id of a process left out of them. */
function namesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return found.map((name) => name.replace(/\d{2,}/g, 'N')).sort();
}

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
