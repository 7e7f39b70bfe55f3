import type { YamlFile } from '../catalog/read-yaml.js';
import type { Place } from '../error.js';

/** Where a key of the selection is set, as an environment sees it. */
export type PlaceOf = (path: readonly (string | number)[]) => Place;

/**
 * The place of an effective value: the environment's own key, else the selection's, else the cluster file's, else the
 * nearest key around it that somebody wrote. Values of a sizing profile are at the line that names the profile.
 *
 * @param cluster The file of clusters/ that describes the environment's cluster.
 */
export function placeFinder(yaml: YamlFile, environment: string, cluster?: YamlFile): PlaceOf {
  return (path) => {
    if (path[0] === 'environments') return yaml.placeOf(path);
    const [first, ...rest] = path;
    const inEnvironment = ['environments', environment, ...path];
    if (has(yaml.data, inEnvironment)) return yaml.placeOf(inEnvironment);
    if (has(yaml.data, path)) return yaml.placeOf(path);
    if (first === 'cluster' && cluster !== undefined && rest.length > 0 && has(cluster.data, rest))
      return cluster.placeOf(rest);
    const candidates = [inEnvironment, path].map((full) => written(yaml.data, full));
    const [own, shared] = candidates as [Path, Path];
    // ['environments', name] alone says nothing about the key.
    if (own.length > 2 && own.length - 2 >= shared.length) return yaml.placeOf(own);
    if (shared.length > 0) return yaml.placeOf(shared);
    return first === 'sizing' ? profilePlace(yaml, environment) : yaml.placeOf(['environments', environment]);
  };
}

type Path = readonly (string | number)[];

function profilePlace(yaml: YamlFile, environment: string): Place {
  const own: Path = ['environments', environment, 'profile'];
  if (has(yaml.data, own)) return yaml.placeOf(own);
  return yaml.placeOf(has(yaml.data, ['profile']) ? ['profile'] : ['environments', environment]);
}

/** The longest part of a path that exists in the data. */
function written(data: unknown, path: Path): Path {
  const length = path.findIndex((_, index) => !has(data, path.slice(0, index + 1)));
  return length === -1 ? path : path.slice(0, length);
}

function has(data: unknown, path: Path): boolean {
  let value = data;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return false;
    value = (value as Record<string | number, unknown>)[part];
  }
  return path.length > 0;
}
