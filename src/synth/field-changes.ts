import { isDeepStrictEqual } from 'node:util';

/** One field that differs; `before` or `after` is absent where it exists on one side only. */
export interface FieldChange {
  /** `spec.template.spec.containers[server].args[3]`: elements with a name are called by it. */
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

type Entries = ReadonlyMap<string, unknown>;

/** The smallest fields in which two values differ. Lists of different length without names count as one field. */
export function fieldChanges(before: unknown, after: unknown, path = ''): FieldChange[] {
  if (isDeepStrictEqual(before, after)) return [];
  const pair = entriesOf(before, after);
  if (pair === undefined)
    return [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
  const [old, now] = pair;
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) =>
    fieldChanges(old.get(key), now.get(key), join(path, key)),
  );
}

/** Both sides by key, where they can be compared part by part. */
function entriesOf(before: unknown, after: unknown): [Entries, Entries] | undefined {
  if (isMap(before) && isMap(after)) return [fields(before), fields(after)];
  if (!Array.isArray(before) || !Array.isArray(after)) return undefined;
  const named = [byName(before), byName(after)];
  if (named[0] !== undefined && named[1] !== undefined) return [named[0], named[1]];
  return before.length === after.length ? [byIndex(before), byIndex(after)] : undefined;
}

function fields(map: Record<string, unknown>): Entries {
  return new Map(Object.entries(map));
}

function byName(list: readonly unknown[]): Entries | undefined {
  const entries = list.map((element) => [isMap(element) ? element.name : undefined, element] as const);
  const names = new Set(entries.map(([name]) => name));
  if (names.size !== list.length || !entries.every(([name]) => typeof name === 'string')) return undefined;
  return new Map(entries.map(([name, element]) => [`[${String(name)}]`, element]));
}

function byIndex(list: readonly unknown[]): Entries {
  return new Map(list.map((element, index) => [`[${index}]`, element]));
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function join(path: string, key: string): string {
  if (key.startsWith('[')) return `${path}${key}`;
  const word = /[./]/.test(key) ? `["${key}"]` : key;
  return path === '' || word.startsWith('[') ? `${path}${word}` : `${path}.${word}`;
}
