import type { Catalog } from '../../catalog/catalog.js';
import type { EngineTable } from '../../catalog/engine.js';
import { UserError } from '../../error.js';
import { engineForSizing } from '../../sizing/engine-for-sizing.js';

export interface EngineToSize {
  readonly engine: EngineTable;
  readonly assumptions: readonly string[];
}

/**
 * Reads `--engine`: `vllm@0.19.0`, `vllm`, or a bare version. A size needs only the version's defaults and constants, so a
 * version without a table takes those of the nearest one, and says so.
 * @throws UserError for another engine or an unreadable version.
 */
export function readEngine(text: string | undefined, catalog: Catalog): EngineToSize {
  const { defaultVersion } = catalog.engineFamily;
  const [, name = 'vllm', version] = /^(?:([a-z][\w-]*)(?:@|$))?v?([\w.+-]+)?$/i.exec(text ?? 'vllm') ?? [];
  if (name.toLowerCase() !== 'vllm') {
    throw mistake(
      `engine '${name}' cannot be sized yet, only vllm`,
      'write for instance --engine vllm@0.32.0',
    );
  }
  const asked = version ?? defaultVersion;
  if (!/^\d+\.\d+/.test(asked))
    throw mistake(`'${text}' names no version of vllm`, 'write for instance vllm@0.32.0');
  const full = /^\d+\.\d+$/.test(asked) ? `${asked}.0` : asked;
  const table = catalog.engine(full)?.table ?? nearestTable(full, catalog);
  const engine = engineForSizing(full, table);
  const unasked = text === undefined ? [`engine vllm@${full}: the default`] : [];
  const borrowed =
    table.version === full ? [] : [`defaults of vllm ${full} are read from the table of ${table.version}`];
  return { engine, assumptions: [...unasked, ...borrowed] };
}

/** The oldest table for what is older, else the newest that is not newer. */
function nearestTable(version: string, catalog: Catalog): EngineTable {
  const minorOf = (text: string) => Number(text.split('.')[1] ?? 0);
  const versions = catalog.engineVersions();
  const found = versions.findLast((one) => minorOf(one) <= minorOf(version)) ?? versions[0];
  const table = found === undefined ? undefined : catalog.engine(found)?.table;
  if (table === undefined) throw new Error('the package has lost its engine tables');
  return table;
}

function mistake(message: string, fix: string): UserError {
  return new UserError('nothing was sized', [{ message, fix }]);
}
