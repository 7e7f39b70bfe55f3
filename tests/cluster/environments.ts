import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import type { KubeObject } from './kube-object.js';

const here = dirname(fileURLToPath(import.meta.url));

/** One folder of manifests: what somebody would apply to a cluster. */
export interface Environment {
  /** `<selection>/<environment>` */
  readonly id: string;
  readonly folder: string;
  readonly objects: readonly KubeObject[];
  readonly namespaces: readonly string[];
}

/** Where the environments lie: dist/, or the folder in BERTH_DIST_DIR. */
export function distFolder(): string {
  return process.env.BERTH_DIST_DIR ?? join(here, '../../dist');
}

/**
 * Every `<name>/<environment>/` of a folder, by the kustomization.yaml in it.
 * @throws where there is none: a proving ground with nothing to prove must not look green
 */
export function findEnvironments(root: string = distFolder()): readonly Environment[] {
  const folders = subfolders(root)
    .flatMap(subfolders)
    .filter((folder) => existsSync(join(folder, 'kustomization.yaml')));
  if (folders.length === 0) throw new Error(`${root} holds no environment: run the synth first`);
  return folders.map(readEnvironment);
}

export function readEnvironment(folder: string): Environment {
  const objects = readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name) && name !== 'kustomization.yaml')
    .sort()
    .flatMap((name) => readObjects(join(folder, name)));
  const named = objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name);
  const used = objects.flatMap(({ metadata }) => metadata.namespace ?? []);
  return {
    id: `${basename(dirname(folder))}/${basename(folder)}`,
    folder,
    objects: inOrder(objects),
    namespaces: [...new Set([...named, ...used])],
  };
}

function readObjects(file: string): readonly KubeObject[] {
  return parseAllDocuments(readFileSync(file, 'utf8'), { version: '1.1' }).flatMap((document) => {
    if (document.errors[0]) throw new Error(`${file}: ${document.errors[0].message}`);
    const object = document.toJS() as KubeObject | null;
    return object ? [object] : [];
  });
}

// As kubectl and every GitOps tool do: what others refer to at admission comes first.
const FIRST = [
  'Namespace',
  'PriorityClass',
  'StorageClass',
  'ServiceAccount',
  'ConfigMap',
  'Secret',
  'PersistentVolumeClaim',
];

function inOrder(objects: readonly KubeObject[]): readonly KubeObject[] {
  const rank = ({ kind }: KubeObject) => (FIRST.includes(kind) ? FIRST.indexOf(kind) : FIRST.length);
  return [...objects].sort((a, b) => rank(a) - rank(b));
}

function subfolders(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(folder, entry.name))
    .sort();
}
