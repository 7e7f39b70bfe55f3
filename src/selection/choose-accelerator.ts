import type { AcceleratorProfile } from '../catalog/accelerator.js';
import type { Catalog } from '../catalog/catalog.js';
import { shown } from '../catalog/issue-message.js';
import { didYouMean } from '../catalog/nearest.js';
import { UserError } from '../error.js';
import type { Origin, Setting } from './resolved.js';
import type { Target } from './target.js';

/** The accelerator that an environment's replicas stand on. */
export interface ChosenAccelerator {
  readonly accelerator: AcceleratorProfile;
  readonly setting: Setting;
  readonly notices: readonly string[];
}

const STRENGTH: readonly Origin[] = ['sizing profile', 'selection', 'environment'];

/**
 * The accelerator of the strongest origin. Where sizing and cluster come from the same one, sizing wins; the cluster's
 * accelerator is a fact and beats a sizing profile's wish.
 *
 * @returns undefined where nothing names one.
 * @throws UserError where the catalogue lacks an accelerator that is named, even if another one wins.
 */
export function chooseAccelerator(
  settings: readonly Setting[],
  target: Target,
  catalog: Catalog,
): ChosenAccelerator | undefined {
  const named = (key: string) => settings.find((setting) => setting.key === key);
  const sizing = named('sizing.accelerator');
  const cluster = named('cluster.accelerator');
  const strength = (setting: Setting | undefined) => (setting ? STRENGTH.indexOf(setting.from) : -1);
  const winner = strength(sizing) >= strength(cluster) ? sizing : cluster;
  const found = [sizing, cluster].map((setting) => setting && lookUp(setting, target, catalog));
  const accelerator = found[winner === sizing ? 0 : 1];
  if (winner === undefined || accelerator === undefined) return undefined;
  return {
    accelerator,
    setting:
      winner === cluster
        ? { ...winner, key: 'sizing.accelerator', detail: winner.detail ?? 'cluster.accelerator' }
        : winner,
    notices: differences(winner, sizing, cluster, named('sizing.gpusPerReplica')),
  };
}

function differences(
  winner: Setting,
  sizing: Setting | undefined,
  cluster: Setting | undefined,
  gpus: Setting | undefined,
): string[] {
  if (sizing === undefined || cluster === undefined || sizing.value === cluster.value) return [];
  if (winner === sizing)
    return [`sizing.accelerator ${sizing.value} is taken, although cluster.accelerator is ${cluster.value}`];
  if (gpus?.from !== 'sizing profile') return [];
  const kept = `its ${gpus.value} accelerator(s) per replica are kept, set sizing.gpusPerReplica to change that`;
  const source = sizing.from === 'sizing profile' ? `profile ${sizing.detail}` : 'sizing.accelerator';
  return [`${source} is made for ${sizing.value}, but the cluster has ${cluster.value}; ${kept}`];
}

function lookUp(setting: Setting, target: Target, catalog: Catalog): AcceleratorProfile {
  const id = String(setting.value);
  const accelerator = catalog.accelerator(id);
  if (accelerator !== undefined) return accelerator;
  const ids = catalog.ids('accelerators');
  const message = `no accelerator ${shown(id)} in the catalogue`;
  const fix = didYouMean(id, ids) ?? `berth list accelerators shows what there is`;
  throw new UserError(message, [{ place: target.placeOf(setting.key.split('.')), message, fix }]);
}
