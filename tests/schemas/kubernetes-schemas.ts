import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { KUBERNETES_VERSIONS } from '../../src/selection/cluster.js';

export type Version = (typeof KUBERNETES_VERSIONS)[number];
export { KUBERNETES_VERSIONS };

const FOLDER = join(import.meta.dirname, '../fixtures/schemas');

interface Definition {
  readonly 'x-kubernetes-group-version-kind'?: readonly { group: string; version: string; kind: string }[];
  readonly [keyword: string]: unknown;
}

interface VersionSchemas {
  readonly ajv: Ajv2020;
  /** Name of the definition of a kind, by `apiVersion/kind`. */
  readonly kinds: ReadonlyMap<string, string>;
}

const loaded = new Map<Version, VersionSchemas>();

/** The strict schemas of one Kubernetes minor. References start with the minor: `1.36#/$defs/…`. */
function schemasOf(version: Version): VersionSchemas {
  const known = loaded.get(version);
  if (known) return known;
  const text = gunzipSync(readFileSync(join(FOLDER, `v${version}.json.gz`))).toString();
  const schema = JSON.parse(text) as { $defs: Record<string, Definition> };
  const ajv = newAjv();
  ajv.addSchema({ ...schema, $id: version });
  const kinds = new Map(
    Object.entries(schema.$defs).flatMap(([name, definition]) =>
      (definition['x-kubernetes-group-version-kind'] ?? []).map(
        ({ group, version: api, kind }) =>
          [`${group === '' ? api : `${group}/${api}`}/${kind}`, name] as const,
      ),
    ),
  );
  const schemas = { ajv, kinds };
  loaded.set(version, schemas);
  return schemas;
}

/** Reads schemas as the API writes them: formats that only say how wide a number is, and patterns as Go has them. */
export function newAjv(): Ajv2020 {
  const goPattern = (pattern: string) =>
    new RegExp(pattern.replace('(?i)', ''), pattern.includes('(?i)') ? 'i' : '');
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    unicodeRegExp: false,
    code: { regExp: Object.assign(goPattern, { code: 'new RegExp' }) },
  });
  addFormats.default(ajv);
  for (const format of ['int32', 'int64', 'int-or-string', 'byte', 'quantity']) ajv.addFormat(format, true);
  return ajv;
}

const compiled = new Map<string, ValidateFunction>();

/** The validator of a built-in kind; undefined where the version has none of that name. */
export function builtInValidator(version: Version, kind: string): ValidateFunction | undefined {
  const name = schemasOf(version).kinds.get(kind);
  return name === undefined ? undefined : definitionValidator(version, name);
}

/** The validator of any object's metadata. */
export function metadataValidator(version: Version): ValidateFunction {
  return definitionValidator(version, 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta');
}

function definitionValidator(version: Version, name: string): ValidateFunction {
  const reference = `${version}#/$defs/${name}`;
  const validate = compiled.get(reference) ?? schemasOf(version).ajv.compile({ $ref: reference });
  compiled.set(reference, validate);
  return validate;
}
