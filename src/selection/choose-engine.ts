import { compare } from 'semver';
import type { Catalog } from '../catalog/catalog.js';
import type { EngineTable } from '../catalog/engine.js';
import { UserError } from '../error.js';
import type { Setting } from './resolved.js';
import type { Target } from './target.js';

/** The engine's version, and the table that says what it accepts. */
export interface ChosenEngine {
  readonly version: string;
  readonly table: EngineTable;
  readonly notices: readonly string[];
}

/**
 * Takes the table of the version, or of the nearest patch of the same minor.
 * @throws UserError where no table of that minor exists: flags and metrics change between minors.
 */
export function chooseEngine(settings: readonly Setting[], target: Target, catalog: Catalog): ChosenEngine {
  const version = String(settings.find(({ key }) => key === 'engine.version')?.value);
  const found = catalog.engine(version);
  if (found !== undefined) {
    const { table, exact } = found;
    const notice = `engine ${version} has no table of its own: flags and metrics are those of ${table.version}`;
    return { version, table, notices: exact ? [] : [notice] };
  }
  const versions = catalog.engineVersions();
  const message = `engine ${version} is of a minor without a table, there are: ${versions.join(', ')}`;
  const near = versions.find((one) => compare(one, version) > 0) ?? versions.at(-1);
  throw new UserError(message, [
    { place: target.placeOf(['engine', 'version']), message, fix: `set engine.version: ${near}` },
  ]);
}
