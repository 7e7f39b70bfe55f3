import { compare, major, minor as minorOf, parse } from 'semver';

/** Versions from old to new. */
export function sortVersions(versions: readonly string[]): string[] {
  return [...versions].sort(compare);
}

/**
 * The table that stands for a version: its own, else the nearest earlier patch of the same minor, else the nearest
 * later one. Undefined where no table of that minor exists: flags and metrics change between minors.
 */
export function tableFor(version: string, tables: readonly string[]): string | undefined {
  if (parse(version) === null) return undefined;
  const same = sortVersions(tables).filter(
    (table) => major(table) === major(version) && minorOf(table) === minorOf(version),
  );
  return same.findLast((table) => compare(table, version) <= 0) ?? same[0];
}
