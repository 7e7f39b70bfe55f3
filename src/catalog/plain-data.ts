type Path = readonly (string | number)[];

/** Something that YAML can say and JSON cannot. */
export interface NotPlain {
  readonly path: Path;
  readonly message: string;
}

/** Where data is more than texts, numbers, truth values, lists and maps: everything that follows expects plain JSON. */
export function notPlain(data: unknown): NotPlain[] {
  return walk(data, [], []);
}

function walk(value: unknown, path: Path, above: readonly unknown[]): NotPlain[] {
  if (typeof value === 'number')
    return Number.isFinite(value) ? [] : [{ path, message: `${value} is no number to work with` }];
  if (typeof value !== 'object' || value === null) return [];
  if (above.includes(value)) return [{ path, message: 'an alias leads back to a map or list around it' }];
  const within = [...above, value];
  if (Array.isArray(value)) return value.flatMap((item, index) => walk(item, [...path, index], within));
  if (Object.getPrototypeOf(value) !== Object.prototype)
    return [{ path, message: 'only texts, numbers, true, false, lists and maps are allowed' }];
  return Object.entries(value).flatMap(([key, item]) => walk(item, [...path, key], within));
}
