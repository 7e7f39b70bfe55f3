import { isDeepStrictEqual } from 'node:util';
import type * as z from 'zod';

/** An entry without what its schema would fill in anyway: what a person would have written. */
export function minimalEntry<S extends z.ZodType>(schema: S, entry: z.output<S>): unknown {
  const whole = schema.parse(entry);
  const plain = JSON.parse(JSON.stringify(entry));
  const means = () => {
    const parsed = schema.safeParse(plain);
    return parsed.success && isDeepStrictEqual(parsed.data, whole);
  };
  strip(plain, means);
  return plain;
}

/** Takes every key away that is not missed, from the inside out. */
function strip(node: unknown, means: () => boolean): void {
  if (typeof node !== 'object' || node === null) return;
  for (const child of Object.values(node)) strip(child, means);
  if (Array.isArray(node)) return;
  const map = node as Record<string, unknown>;
  for (const [key, value] of Object.entries(map)) {
    const before = { ...map };
    delete map[key];
    if (means()) continue;
    // Put back in its old place: the order of keys is how people read the file.
    for (const old of Object.keys(map)) delete map[old];
    Object.assign(map, before, { [key]: value });
  }
}
