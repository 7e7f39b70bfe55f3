// Runs child processes for a test runner and outlives it by seconds only: when its standard input ends, which is
// when the runner is gone in whatever way, it kills every child and removes the state folder.
//
//   node guard.mjs STATE_FOLDER [PID…]      a PID that disappears counts as the end of the input too
//   input, JSON lines:   {"start": NAME, "command", "args", "cwd", "env", "log"} or {"kill": NAME}
//   output, JSON lines:  {"exit": NAME, "code", "signal"}
import { spawn } from 'node:child_process';
import { appendFileSync, closeSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const [folder, ...watched] = process.argv.slice(2);
const children = new Map();
let ending = false;

function report(line) {
  if (!ending) process.stdout.write(`${JSON.stringify(line)}\n`);
}

function start({ start: name, command, args, cwd, env, log }) {
  const output = openSync(log, 'a');
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', output, output] });
  closeSync(output);
  child.on('error', (error) => {
    appendFileSync(log, `${error.message}\n`);
    children.delete(name);
    report({ exit: name, code: 127, signal: null });
  });
  if (child.pid === undefined) return;
  children.set(name, child);
  appendFileSync(join(folder, 'pids'), `${child.pid}\n`);
  child.on('exit', (code, signal) => {
    if (children.get(name) === child) children.delete(name);
    report({ exit: name, code, signal });
  });
}

// Each child leads its own process group, so this reaches the compilers of a `go build` too.
function kill(child) {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // already gone
  }
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function end() {
  if (ending) return;
  ending = true;
  for (const child of children.values()) kill(child);
  const deadline = Date.now() + 5000;
  const finish = () => {
    if (children.size > 0 && Date.now() < deadline) return setTimeout(finish, 20);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    process.exit(0);
  };
  finish();
}

const input = createInterface({ input: process.stdin });
input.on('line', (line) => {
  const message = JSON.parse(line);
  if (ending) return;
  if (message.start) start(message);
  else if (children.has(message.kill)) kill(children.get(message.kill));
});
input.on('close', end);
process.stdout.on('error', end);
// A terminal's Ctrl-C and a polite kill reach the runner as well; the guard stays until it has cleaned up.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
if (watched.length > 0) setInterval(() => watched.every((pid) => alive(Number(pid))) || end(), 500);
