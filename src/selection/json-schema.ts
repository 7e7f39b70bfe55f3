import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { Cluster } from './cluster.js';
import { LockFile } from './lock.js';
import { selectionSchema } from './schema.js';
import type { Scheme } from './scheme.js';

interface JsonSchema {
  readonly properties?: Record<string, JsonSchema | false>;
  readonly additionalProperties?: JsonSchema;
  readonly allOf?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
}

/** The JSON Schemas for editors, written from the schemas that the program itself uses: file below schema/ → text. */
export function jsonSchemas(schemes: readonly Scheme[]): Record<string, string> {
  const names = schemes.map(({ name }) => name);
  const selection = toJsonSchema(selectionSchema(names, schemes), 'Berth selection');
  referToSelection(selection);
  const rules = schemes.flatMap((scheme) => ownKeysOnly(scheme, schemes));
  return {
    'selection.json': text({ ...selection, ...(rules.length > 0 && { allOf: rules }) }),
    'cluster.json': text(toJsonSchema(Cluster, 'Berth cluster')),
    'lock.json': text(toJsonSchema(LockFile, 'Berth lock file')),
  };
}

function toJsonSchema(schema: z.ZodType, title: string): JsonSchema {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return { $schema, title, ...rest } as JsonSchema;
}

/** An environment takes the same keys as its selection: the schema says them once. */
function referToSelection({ properties = {} }: JsonSchema): void {
  const targets = properties.environments;
  const environments = targets ? (targets.additionalProperties?.anyOf ?? []) : [];
  for (const environment of environments) {
    for (const [key, schema] of Object.entries(environment.properties ?? {})) {
      const same = environment.properties && isDeepStrictEqual(properties[key], schema);
      if (same) environment.properties[key] = { $ref: `#/properties/${key}` } as JsonSchema;
    }
  }
}

/** The keys of other schemes are mistakes once `scheme` is known. */
function ownKeysOnly({ name, section }: Scheme, schemes: readonly Scheme[]): unknown[] {
  const keys = new Set(schemes.flatMap((scheme) => Object.keys(scheme.section.shape)));
  const foreign = [...keys].filter((key) => !(key in section.shape)).map((key) => [key, false] as const);
  if (foreign.length === 0) return [];
  const properties = Object.fromEntries(foreign);
  return [
    {
      if: { properties: { scheme: { const: name } }, required: ['scheme'] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { properties: { ...properties, environments: { additionalProperties: { properties } } } },
    },
  ];
}

function text(schema: JsonSchema): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}
