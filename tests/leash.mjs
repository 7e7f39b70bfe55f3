// Runs a command in a process group of its own and kills the whole group when standard input closes:
// a runner that dies without a word, even by SIGKILL, leaves nothing behind.
import { spawn } from 'node:child_process';

const child = spawn(process.argv[2], process.argv.slice(3), {
  detached: true,
  stdio: ['ignore', 'inherit', 'inherit'],
});
const end = (code) => {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group is gone already.
  }
  process.exit(code);
};
child.on('error', (error) => {
  console.error(error.message);
  end(127);
});
child.on('exit', (code, signal) => end(signal ? 1 : code));
process.stdin
  .on('end', () => end(130))
  .on('error', () => end(130))
  .resume();
