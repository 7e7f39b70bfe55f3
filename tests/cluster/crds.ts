import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import type { Api } from './api.js';
import type { KubeObject } from './kube-object.js';
import { waitUntil } from './wait.js';

const vendored = join(dirname(fileURLToPath(import.meta.url)), '../fixtures/crds');

/** The vendored CustomResourceDefinitions. */
export function vendoredCrds(): readonly KubeObject[] {
  return readCrds(vendored);
}

/** All CustomResourceDefinitions of a folder of .yaml and .yaml.gz files. */
export function readCrds(folder: string): readonly KubeObject[] {
  return readdirSync(folder)
    .filter((name) => /\.ya?ml(\.gz)?$/.test(name))
    .map((name) => {
      const bytes = readFileSync(join(folder, name));
      return parse((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()) as KubeObject;
    })
    .filter(({ kind }) => kind === 'CustomResourceDefinition');
}

/** Installs definitions and waits until the server serves them. */
export async function installCrds(api: Api, crds: readonly KubeObject[]): Promise<void> {
  const install = async (crd: KubeObject) => {
    // Warnings are their projects' own matter, here a text format that the server does not check.
    const { status, failure } = await api.apply(crd, { manager: 'crds' });
    if (status > 299) throw new Error(`${crd.metadata.name}: ${failure}`);
  };
  await Promise.all(crds.map(install));
  await waitUntil('CustomResourceDefinitions established', async () => {
    const live = await api.list('apiextensions.k8s.io/v1', 'CustomResourceDefinition');
    const missing = crds.filter(
      ({ metadata: { name } }) => !isEstablished(live.find((crd) => crd.metadata.name === name)),
    );
    return missing.length === 0 || missing.map(({ metadata }) => metadata.name).join(', ');
  });
}

function isEstablished(crd: KubeObject | undefined): boolean {
  const conditions = (crd?.status?.conditions ?? []) as readonly { type: string; status: string }[];
  return conditions.some(({ type, status }) => type === 'Established' && status === 'True');
}
