// Runs the layers of the test suite, three at a time (many wait more than they reckon), and prints a table: passed, failed, not run and why, time.
//   node tests/run.mjs [--quick] [--all] [layer…] [-- arguments for each layer's program]
//   --all   layers that stand on one Kubernetes version run on every one that can be built
// Layers asked for by name run one after the other and print as they go; BERTH_TEST_JOBS says how many run at a time.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Table from 'cli-table3';
import { excerpt } from './layer-failures.mjs';
import { printResults } from './layer-results.mjs';
import { layers, onEveryVersion, quick } from './layers.mjs';
import { clear, createRunFolder, sweepRunFolders } from './run-folder.mjs';
import { runLayer } from './run-layer.mjs';

const root = join(import.meta.dirname, '..');
const output = process.env.BERTH_TEST_OUTPUT ?? join(root, '.berth');
const logs = join(output, 'test-logs');
const results = join(output, 'test-results');
const ci = process.env.CI === 'true';
const split = process.argv.indexOf('--', 2);
const words = process.argv.slice(2, split < 0 ? undefined : split);
const passedOn = split < 0 ? [] : process.argv.slice(split + 1);
const asked = words.filter((word) => !word.startsWith('--'));
const names = words.includes('--quick') ? quick : asked.length > 0 ? asked : layers.map(({ name }) => name);
const unknown = names.filter((name) => !layers.some((layer) => layer.name === name));
const options = words.filter((word) => word.startsWith('--') && !['--quick', '--all'].includes(word));
if (unknown.length + options.length > 0) {
  const known = layers.map(({ name }) => name).join(', ');
  console.error(
    `error: no layer '${[...unknown, ...options].join(', ')}', expected: ${known}, --quick, --all`,
  );
  process.exit(1);
}
const jobs = Number(process.env.BERTH_TEST_JOBS ?? (asked.length > 0 ? 1 : 3));
const wanted = layers
  .filter(({ name }) => names.includes(name))
  .flatMap((layer) => (words.includes('--all') ? onEveryVersion(layer) : [layer]));

for (const folder of [logs, results]) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}
for (const folder of await sweepRunFolders()) console.log(`removed what a killed run left: ${folder}`);
const runFolder = createRunFolder();

const running = new Set();
let stopping = false;
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
]) {
  process.on(signal, async () => {
    if (stopping) return;
    stopping = true;
    // The leash ends all that runs when its input ends; it is given the time that this takes.
    const alive = [...running].filter((child) => child.exitCode === null && child.signalCode === null);
    const gone = alive.map((child) => new Promise((resolve) => child.on('exit', resolve)));
    for (const child of running) child.stdin.end();
    await Promise.race([Promise.all(gone), new Promise((resolve) => setTimeout(resolve, 9000))]);
    await clear(runFolder, 0);
    process.exit(code);
  });
}

/** A program on the PATH; `root` is the user. */
const has = (program) =>
  program === 'root'
    ? process.getuid?.() === 0
    : spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

/** One try at a layer. @returns its exit code, its seconds and its counts */
async function attempt(layer, env = {}) {
  rmSync(join(results, layer.name), { recursive: true, force: true });
  mkdirSync(join(results, layer.name));
  const started = Date.now();
  const code = await runLayer({
    words: [...layer.args, ...passedOn],
    folder: join(runFolder, layer.name),
    log: join(logs, `${layer.name}.log`),
    show: jobs === 1 && (process.env.BERTH_TEST_VERBOSE === '1' || asked.length > 0),
    env: { ...layer.env, ...env, BERTH_RESULTS_DIR: join(results, layer.name) },
    running,
    isStopping: () => stopping,
  });
  const count = counts(layer.name, code);
  return { bad: code !== 0 || (ci && count.skipped > 0), seconds: (Date.now() - started) / 1000, ...count };
}

const logOf = (name) => readFileSync(join(logs, `${name}.log`), 'utf8');

