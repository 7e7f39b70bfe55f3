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

interface Definitions {
  readonly definitions: Readonly<Record<string, Definition>>;
  /** Name of the definition of a kind, by `apiVersion/kind`. */
  readonly kinds: ReadonlyMap<string, string>;
}

const read = new Map<Version, Definitions>();

/** The strict schemas of one Kubernetes minor, as they refer to each other: `#/$defs/…`. */
export function definitionsOf(version: Version): Definitions {
  const known = read.get(version);
  if (known) return known;
  const text = gunzipSync(readFileSync(join(FOLDER, `v${version}.json.gz`))).toString();
  const { $defs: definitions } = JSON.parse(text) as { $defs: Record<string, Definition> };
  const kinds = new Map(
    Object.entries(definitions).flatMap(([name, definition]) =>
      (definition['x-kubernetes-group-version-kind'] ?? []).map(
        ({ group, version: api, kind }) =>
          [`${group === '' ? api : `${group}/${api}`}/${kind}`, name] as const,
      ),
    ),
  );
  read.set(version, { definitions, kinds });
  return { definitions, kinds };
}

const validators = new Map<Version, Ajv2020>();

/** A validator that knows them. References start with the minor: `1.36#/$defs/…`. */
function validatorOf(version: Version): Ajv2020 {
  const known = validators.get(version);
  if (known) return known;
  const ajv = newAjv();
  ajv.addSchema({ $defs: definitionsOf(version).definitions, $id: version });
  validators.set(version, ajv);
  return ajv;
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
  const name = definitionsOf(version).kinds.get(kind);
  return name === undefined ? undefined : definitionValidator(version, name);
}

/** The validator of any object's metadata. */
export function metadataValidator(version: Version): ValidateFunction {
  return definitionValidator(version, 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta');
}

function definitionValidator(version: Version, name: string): ValidateFunction {
  const reference = `${version}#/$defs/${name}`;
  const validate = compiled.get(reference) ?? validatorOf(version).compile({ $ref: reference });
  compiled.set(reference, validate);
  return validate;
}
