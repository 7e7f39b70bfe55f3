import { formatPlace, type Problem } from '../error.js';
import type { LoadedSelection } from './load.js';
import { type Target, targetsOf } from './target.js';

/** What selections cannot have in common: a name, or a namespace of one cluster. */
export function conflicts(loaded: readonly LoadedSelection[]): Problem[] {
  return [...sameNames(loaded), ...sameNamespaces(loaded)];
}

function sameNames(loaded: readonly LoadedSelection[]): Problem[] {
  const first = new Map<string, LoadedSelection>();
  return loaded.flatMap((one) => {
    const { name } = one.selection;
    const other = first.get(name);
    if (other === undefined) {
      first.set(name, one);
      return [];
    }
    const place = formatPlace(other.yaml.placeOf(['name']));
    const message = `the name ${name} is taken by ${place}`;
    return [{ place: one.yaml.placeOf(['name']), message, fix: 'give one of the two another name' }];
  });
}

function sameNamespaces(loaded: readonly LoadedSelection[]): Problem[] {
  const first = new Map<string, string>();
  return loaded.flatMap(targetsOf).flatMap((target) => {
    const { loaded: one, environment, section, clusterId } = target;
    const cluster = clusterOf(target);
    if (cluster === undefined) return [];
    const namespace = section.namespace ?? `${one.selection.name}-${environment}`;
    const path = ['environments', environment, ...(section.namespace ? ['namespace'] : [])];
    const place = one.yaml.placeOf(path);
    const other = first.get(`${cluster}/${namespace}`);
    if (other === undefined) {
      first.set(`${cluster}/${namespace}`, formatPlace(place));
      return [];
    }
    const where = clusterId === undefined ? 'the same cluster' : `cluster ${clusterId}`;
    const message = `namespace ${namespace} of ${where} is taken by the environment at ${other}`;
    return [{ place, message, fix: `set environments.${environment}.namespace to another one` }];
  });
}

/**
 * What tells clusters apart: the id, else the selection whose environments say nothing of their own. Two clusters that
 * are described in place may be one or two; nobody can tell.
 */
function clusterOf({ loaded, section, clusterId }: Target): string | undefined {
  if (clusterId !== undefined) return clusterId;
  return section.cluster === undefined ? `of ${loaded.file}` : undefined;
}
