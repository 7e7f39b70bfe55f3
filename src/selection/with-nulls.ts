import * as z from 'zod';

/** The type with null allowed wherever a key may be absent: null removes what a weaker layer says. */
export type Nulls<T> = T extends readonly unknown[] | string | number | boolean | null | undefined
  ? T
  : {
      [K in keyof T]: undefined extends T[K]
        ? Nulls<Exclude<T[K], undefined>> | null | undefined
        : Nulls<T[K]>;
    };

/** The keys of a map, each optional one with null allowed. */
export type NullShape<S> = {
  [K in keyof S]: S[K] extends z.ZodOptional<infer Inner>
    ? z.ZodOptional<z.ZodNullable<Inner extends z.ZodUnion ? Inner : z.ZodType<Nulls<z.output<Inner>>>>>
    : S[K];
};

/** `withNulls` for the keys of a map that is yet to be made. */
export function shapeWithNulls<S extends Record<string, z.ZodType>>(shape: S): NullShape<S> {
  return Object.fromEntries(
    Object.entries(shape).map(([key, field]) => [key, nullable(field)]),
  ) as NullShape<S>;
}

/**
 * The schema with null allowed for every optional key, at any depth of its maps. Lists and unions stay as they are:
 * they replace as a whole, so nothing in them can be removed.
 */
export function withNulls<S extends z.ZodType>(schema: S): z.ZodType<Nulls<z.output<S>>> {
  return nullable(schema) as unknown as z.ZodType<Nulls<z.output<S>>>;
}

/**
 * Every key of a map optional and with null allowed, at any depth of its maps: half of it may stand in the selection
 * and half in an environment. What is required and what is refined is checked once all layers are joined.
 */
export function partialWithNulls(schema: z.ZodObject): Record<string, z.ZodType> {
  return Object.fromEntries(
    Object.entries(schema.shape as Record<string, z.ZodType>).map(([key, field]) => [key, anyPart(field)]),
  );
}

function anyPart(schema: z.ZodType): z.ZodType {
  const part = partOf(schema).nullable().optional();
  const inner = schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema;
  const description = schema.description ?? inner.description;
  return description === undefined ? part : part.describe(description);
}

function partOf(schema: z.ZodType): z.ZodType {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodNullable
  )
    return partOf(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodObject) return z.strictObject(partialWithNulls(schema));
  if (schema instanceof z.ZodRecord)
    return z.record(
      schema.keyType as z.ZodType<string, string>,
      partOf(schema.valueType as z.ZodType).nullable(),
    );
  return schema;
}

function nullable(schema: z.ZodType): z.ZodType {
  return described(rebuilt(schema), schema);
}

function rebuilt(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional)
    return nullable(schema.unwrap() as z.ZodType)
      .nullable()
      .optional();
  if (schema instanceof z.ZodObject) {
    if (schema._zod.def.checks?.length) throw new Error('a refined map would lose its refinement');
    return z.strictObject(shapeWithNulls(schema.shape as Record<string, z.ZodType>));
  }
  if (schema instanceof z.ZodRecord)
    return z.record(schema.keyType as z.ZodType<string, string>, (schema.valueType as z.ZodType).nullable());
  return schema;
}

/** Texts of `describe` belong to one schema object and do not follow to the new one by themselves. */
function described(next: z.ZodType, schema: z.ZodType): z.ZodType {
  const inner = schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema;
  const description = schema.description ?? inner.description;
  return description === undefined ? next : next.describe(description);
}
