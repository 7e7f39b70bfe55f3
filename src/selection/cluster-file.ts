import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { shown } from '../catalog/issue-message.js';
import { didYouMean } from '../catalog/nearest.js';
import { type Place, UserError } from '../error.js';
import { Cluster } from './cluster.js';
import { readStrict, type StrictFile } from './read-strict.js';

/** Ids of the project's clusters/. */
export function clusterIds(root: string): string[] {
  const folder = join(root, 'clusters');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml') && !name.startsWith('.'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .sort();
}

/**
 * Reads clusters/<id>.yaml, which several selections may share.
 * @param place Where the id is named.
 * @throws UserError where there is no such file, or with every mistake of it.
 */
export function loadCluster(id: string, root: string, place: Place): StrictFile<Cluster> {
  const ids = clusterIds(root);
  if (ids.includes(id)) return readStrict(Cluster, join(root, 'clusters', `${id}.yaml`), root);
  const there = ids.length > 0 ? `there are: ${ids.join(', ')}` : 'clusters/ holds none';
  const fix = didYouMean(id, ids) ?? `write clusters/${id}.yaml, or describe the cluster here as a map`;
  throw new UserError('no such cluster', [{ place, message: `no cluster ${shown(id)}; ${there}`, fix }]);
}
