import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { Cluster } from './cluster.js';
import { LockFile } from './lock.js';
import { Selection } from './schema.js';

interface JsonSchema {
  readonly properties?: Record<string, JsonSchema>;
  readonly additionalProperties?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

/** The JSON Schemas for editors, written from the schemas that the program itself uses: file below schema/ → text. */
export function jsonSchemas(): Record<string, string> {
  const selection = toJsonSchema(Selection, 'Berth selection');
  referToSelection(selection);
  return {
    'selection.json': text(selection),
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
  const environments = properties.environments?.additionalProperties?.anyOf ?? [];
  for (const environment of environments) {
    for (const [key, schema] of Object.entries(environment.properties ?? {})) {
      const same = environment.properties && isDeepStrictEqual(properties[key], schema);
      if (same) environment.properties[key] = { $ref: `#/properties/${key}` } as JsonSchema;
    }
  }
}

function text(schema: JsonSchema): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}
