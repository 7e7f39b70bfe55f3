// Preloaded with `node --import`: counts the calls by which a process, or those that it starts, change files below a
// folder, and acts at the N-th. Set by the environment variable BERTH_FS_HOOK, a JSON object:
//   root     only calls on paths below it count
//   counter  file that grows by one byte a call; shared by all processes
//   at       number of the call after which to act
//   act      'kill': SIGKILL to the whole process group; 'ENOSPC' and the like: the call fails with it instead;
//            'snapshot': nothing ends, but after every call the root is copied to <snapshots>/<number>
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join, resolve } from 'node:path';

const { root, counter, at, act, snapshots } = JSON.parse(process.env.BERTH_FS_HOOK);
const real = { ...fs };
let copying = false;
const inRoot = (path) => !copying && typeof path === 'string' && `${resolve(path)}/`.startsWith(`${root}/`);
/** Descriptors of files and folders below the root; the value says whether something was written. */
const opened = new Map();

function count() {
  const file = real.openSync(counter, 'a+');
  real.writeSync(file, '.');
  const number = real.fstatSync(file).size;
  real.closeSync(file);
  return number;
}

/** Does one call that changes something: counted, and the last one or a failing one where it is the N-th. */
function step(name, path, action) {
  const number = count();
  if (number === at && !['kill', 'snapshot'].includes(act))
    throw Object.assign(new Error(`${act}: injected, ${name}`), {
      code: act,
      syscall: name,
      path: String(path),
    });
  const result = action();
  if (number === at && act === 'kill') process.kill(0, 'SIGKILL');
  if (act === 'snapshot') {
    copying = true;
    real.cpSync(root, join(snapshots, String(number)), { recursive: true });
    copying = false;
  }
  return result;
}

const onPath = [
  'mkdir',
  'unlink',
  'rmdir',
  'chmod',
  'writeFile',
  'appendFile',
  'truncate',
  'utimes',
  'mkdtemp',
];
const onTwoPaths = ['rename', 'link', 'symlink', 'copyFile', 'cp'];
const onDescriptor = ['fchmod', 'fsync', 'fdatasync', 'ftruncate', 'futimes', 'writev'];

for (const name of onPath) {
  const call = real[`${name}Sync`];
  fs[`${name}Sync`] = (path, ...rest) =>
    inRoot(path) ? step(name, path, () => call(path, ...rest)) : call(path, ...rest);
}
for (const name of onTwoPaths) {
  const call = real[`${name}Sync`];
  fs[`${name}Sync`] = (from, to, ...rest) =>
    inRoot(from) || inRoot(to) ? step(name, to, () => call(from, to, ...rest)) : call(from, to, ...rest);
}
for (const name of onDescriptor) {
  const call = real[`${name}Sync`];
  fs[`${name}Sync`] = (file, ...rest) =>
    opened.has(file) ? step(name, `#${file}`, () => call(file, ...rest)) : call(file, ...rest);
}
fs.openSync = (path, flags = 'r', ...rest) => {
  const open = () => real.openSync(path, flags, ...rest);
  if (!inRoot(path)) return open();
  const file = flags === 'r' ? open() : step('open', path, open);
  opened.set(file, false);
  return file;
};
fs.closeSync = (file) => {
  opened.delete(file);
  return real.closeSync(file);
};
// The first write to a file is cut short, as the system may do: a death in between leaves half a file.
fs.writeSync = (file, data, ...rest) => {
  if (!opened.has(file)) return real.writeSync(file, data, ...rest);
  const [offset = 0] = rest;
  const length = data.length - offset;
  const short = !opened.get(file) && Buffer.isBuffer(data) && length > 1;
  opened.set(file, true);
  return step('write', `#${file}`, () =>
    short ? real.writeSync(file, data, offset, Math.floor(length / 2)) : real.writeSync(file, data, ...rest),
  );
};
// Removing a tree is many calls.
fs.rmSync = (path, options = {}) => {
  if (!inRoot(path)) return real.rmSync(path, options);
  const found = real.lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined && options.force) return undefined;
  if (!found?.isDirectory()) return fs.unlinkSync(path);
  for (const name of real.readdirSync(path)) fs.rmSync(join(path, name), options);
  return fs.rmdirSync(path);
};

// What is not synchronous is counted too, so that nothing goes unseen.
for (const name of [...onPath, ...onTwoPaths, 'rm']) {
  const callback = real[name];
  fs[name] = (path, ...rest) =>
    inRoot(path) ? step(name, path, () => callback(path, ...rest)) : callback(path, ...rest);
  const promise = real.promises[name];
  fs.promises[name] = async (path, ...rest) =>
    inRoot(path) ? step(name, path, () => promise(path, ...rest)) : promise(path, ...rest);
}
const openPromise = real.promises.open;
fs.promises.open = async (path, flags = 'r', ...rest) =>
  inRoot(path) && flags !== 'r'
    ? step('open', path, () => openPromise(path, flags, ...rest))
    : openPromise(path, flags, ...rest);
syncBuiltinESMExports();
