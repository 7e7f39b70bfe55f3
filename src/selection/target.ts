import type { LoadedSelection } from './load.js';
import { type PlaceOf, placeFinder } from './place.js';
import type { Origin } from './resolved.js';
import type { EnvironmentSection } from './schema.js';

/** One environment of one selection while its ids are looked up. */
export interface Target {
  readonly loaded: LoadedSelection;
  readonly environment: string;
  readonly section: EnvironmentSection;
  /** Id of the file of clusters/ that describes its cluster. */
  readonly clusterId: string | undefined;
  readonly placeOf: PlaceOf;
}

/** The environments of a selection, in the order of the file. */
export function targetsOf(loaded: LoadedSelection): Target[] {
  return Object.entries(loaded.selection.environments).map(([environment, section]) => {
    const target = { loaded, environment, section: section ?? {} };
    return { ...target, clusterId: clusterIdOf(target), placeOf: placeFinder(loaded.yaml, environment) };
  });
}

/** An environment's map merges with the file that the selection names; its own id or null replaces that. */
function clusterIdOf({ section, loaded }: Sectioned): string | undefined {
  if (section.cluster === null) return undefined;
  const cluster = typeof section.cluster === 'string' ? section.cluster : loaded.selection.cluster;
  return typeof cluster === 'string' ? cluster : undefined;
}

type Sectioned = Pick<Target, 'loaded' | 'section'>;
type SharedKey = Exclude<keyof EnvironmentSection, 'namespace'>;

/** The value of a key that is not merged, from the environment or else the selection. Null counts as not set. */
export function own<K extends SharedKey>(
  { section, loaded }: Sectioned,
  key: K,
): { readonly value: NonNullable<EnvironmentSection[K]>; readonly from: Origin } | undefined {
  const environment = section[key];
  if (environment === null) return undefined;
  if (environment !== undefined)
    return { value: environment as NonNullable<EnvironmentSection[K]>, from: 'environment' };
  const selection = (loaded.selection as EnvironmentSection)[key];
  if (selection === undefined || selection === null) return undefined;
  return { value: selection as NonNullable<EnvironmentSection[K]>, from: 'selection' };
}
