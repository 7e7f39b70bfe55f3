import type * as z from 'zod';

type Schema = z.core.$ZodType;

/** The keys that a map at this path may have, or undefined where it is no map of fixed keys. */
export function allowedKeys(
  schema: Schema,
  path: readonly PropertyKey[],
  data: unknown,
): string[] | undefined {
  const shapes = schemasAt(schema, path, data)
    .flatMap(({ schema: at, data: value }) => options(at, value))
    .flatMap((option) => {
      const def = defOf(option);
      return def.type === 'object' ? [Object.keys(def.shape)] : [];
    });
  return shapes.length > 0 ? [...new Set(shapes.flat())] : undefined;
}

/** The options of the union at this path, in the union's order; undefined where none stands there. */
export function unionOptions(
  schema: Schema,
  path: readonly PropertyKey[],
  data: unknown,
): readonly Schema[] | undefined {
  for (const { schema: at } of schemasAt(schema, path, data)) {
    const def = defOf(at);
    if (def.type === 'union') return def.options;
  }
  return undefined;
}

/** The schemas that may stand at a path: more than one where a union above leaves it open. Unions stay whole. */
function schemasAt(
  schema: Schema,
  path: readonly PropertyKey[],
  data: unknown,
): { schema: Schema; data: unknown }[] {
  const [key, ...rest] = path;
  if (key === undefined) return [{ schema: peel(schema), data }];
  const value =
    typeof data === 'object' && data !== null ? (data as Record<PropertyKey, unknown>)[key] : undefined;
  return options(schema, data)
    .flatMap((option) => childrenAt(option, key))
    .flatMap((child) => schemasAt(child, rest, value));
}

function childrenAt(schema: Schema, key: PropertyKey): Schema[] {
  const def = defOf(schema);
  if (def.type === 'object') return Object.hasOwn(def.shape, key) ? [def.shape[key as string] as Schema] : [];
  if (def.type === 'record') return [def.valueType];
  if (def.type === 'array') return [def.element];
  return [];
}

/** Unions laid open, without the options whose discriminating literals the data contradicts. */
function options(schema: Schema, data: unknown): Schema[] {
  const peeled = peel(schema);
  const def = defOf(peeled);
  if (def.type !== 'union') return [peeled];
  const all = def.options.flatMap((option) => options(option, data));
  const fitting = all.filter((option) => !contradicts(option, data));
  return fitting.length > 0 ? fitting : all;
}

function contradicts(schema: Schema, data: unknown): boolean {
  const def = defOf(schema);
  if (def.type !== 'object' || typeof data !== 'object' || data === null) return false;
  return Object.entries(def.shape).some(([key, field]) => {
    const fieldDef = defOf(peel(field));
    return (
      fieldDef.type === 'literal' &&
      key in data &&
      !fieldDef.values.includes((data as Record<string, never>)[key] as never)
    );
  });
}

/** Without the layers that say optional, nullable, default … */
export function peel(schema: Schema): Schema {
  const def = defOf(schema);
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'readonly':
    case 'catch':
      return peel(def.innerType);
    case 'pipe':
      return peel(def.in);
    case 'lazy':
      return peel(def.getter());
    default:
      return schema;
  }
}

/** What a schema is made of. */
export function defOf(schema: Schema): z.core.$ZodTypes['_zod']['def'] {
  return (schema as z.core.$ZodTypes)._zod.def;
}
