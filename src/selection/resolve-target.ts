import type { Catalog } from '../catalog/catalog.js';
import { shown } from '../catalog/issue-message.js';
import { didYouMean } from '../catalog/nearest.js';
import type { SizingProfile } from '../catalog/sizing-profile.js';
import { UserError } from '../error.js';
import { assemble } from './assemble.js';
import { chooseAccelerator } from './choose-accelerator.js';
import { chooseEngine } from './choose-engine.js';
import { chooseModel } from './choose-model.js';
import { loadCluster } from './cluster-file.js';
import { clusterKindProblems } from './cluster-kind.js';
import type { Collector } from './collect.js';
import { fallbacks } from './defaults.js';
import { fileLayers } from './layers.js';
import { mergeLayers } from './merge.js';
import { chooseNamespace } from './namespace.js';
import { placeFinder } from './place.js';
import type { Lock, ResolvedSelection } from './resolved.js';
import { sizingProblems } from './sizing-problems.js';
import { own, type Target } from './target.js';

/** What ids are looked up in. */
export interface Sources {
  readonly catalog: Catalog;
  readonly lock: Lock;
  readonly root: string;
}

/** One environment with ids looked up and precedence applied; undefined where a problem was found. */
export function resolveTarget(
  unplaced: Target,
  { catalog, lock, root }: Sources,
  found: Collector,
): ResolvedSelection | undefined {
  const { clusterId, loaded, environment } = unplaced;
  const clusterFile =
    clusterId === undefined
      ? undefined
      : found.attempt(() => loadCluster(clusterId, root, unplaced.placeOf(['cluster'])));
  const target = { ...unplaced, placeOf: placeFinder(loaded.yaml, environment, clusterFile?.yaml) };
  const namespace = found.attempt(() => chooseNamespace(target));
  const chosen = found.attempt(() => chooseModel(target, catalog, root));
  const profile = found.attempt(() => chooseProfile(target, catalog));

  const known = { profile: own(target, 'profile')?.value, profileFound: profile !== undefined };
  const layered = { target, model: chosen?.model, profile, clusterFile };
  const layers = fileLayers(layered);
  const version = catalog.engineFamily.defaultVersion;
  const merged = mergeLayers(layers, fallbacks(mergeLayers(layers).values, chosen?.model, version));
  const engine = found.attempt(() => chooseEngine(merged.settings, target, catalog));
  const accelerator = found.attempt(() => chooseAccelerator(merged.settings, target, catalog));
  found.add(sizingProblems(merged.values, target, catalog, known));
  const { kind } = merged.values.cluster as { kind?: unknown };
  found.attempt(() => found.add(clusterKindProblems(kind, target, catalog)));
  if (!namespace || !chosen || !engine || !accelerator) return undefined;
  return assemble({ ...layered, catalog, lock, merged, namespace, chosen, engine, accelerator });
}

function chooseProfile(target: Target, catalog: Catalog): SizingProfile | undefined {
  const wish = own(target, 'profile');
  if (wish === undefined) return undefined;
  const profile = catalog.sizingProfile(wish.value);
  if (profile !== undefined) return profile;
  const ids = catalog.ids('sizing');
  const message = `no profile ${shown(wish.value)}, there are: ${ids.join(', ')}`;
  const fix = didYouMean(wish.value, ids);
  throw new UserError(message, [{ place: target.placeOf(['profile']), message, ...(fix && { fix }) }]);
}
