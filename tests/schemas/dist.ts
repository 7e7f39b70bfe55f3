import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../../src/inspect/types.js';

const DIST = join(import.meta.dirname, '../../dist');

/** One environment as it lies on disk. */
export interface Environment {
  /** `fault-diagnosis/production`. */
  readonly name: string;
  readonly objects: readonly KubernetesObject[];
  readonly kustomization: unknown;
  readonly plan: unknown;
}

/** Every environment of the golden set. Throws where there is none: a check of nothing would look green. */
export function readDist(): readonly Environment[] {
  const selections = existsSync(DIST) ? folders(DIST) : [];
  const environments = selections.flatMap((selection) =>
    folders(join(DIST, selection)).map((environment) => readEnvironment(selection, environment)),
  );
  if (environments.length === 0) throw new Error('dist/ holds no environment: run `npx cdk8s synth` first');
  return environments;
}

function readEnvironment(selection: string, environment: string): Environment {
  const folder = join(DIST, selection, environment);
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  const read = (file: string) =>
    parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map((document) => document.toJS());
  return {
    name: `${selection}/${environment}`,
    objects: files
      .filter((file) => file !== 'kustomization.yaml')
      .flatMap(read)
      .filter((object): object is KubernetesObject => object !== null),
    kustomization: files.includes('kustomization.yaml') ? read('kustomization.yaml')[0] : undefined,
    plan: JSON.parse(readFileSync(`${folder}.plan.json`, 'utf8')),
  };
}

function folders(path: string): readonly string[] {
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? entry.name : [],
  );
}
