// A clean clone of the last commit: the README's two commands pass and leave nothing changed. Prints their times.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const clone = mkdtempSync(join(tmpdir(), 'berth-clone-'));
process.on('exit', () => rmSync(clone, { recursive: true, force: true }));

function run(command, options = {}) {
  const started = Date.now();
  const { status, stdout } = spawnSync('sh', ['-c', command], {
    cwd: clone,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    ...options,
  });
  console.log(`${command}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
  if (status !== 0) {
    console.error(`error: '${command}' ended with ${status}\n${stdout}`);
    process.exit(1);
  }
  return stdout;
}

run(`git clone --quiet --no-hardlinks '${root}' .`);
const [, commands] = readFileSync(join(clone, 'README.md'), 'utf8').match(/^```sh\n([\s\S]*?)^```$/m);
for (const command of commands.trim().split('\n'))
  run(command, { env: { ...process.env, npm_config_prefer_offline: 'true' } });
const changed = run('git status --porcelain').trim();
if (changed !== '') {
  console.error(`error: the commands changed the checkout:\n${changed}`);
  process.exit(1);
}
