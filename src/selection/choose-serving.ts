import type { Catalog } from '../catalog/catalog.js';
import type { SizingProfile } from '../catalog/sizing-profile.js';
import { type ChosenAccelerator, chooseAccelerator } from './choose-accelerator.js';
import { type ChosenEngine, chooseEngine } from './choose-engine.js';
import { type ChosenModel, chooseModel } from './choose-model.js';
import { unknownEntry } from './choose-section.js';
import type { Collector } from './collect.js';
import { fallbacks, servingFallbacks } from './defaults.js';
import { fileLayers, type Layered } from './layers.js';
import { type Merged, mergeLayers } from './merge.js';
import { sizingProblems } from './sizing-problems.js';
import { own, type Target } from './target.js';

/** What an environment serves and on what, and all its layers joined. */
export interface ChosenServing {
  readonly layered: Layered;
  readonly merged: Merged;
  readonly chosen: ChosenModel;
  readonly engine: ChosenEngine;
  readonly accelerator: ChosenAccelerator;
}

/** Looks up model, profile, engine and accelerator. Undefined where one of them was not found: `found` says why. */
export function chooseServing(
  { target, clusterFile }: Pick<Layered, 'target' | 'clusterFile'>,
  { catalog, root }: { readonly catalog: Catalog; readonly root: string },
  found: Collector,
): ChosenServing | undefined {
  const chosen = found.attempt(() => chooseModel(target, catalog, root));
  const profile = found.attempt(() => chooseProfile(target, catalog));
  const known = { profile: own(target, 'profile')?.value, profileFound: profile !== undefined };
  const layered = { target, model: chosen?.model, profile, clusterFile };
  const layers = fileLayers(layered);
  const said = mergeLayers(layers).values;
  const version = catalog.engineFamily.defaultVersion;
  const merged = mergeLayers(layers, [...servingFallbacks(said, chosen?.model, version), fallbacks]);
  const engine = found.attempt(() => chooseEngine(merged.settings, target, catalog));
  const accelerator = found.attempt(() => chooseAccelerator(merged.settings, target, catalog));
  found.add(sizingProblems(merged.values, target, catalog, known));
  if (!chosen || !engine || !accelerator) return undefined;
  return { layered, merged, chosen, engine, accelerator };
}

function chooseProfile(target: Target, catalog: Catalog): SizingProfile | undefined {
  const wish = own(target, 'profile');
  if (wish === undefined) return undefined;
  const profile = catalog.sizingProfile(wish.value);
  if (profile !== undefined) return profile;
  throw unknownEntry('profile', wish.value, catalog.ids('sizing'), target.placeOf(['profile']));
}