/** Counts of a vitest run, from its closing lines; a tool that counts nothing is one test. */
function counts(name, code) {
  const text = logOf(name);
  const line = text.match(/^\s*Tests\s+(.*)$/m)?.[1];
  if (!line) return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
  const number = (word) => Number(line.match(new RegExp(`(\\d+) ${word}`))?.[1] ?? 0);
  return {
    passed: number('passed'),
    failed: number('failed') + (code !== 0 && number('failed') === 0 ? 1 : 0),
    skipped: number('skipped'),
  };
}

/** A row of the table: what came of a layer. */
async function play(layer) {
  const missing = layer.needs.filter((program) => !has(program));
  if (missing.length > 0) {
    const why = `needs ${missing.join(' and ')}`;
    console.log(`${layer.name}: not run, ${why}`);
    return {
      layer,
      state: 'not run',
      why,
      passed: 0,
      failed: ci ? 1 : 0,
      skipped: 0,
      seconds: 0,
      processor: '',
    };
  }
  if (jobs === 1) process.stdout.write(`${layer.name} … `);
  let tried = await attempt(layer);
  let first = null;
  if (tried.bad && layer.realTime && asked.length === 0) {
    first = logOf(layer.name);
    console.log(`${layer.name} FAILED in ${tried.seconds.toFixed(1)} s, tried again`);
    renameSync(join(logs, `${layer.name}.log`), join(logs, `${layer.name}-first.log`));
    const seed = first.match(/^seed (\d+)/m)?.[1];
    tried = await attempt(layer, seed === undefined ? {} : { BERTH_SEED: seed });
  }
  const { bad, ...count } = tried;
  const said = jobs === 1 ? '' : `${layer.name} `;
  console.log(`${said}${bad ? 'FAILED' : 'passed'} in ${count.seconds.toFixed(1)} s`);
  const why = bad ? `see .berth/test-logs/${layer.name}.log` : first === null ? '' : 'at the second try';
  const processor = logOf(layer.name).match(/^processor time: (.*) s$/m)?.[1] ?? '';
  return { layer, state: bad ? 'failed' : 'passed', why, first, ...count, processor };
}

const queue = [...wanted];
const playing = new Set();
const done = new Map();
const isOf = (name) => (layer) => layer.name === name || layer.name.startsWith(`${name}-`);
const ready = ({ after = [] }) => !after.some((name) => [...queue, ...playing].some(isOf(name)));

/** Plays layers until none is left; one that stands on others' builds waits for them. */
async function work() {
  while (queue.length > 0) {
    const next = queue.findIndex(ready);
    if (next < 0) return; // what is left waits for the other worker, which takes it
    const [layer] = queue.splice(next, 1);
    playing.add(layer);
    done.set(layer.name, await play(layer));
    playing.delete(layer);
  }
}
const began = Date.now();
await Promise.all(Array.from({ length: jobs }, work));
const rows = wanted.map(({ name }) => done.get(name));

const table = new Table({
  head: ['layer', 'state', 'passed', 'failed', 'skipped', 'seconds', 'on a processor', ''],
  style: { head: [], border: [] },
});
for (const { layer, state, passed, failed, skipped, seconds, processor, why } of rows) {
  table.push([layer.name, state, passed, failed, skipped, seconds.toFixed(1), processor, why]);
}
console.log(`\n${table}`);
printResults(
  results,
  rows.map(({ layer }) => layer.name),
);
const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
// Last, since what shows only the end of a long output still has to show why.
const tell = (title, log) =>
  console.log([`\n${title}:`, ...excerpt(log).map((line) => `  | ${line}`)].join('\n'));
for (const { layer, state, first } of rows) {
  if (first != null) tell(`${layer.name} failed at its first try`, first);
  if (state === 'failed') tell(`${layer.name} failed`, logOf(layer.name));
}
const notRun = rows.filter(({ state }) => state === 'not run');
if (notRun.length > 0)
  console.log(`not run: ${notRun.map(({ layer, why }) => `${layer.name} (${why})`).join(', ')}`);
const minutes = ((Date.now() - began) / 60_000).toFixed(1);
console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped in ${minutes} min`);
await clear(runFolder, 0);
process.exit(rows.every(({ state }) => state === 'passed' || (state === 'not run' && !ci)) ? 0 : 1);
