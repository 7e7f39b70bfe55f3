import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { newAjv } from './kubernetes-schemas.js';

const FOLDER = join(import.meta.dirname, '../fixtures/crds');

type Schema = Readonly<Record<string, unknown>>;
interface Definition {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly schema: { readonly openAPIV3Schema: Schema };
    }[];
  };
}

let schemas: ReadonlyMap<string, Schema> | undefined;

/** Schemas of the served versions of every vendored CustomResourceDefinition, by `apiVersion/kind`. */
export function customSchemas(): ReadonlyMap<string, Schema> {
  schemas ??= new Map(
    readdirSync(FOLDER)
      .filter((file) => file.endsWith('.yaml.gz'))
      .map((file) => parse(gunzipSync(readFileSync(join(FOLDER, file))).toString()) as Definition)
      .flatMap(({ spec }) =>
        spec.versions
          .filter(({ served }) => served)
          .map(
            ({ name, schema }) =>
              [`${spec.group}/${name}/${spec.names.kind}`, schema.openAPIV3Schema] as const,
          ),
      ),
  );
  return schemas;
}

const ajv = newAjv();
const compiled = new Map<string, ValidateFunction>();

/**
 * The strict validator of a custom kind; undefined where no vendored definition has it. Rules in CEL are left out, and the
 * metadata is the API server's own, whatever the definition says of it.
 */
export function customValidator(kind: string): ValidateFunction | undefined {
  const schema = customSchemas().get(kind);
  if (!schema) return undefined;
  const validate = compiled.get(kind) ?? ajv.compile(ofRoot(schema));
  compiled.set(kind, validate);
  return validate;
}

/** The strict schema of a whole custom object. */
export function ofRoot(schema: Schema): Schema {
  const root = strict(schema) as { properties?: Schema; required?: readonly string[] };
  const own = { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { type: 'object' } };
  const required = [...new Set([...(root.required ?? []), ...Object.keys(own)])];
  return { ...root, properties: { ...root.properties, ...own }, required };
}

/** A structural schema as JSON Schema in which objects refuse what they do not name, as strict field validation does. */
export function strict(schema: Schema): Schema {
  const { properties, items, additionalProperties, nullable, type, ...rest } = schema;
  const result: Record<string, unknown> = { ...rest };
  const preserves = schema['x-kubernetes-preserve-unknown-fields'] === true;
  if (schema['x-kubernetes-int-or-string'] === true) {
    // Value rules beside it (anyOf integer or string, patterns for the text) stay as they are.
    result.type = ['integer', 'string'];
  } else if (type !== undefined) result.type = nullable === true ? [type, 'null'] : type;
  if (items !== undefined) result.items = strict(items as Schema);
  if (properties !== undefined)
    result.properties = mapValues(properties as Readonly<Record<string, Schema>>, strict);
  if (schema['x-kubernetes-embedded-resource'] === true) {
    result.properties = {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { type: 'object' },
      ...(result.properties as Schema),
    };
  }
  if (typeof additionalProperties === 'object' && additionalProperties !== null) {
    result.additionalProperties = strict(additionalProperties as Schema);
  } else if (type === 'object' && !preserves && additionalProperties !== true)
    result.additionalProperties = false;
  return result;
}

function mapValues<T, R>(map: Readonly<Record<string, T>>, change: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
}
