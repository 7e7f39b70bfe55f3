// What a thousand what-ifs cost beside a bare start of Node: `node scripts/bench-size.mjs`. Prints, asserts nothing.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const REQUESTS = 1000;
const ROUNDS = 5;

const [header = '', ...rows] = readFileSync(join(root, 'tests/fixtures/measurements/throughput.csv'), 'utf8')
  .trimEnd()
  .split('\n');
const names = header.split(',');
/** Every other run of the measurements, asked for as a batch asks. */
const lines = rows
  .filter((_, at) => at % 2 === 0)
  .slice(0, REQUESTS)
  .map((row) => {
    const values = Object.fromEntries(row.split(',').map((value, at) => [names[at], value]));
    return JSON.stringify({
      id: values.row,
      model: values.model,
      precision: values.precision,
      accelerator: values.accelerator,
      gpus: Number(values.tp),
      tensorParallelSize: Number(values.tp),
      engine: `${values.engine}@${values.sized_as}`,
      concurrency: Number(values.concurrency),
      inputTokens: Number(values.input_tokens),
      outputTokens: Number(values.output_tokens),
    });
  });
const input = `${lines.join('\n')}\n`;

function seconds(args, stdin) {
  const start = performance.now();
  const { status, stdout } = spawnSync(process.execPath, args, {
    input: stdin,
    cwd: root,
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}`);
  return { seconds: (performance.now() - start) / 1000, results: stdout.toString().split('\n').length - 1 };
}

const bare = [];
const batch = [];
for (let round = 0; round < ROUNDS; round += 1) {
  bare.push(seconds(['-e', '0']).seconds);
  const run = seconds(['bin/berth.js', 'size', '--batch', '-'], input);
  if (run.results !== lines.length) throw new Error(`${run.results} results of ${lines.length} requests`);
  batch.push(run.seconds);
}
const least = (values) => Math.min(...values);
console.log(`bare start of Node         ${(least(bare) * 1000).toFixed(0).padStart(6)} ms`);
console.log(`${lines.length} what-ifs in one start   ${(least(batch) * 1000).toFixed(0).padStart(6)} ms`);
console.log(
  `ratio                      ${(least(batch) / least(bare)).toFixed(1).padStart(6)}   (least of ${ROUNDS} rounds each)`,
);
