import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { customSchemas, ofRoot } from './custom-schemas.js';
import { definitionsOf, type Version } from './kubernetes-schemas.js';

type Schemas = Readonly<Record<string, unknown>>;

const METADATA = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

/**
 * Writes the strict schemas of one Kubernetes minor and of the custom kinds as files, one a kind:
 * `<group>/<kind>_<version>.json`, all in small letters; the core group is called `v1`, as kubeconform does.
 * @returns how many
 */
export function writeSchemaFiles(folder: string, version: Version): number {
  const { definitions, kinds } = definitionsOf(version);
  let count = 0;
  const write = (apiVersionAndKind: string, root: Schemas, $defs: Schemas) => {
    const [kind = '', api = '', group = api] = apiVersionAndKind.split('/').reverse();
    const place = join(folder, group.toLowerCase());
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, `${kind.toLowerCase()}_${api}.json`), JSON.stringify({ ...root, $defs }));
    count += 1;
  };
  for (const [kind, name] of kinds) write(kind, { $ref: `#/$defs/${name}` }, referredBy([name], definitions));
  const ofMetadata = referredBy([METADATA], definitions);
  for (const [kind, schema] of customSchemas()) {
    const root = ofRoot(schema) as { readonly properties: Schemas };
    const properties = { ...root.properties, metadata: { $ref: `#/$defs/${METADATA}` } };
    write(kind, { ...root, properties }, ofMetadata);
  }
  return count;
}

/** The definitions of these names and of all that they refer to. */
function referredBy(
  names: readonly string[],
  definitions: Schemas,
  taken: Record<string, unknown> = {},
): Schemas {
  for (const name of names.filter((each) => !(each in taken))) {
    taken[name] = definitions[name];
    const references = JSON.stringify(taken[name]).matchAll(/"#\/\$defs\/([^"]+)"/g);
    referredBy(
      Array.from(references, ([, reference = '']) => reference),
      definitions,
      taken,
    );
  }
  return taken;
}
