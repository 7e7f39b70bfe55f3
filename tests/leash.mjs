// Runs a command in a process group of its own and ends it, with all that it started, when standard input closes: a runner
// that dies without a word, even by SIGKILL, leaves nothing behind.
//
//   node leash.mjs FOLDER COMMAND [ARGUMENT…]      FOLDER, in the folder of the run, becomes TMPDIR and is removed
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { clear } from './run-folder.mjs';

const [folder, command, ...args] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const child = spawn(command, args, {
  detached: true,
  stdio: ['ignore', 'inherit', 'inherit'],
  env: { ...process.env, TMPDIR: folder },
});

let ending = false;
async function end(code, place) {
  if (ending) return;
  ending = true;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group is gone already.
  }
  const { killed, files } = await clear(place);
  if (place === folder) {
    for (const line of killed) console.error(`error: left running: ${line}`);
    if (files.length > 0) console.error(`left in the temporary folder: ${files.join(', ')}`);
  }
  console.error(`processor time: ${processorSeconds().toFixed(1)} s`);
  process.exit(killed.length > 0 && code === 0 ? 1 : code);
}

/** Seconds that what was started and has ended spent on a processor; what led a life of its own is not in it. */
function processorSeconds() {
  if (!existsSync('/proc/self/stat')) return 0;
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ');
  return (Number(fields[13]) + Number(fields[14])) / 100;
}
child.on('error', (error) => {
  console.error(error.message);
  end(127, folder);
});
child.on('exit', (code, signal) => end(signal ? 1 : code, folder));

// The whole run ends with its runner, so its folder goes too.
const runnerGone = () => end(130, dirname(folder));
process.stdin.on('end', runnerGone).on('error', runnerGone).resume();
// A terminal's Ctrl-C reaches the leash, but not the group that it holds.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, runnerGone);
