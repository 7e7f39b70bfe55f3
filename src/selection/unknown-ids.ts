import type { Catalog } from '../catalog/catalog.js';
import { shown } from '../catalog/issue-message.js';
import { didYouMean } from '../catalog/nearest.js';
import { readYaml, type YamlFile } from '../catalog/read-yaml.js';
import { type Problem, UserError } from '../error.js';
import { clusterIds } from './cluster-file.js';

type Path = readonly string[];

/**
 * Ids of a selection that name nothing, read off a file that is not valid: without this, whoever mends the first
 * mistakes would meet the next ones only then. Says nothing of what is no word at all; the schema did.
 */
export function unknownIds(file: string, root: string, catalog: Catalog): Problem[] {
  const yaml = read(file, root);
  if (yaml === undefined) return [];
  const environments = at(yaml.data, ['environments']);
  const names = isMap(environments) ? Object.keys(environments) : [];
  const sections: Path[] = [[], ...names.map((name) => ['environments', name])];
  const known = (kind: 'models' | 'sizing' | 'accelerators' | 'clusters') => catalog.ids(kind);
  return sections.flatMap((section) => [
    ...missing(
      yaml,
      [...section, 'model'],
      'model',
      known('models'),
      (id) => id.endsWith('.json') || catalog.findModel(id) !== undefined,
    ),
    ...missing(yaml, [...section, 'profile'], 'profile', known('sizing')),
    ...missing(yaml, [...section, 'sizing', 'accelerator'], 'accelerator', known('accelerators')),
    ...missing(yaml, [...section, 'cluster', 'accelerator'], 'accelerator', known('accelerators')),
    ...missing(yaml, [...section, 'cluster', 'kind'], 'kind of cluster', known('clusters')),
    ...missing(yaml, [...section, 'cluster'], 'cluster', clusterIds(root)),
  ]);
}

function missing(
  yaml: YamlFile,
  path: Path,
  what: string,
  ids: readonly string[],
  exists = (id: string) => ids.includes(id),
): Problem[] {
  const id = at(yaml.data, path);
  // What is not even spelt like an id was refused by the schema.
  if (typeof id !== 'string' || !/^[\w.-]+(\/[\w.-]+)?$/.test(id) || exists(id)) return [];
  const fix = didYouMean(id, ids);
  return [
    { place: yaml.placeOf(path), message: `no ${what} ${shown(id)}`, ...(fix !== undefined && { fix }) },
  ];
}

function at(data: unknown, path: Path): unknown {
  return path.reduce<unknown>((node, part) => (isMap(node) ? node[part] : undefined), data);
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function read(file: string, root: string): YamlFile | undefined {
  try {
    return readYaml(file, root);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
