import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Api } from './api.js';
import type { KubeObject } from './kube-object.js';
import { waitUntil } from './wait.js';

const vendored = join(dirname(fileURLToPath(import.meta.url)), '../fixtures/crds');
const COLLECTION = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/** A CustomResourceDefinition as text: the server reads YAML faster than we do. */
export interface CrdText {
  readonly name: string;
  readonly yaml: string;
}

/** The definitions that Berth's manifests need. */
export function vendoredCrds(): readonly CrdText[] {
  return readCrds(vendored);
}

/** All definitions of a folder of files `<group>_<plural>.yaml` or `.yaml.gz`. */
export function readCrds(folder: string): readonly CrdText[] {
  return readdirSync(folder).flatMap((file) => {
    const [, group, plural, gz] = /^([^_]+)_([^_]+)\.yaml(\.gz)?$/.exec(file) ?? [];
    const bytes = readFileSync(join(folder, file));
    return group && plural
      ? [{ name: `${plural}.${group}`, yaml: (gz ? gunzipSync(bytes) : bytes).toString() }]
      : [];
  });
}

/** Installs definitions and waits until the server serves them. */
export async function installCrds(api: Api, crds: readonly CrdText[]): Promise<void> {
  const install = async ({ name, yaml }: CrdText) => {
    const url = `${COLLECTION}/${name}?fieldManager=definitions&force=true`;
    // Warnings are their projects' own matter: one names a text format that the server does not check.
    const { status, failure } = await api.request('PATCH', url, yaml, 'application/apply-patch+yaml');
    if (status > 299) throw new Error(`${name}: ${failure}`);
  };
  await Promise.all(crds.map(install));
  await waitUntil(
    'CustomResourceDefinitions established',
    async () => {
      const states = await Promise.all(
        crds.map(async ({ name }) => ({
          name,
          live: (await api.request('GET', `${COLLECTION}/${name}`)).body,
        })),
      );
      const missing = states.filter(({ live }) => !isEstablished(live)).map(({ name }) => name);
      return missing.length === 0 || missing.join(', ');
    },
    { everyMs: 400 },
  );
}

function isEstablished({ status }: KubeObject): boolean {
  const conditions = (status?.conditions ?? []) as readonly { type: string; status: string }[];
  return conditions.some((condition) => condition.type === 'Established' && condition.status === 'True');
}
