// Prints lines per file of src/ and templates/ and refuses what breaks the house's rules:
// files that are too long, imports against the flow, cycles between folders.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = join(import.meta.dirname, '..');
const LIMITS = { median: 100, p90: 200, largest: 350 };

/** From top to bottom; a file may import from its own row and from rows below. */
const FLOW = [
  ['src/cli', 'src/app.ts', 'src/index.ts', 'src/library'],
  ['src/synth'],
  ['templates'],
  ['src/constructs', 'src/checks', 'src/report'],
  ['src/plan', 'src/decision', 'src/compliance'],
  ['src/sizing', 'src/cost', 'src/licence', 'src/inspect'],
  ['src/selection'],
  ['src/catalog'],
  ['src/monitoring', 'src/kubernetes', 'src/error.ts'],
];

const files = (folder) =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : path.endsWith('.ts') ? [path] : [];
  });
const paths = [...files(join(root, 'src')), ...files(join(root, 'templates'))];
const row = (path) =>
  FLOW.findIndex((places) => places.some((place) => path === place || path.startsWith(`${place}/`)));

const faults = [];
const lengths = [];
for (const path of paths) {
  const name = relative(root, path);
  const text = readFileSync(path, 'utf8');
  const count = text.split('\n').length - 1;
  lengths.push({ name, count });
  if (count > LIMITS.largest)
    faults.push(`${name} has ${count} lines, at most ${LIMITS.largest} are allowed: one concept a file`);
  if (row(name) === -1)
    faults.push(`${name} stands outside the layout: expected one of ${FLOW.flat().join(', ')}`);
  if (/(^|\/)(utils?|helpers?|index)(\.ts|\/)/.test(name) && name !== 'src/index.ts')
    faults.push(`${name}: no utils, no barrel files`);
  for (const [, target] of text.matchAll(/^(?:import|export)\s[^'";]*?from\s+'(\.[^']+)'/gm)) {
    const to = relative(root, resolve(dirname(path), target)).replace(/\.js$/, '.ts');
    if (row(to) < row(name)) faults.push(`${name} imports ${to}: against the flow`);
  }
}

lengths.sort((a, b) => a.count - b.count);
const at = (share) => lengths[Math.min(lengths.length - 1, Math.floor(lengths.length * share))];
const [median, p90, largest] = [at(0.5), at(0.9), lengths.at(-1)];
console.log(
  `${lengths.length} files, lines: median ${median.count}, 90th percentile ${p90.count}, largest ${largest.count} (${largest.name})`,
);
if (median.count > LIMITS.median)
  faults.push(`the median file has ${median.count} lines, at most ${LIMITS.median} are allowed`);
if (p90.count > LIMITS.p90)
  faults.push(`the 90th percentile file has ${p90.count} lines, at most ${LIMITS.p90} are allowed`);
for (const fault of faults) console.error(`error: ${fault}`);
process.exit(faults.length === 0 ? 0 : 1);
