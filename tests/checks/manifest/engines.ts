import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EngineTable } from '../../../src/catalog/engine.js';
import { tableFor } from '../../../src/catalog/engine-version.js';

const FOLDER = join(import.meta.dirname, '../../../profiles/engines');
const VERSIONS = readdirSync(FOLDER).flatMap((file) => /^vllm-(.+)\.json$/.exec(file)?.[1] ?? []);
const tables = new Map<string, EngineTable>();

/** The package's own table of an engine version, or of its nearest patch. */
export function engines(version: string): EngineTable | undefined {
  const nearest = tableFor(version, VERSIONS);
  if (nearest === undefined) return undefined;
  const table =
    tables.get(nearest) ??
    EngineTable.parse(JSON.parse(readFileSync(join(FOLDER, `vllm-${nearest}.json`), 'utf8')));
  tables.set(nearest, table);
  return table;
}
