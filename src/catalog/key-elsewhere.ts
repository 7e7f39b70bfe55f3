import type * as z from 'zod';
import { defOf, peel } from './allowed-keys.js';

type Schema = z.core.$ZodType;

const DEEPEST = 5;

/** The engine's words for what is called otherwise here, because more than one engine has it. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  maxmodellen: 'sizing.context',
  dtype: 'precision',
  quantization: 'precision',
};

/**
 * Where else in a schema a key belongs, as dotted paths, the shortest ones; case and separators do not count.
 * Lists are not searched: their entries have no key of their own.
 */
export function keyElsewhere(schema: Schema, key: string): string[] {
  const other = OTHER_WORDS[plain(key)];
  if (other !== undefined && hasPath(schema, other.split('.'))) return [other];
  const wanted = plain(key);
  let level: { schema: Schema; path: readonly string[] }[] = [{ schema, path: [] }];
  for (let depth = 0; depth < DEEPEST && level.length > 0; depth++) {
    const below = level.flatMap(({ schema: at, path }) =>
      fieldsOf(at).map(([name, field]) => ({ schema: field, path: [...path, name] })),
    );
    const found = below.filter(({ path }) => plain(path.at(-1) as string) === wanted);
    if (found.length > 0) return [...new Set(found.map(({ path }) => path.join('.')))];
    level = below;
  }
  return [];
}

function hasPath(schema: Schema, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined) return true;
  return fieldsOf(schema).some(([name, field]) => name === key && hasPath(field, rest));
}

function fieldsOf(schema: Schema): [string, Schema][] {
  const def = defOf(peel(schema));
  if (def.type === 'object') return Object.entries(def.shape);
  if (def.type === 'record') return [['<name>', def.valueType]];
  if (def.type === 'union') return def.options.flatMap(fieldsOf);
  return [];
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[-_]/g, '');
}
