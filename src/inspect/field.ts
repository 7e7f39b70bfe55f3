/** Fields of an object that anybody may have written. */
export type Fields = Readonly<Record<string, unknown>>;

/** The value at a path, undefined where the path ends early. */
export function valueAt(value: unknown, ...path: readonly string[]): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Fields)[key];
  }
  return at ?? undefined;
}

/** The map at a path; empty where there is none, or something else. */
export function fieldsAt(value: unknown, ...path: readonly string[]): Fields {
  const at = valueAt(value, ...path);
  return typeof at === 'object' && at !== null && !Array.isArray(at) ? (at as Fields) : {};
}

/** The list at a path; empty where there is none, or something else. */
export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const at = valueAt(value, ...path);
  return Array.isArray(at) ? at : [];
}

export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const at = valueAt(value, ...path);
  return typeof at === 'string' ? at : undefined;
}

export function numberAt(value: unknown, ...path: readonly string[]): number | undefined {
  const at = valueAt(value, ...path);
  return typeof at === 'number' ? at : undefined;
}

export function flagAt(value: unknown, ...path: readonly string[]): boolean | undefined {
  const at = valueAt(value, ...path);
  return typeof at === 'boolean' ? at : undefined;
}

/** The texts of a list; other items are left out. */
export function textsAt(value: unknown, ...path: readonly string[]): readonly string[] {
  return listAt(value, ...path).filter((item): item is string => typeof item === 'string');
}

/** A map of texts such as labels or annotations; other values are left out. */
export function textMapAt(value: unknown, ...path: readonly string[]): Readonly<Record<string, string>> {
  const entries = Object.entries(fieldsAt(value, ...path));
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
