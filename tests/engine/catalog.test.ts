import { mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { EngineTable } from '../../src/catalog/engine.js';
import { cached, contentKey } from '../cluster/cache.js';
import { openGuard } from '../cluster/guard.js';
import { createStateFolder } from '../cluster/state-folder.js';
import { exactTable } from './deployed.js';
import { ensureEngine, ensureSources } from './install.js';

const scripts = join(import.meta.dirname, '../../scripts/catalog');
const VERSION = '0.33.0';
/** What stands in for a table that is not there. */
const OLDER = '0.32.0';

it(`a table of ${VERSION} that is deleted comes back with the same flags, metrics and parsers`, async () => {
  const merge = await import(join(scripts, 'merge-table.mjs'));
  const rebuilt = EngineTable.parse(merge.mergeTable(VERSION, await readEngine(), exactTable(OLDER)));
  const table = exactTable(VERSION);
  expect(rebuilt.serve.flags).toEqual(table.serve.flags);
  for (const key of ['json_objects', 'tool_call_parsers', 'reasoning_parsers', 'kv_cache_dtypes'] as const)
    expect(rebuilt[key], key).toEqual(table[key]);
  for (const key of ['load_formats', 'architectures', 'api_key_protects_prefixes'] as const)
    expect(rebuilt[key], key).toEqual(table[key]);
  expect(Object.keys(rebuilt.env)).toEqual(Object.keys(table.env));

  expect(Object.keys(rebuilt.metrics).sort()).toEqual(Object.keys(table.metrics).sort());
  for (const [name, metric] of Object.entries(table.metrics)) {
    // Six metrics had no kind: their declaration stands in another file than their name.
    expect(rebuilt.metrics[name], name).toMatchObject(metric);
    if (metric.type !== undefined) expect(rebuilt.metrics[name], name).toEqual(metric);
  }
  // What a person reads in the sources says where it comes from until somebody has read it again.
  expect(rebuilt.obtained).toMatchObject({ defaults: `not read: carried over from ${OLDER}` });
}, 300_000);

/** What the command reads of the engine; kept outside the tree until the sources or what reads them change. */
async function readEngine(): Promise<unknown> {
  const sources = await ensureSources(VERSION);
  const readers = readdirSync(join(scripts, 'engine')).filter((name) => name.endsWith('.py'));
  const model = readFileSync(join(import.meta.dirname, 'tiny_model.py'), 'utf8');
  const key = contentKey(`engine-read-${VERSION}`, join(scripts, 'engine'), readers, sources + model);
  const folder = await cached(key, async (target) => {
    const { python } = await ensureEngine();
    const guard = openGuard(createStateFolder());
    const run = async (name: string, args: readonly string[]) => {
      const env = { PYTHONPATH: sources, PYTHONDONTWRITEBYTECODE: '', HOME: guard.folder };
      guard.start(name, { command: python, args, env });
      expect((await guard.exit(name)).code, guard.log(name, 30)).toBe(0);
    };
    try {
      mkdirSync(target, { recursive: true });
      const model = join(guard.folder, 'model');
      await run('model', [join(import.meta.dirname, 'tiny_model.py'), model, '4096', '2', '32']);
      await run('read', [join(scripts, 'engine/read_engine.py'), model, join(target, 'read.json')]);
      renameSync(target, target.replace(/\.part-\d+$/, ''));
    } finally {
      await guard.close();
    }
  });
  return JSON.parse(readFileSync(join(folder, 'read.json'), 'utf8'));
}
