// Runs the layers of the test suite one after the other and prints a table: passed, failed, not run and why, time.
//   node tests/run.mjs [--quick] [layer…]
import { spawn, spawnSync } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Table from 'cli-table3';
import { layers, quick } from './layers.mjs';

const root = join(import.meta.dirname, '..');
const logs = join(root, '.berth', 'test-logs');
const results = join(root, '.berth', 'test-results');
const ci = process.env.CI === 'true';
const words = process.argv.slice(2);
const asked = words.filter((word) => !word.startsWith('--'));
const wanted = words.includes('--quick') ? quick : asked.length > 0 ? asked : layers.map(({ name }) => name);
const unknown = wanted.filter((name) => !layers.some((layer) => layer.name === name));
if (unknown.length > 0) {
  console.error(
    `error: no layer '${unknown.join(', ')}', expected: ${layers.map(({ name }) => name).join(', ')}`,
  );
  process.exit(1);
}

for (const folder of [logs, results]) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}

let running;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    running?.stdin.end();
    setTimeout(() => process.exit(130), 3000);
    running?.on('exit', () => process.exit(130));
    if (!running) process.exit(130);
  });
}

const has = (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

function run(layer) {
  const started = Date.now();
  const log = createWriteStream(join(logs, `${layer.name}.log`));
  return new Promise((resolve) => {
    const show = process.env.BERTH_TEST_VERBOSE === '1' || asked.length > 0;
    running = spawn(process.execPath, [join(root, 'tests', 'leash.mjs'), process.execPath, ...layer.args], {
      cwd: root,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, BERTH_RESULTS_DIR: results, NO_COLOR: '1' },
    });
    for (const stream of [running.stdout, running.stderr]) {
      stream.on('data', (chunk) => {
        log.write(chunk);
        if (show) process.stdout.write(chunk);
      });
    }
    running.on('close', (code) => {
      running = undefined;
      log.end(() => resolve({ code, seconds: (Date.now() - started) / 1000 }));
    });
  });
}

/** Counts of a vitest run, from its closing lines; a tool that counts nothing is one test. */
function counts(name, code) {
  const text = readFileSync(join(logs, `${name}.log`), 'utf8');
  const line = text.match(/^\s*Tests\s+(.*)$/m)?.[1];
  if (!line) return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
  const number = (word) => Number(line.match(new RegExp(`(\\d+) ${word}`))?.[1] ?? 0);
  return {
    passed: number('passed'),
    failed: number('failed') + (code !== 0 && number('failed') === 0 ? 1 : 0),
    skipped: number('skipped'),
  };
}

const rows = [];
for (const layer of layers.filter(({ name }) => wanted.includes(name))) {
  const missing = layer.needs.filter((program) => !has(program));
  if (missing.length > 0) {
    rows.push({
      layer,
      state: 'not run',
      why: `needs ${missing.join(' and ')}`,
      passed: 0,
      failed: ci ? 1 : 0,
      skipped: 0,
      seconds: 0,
    });
    console.log(`${layer.name}: not run, needs ${missing.join(' and ')}`);
    continue;
  }
  process.stdout.write(`${layer.name} … `);
  const { code, seconds } = await run(layer);
  const count = counts(layer.name, code);
  const bad = code !== 0 || (ci && count.skipped > 0);
  rows.push({
    layer,
    state: bad ? 'failed' : 'passed',
    why: bad ? `see .berth/test-logs/${layer.name}.log` : '',
    ...count,
    seconds,
  });
  console.log(`${bad ? 'FAILED' : 'passed'} in ${seconds.toFixed(1)} s`);
  if (bad && asked.length === 0) console.log(tail(layer.name));
}

function tail(name) {
  const lines = readFileSync(join(logs, `${name}.log`), 'utf8')
    .trimEnd()
    .split('\n');
  return lines
    .slice(-60)
    .map((line) => `  | ${line}`)
    .join('\n');
}

const table = new Table({
  head: ['layer', 'state', 'passed', 'failed', 'skipped', 'seconds', ''],
  style: { head: [], border: [] },
});
for (const { layer, state, passed, failed, skipped, seconds, why } of rows) {
  table.push([layer.name, state, passed, failed, skipped, seconds.toFixed(1), why]);
}
console.log(`\n${table}`);
for (const { layer } of rows) {
  const report = join(results, `${layer.name}.json`);
  if (existsSync(report)) console.log(`${layer.name}: ${readFileSync(report, 'utf8').trim()}`);
}
for (const page of readdirSync(results).filter((file) => file.endsWith('.txt'))) {
  console.log(readFileSync(join(results, page), 'utf8').trim());
}
const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
const notRun = rows.filter(({ state }) => state === 'not run');
if (notRun.length > 0)
  console.log(`not run: ${notRun.map(({ layer, why }) => `${layer.name} (${why})`).join(', ')}`);
console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
process.exit(rows.every(({ state }) => state === 'passed' || (state === 'not run' && !ci)) ? 0 : 1);
