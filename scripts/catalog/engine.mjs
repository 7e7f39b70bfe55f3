// Builds the table of one engine version from its published wheel and shows what differs from the table that is there.
//   npm run catalog -- engine vllm@0.33.0 [--write]
// Needs Python 3.11 or newer; installs what the engine's tests install (6 GB, cached).
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare, valid } from 'semver';
import { differences } from './differences.mjs';
import { load, root } from './load.mjs';
import { mergeTable } from './merge-table.mjs';
import { formatTable } from './table-format.mjs';

const folder = join(root, 'profiles/engines');
const tableFile = (version) => join(folder, `vllm-${version}.json`);

/** What the published engine accepts and exports, read by its own code. */
export async function readEngine(version) {
  const { ensureEngine, ensureSources } = await load('tests/engine/install.ts');
  const { python } = await ensureEngine();
  const sources = await ensureSources(version);
  const place = mkdtempSync(join(tmpdir(), 'berth-catalog-'));
  try {
    const run = (script, ...args) => {
      const env = { ...process.env, HOME: place, PYTHONPATH: sources, PYTHONDONTWRITEBYTECODE: '' };
      const { status } = spawnSync(python, [join(root, script), ...args], {
        env,
        stdio: 'inherit',
        timeout: 600_000,
      });
      if (status !== 0) throw new Error(`${script} ended with ${status}`);
    };
    run('tests/engine/tiny_model.py', join(place, 'model'), '4096', '2', '32');
    run('scripts/catalog/engine/read_engine.py', join(place, 'model'), join(place, 'read.json'));
    return JSON.parse(readFileSync(join(place, 'read.json'), 'utf8'));
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** @returns the exit code */
export async function engine([id = '', ...options]) {
  const version = valid(id.replace(/^vllm@/, ''));
  if (!id.startsWith('vllm@') || version === null) {
    console.error(`error: '${id}' names no engine version, expected e.g. vllm@0.33.0`);
    return 1;
  }
  const there = existsSync(tableFile(version)) ? readTable(version) : undefined;
  const table = mergeTable(version, await readEngine(version), there ?? nearestOlder(version));
  const { EngineTable } = await load('src/catalog/engine.ts');
  EngineTable.parse(table);

  const changes = there === undefined ? [] : differences(there, table);
  for (const line of changes) console.log(line);
  if (there !== undefined && changes.length === 0) console.log(`vllm-${version}.json says just this`);
  if (there !== undefined && changes.length > 0 && !options.includes('--write')) {
    console.log(`${changes.length} differences; nothing was written: add --write`);
    return 0;
  }
  if (there === undefined || changes.length > 0) {
    writeFileSync(tableFile(version), formatTable(table));
    console.log(`profiles/engines/vllm-${version}.json written`);
  }
  return 0;
}

/** What only a person reads in the sources, until somebody has read it again. */
function nearestOlder(version) {
  const versions = readdirSync(folder).flatMap((name) => /^vllm-(\d.*)\.json$/.exec(name)?.[1] ?? []);
  const [nearest] = versions.filter((each) => compare(each, version) < 0).sort((a, b) => compare(b, a));
  if (nearest === undefined) throw new Error(`no table is older than ${version}`);
  return readTable(nearest);
}

function readTable(version) {
  return JSON.parse(readFileSync(tableFile(version), 'utf8'));
}
