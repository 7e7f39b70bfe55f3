import type { Catalog } from '../catalog/catalog.js';
import type { ChosenAccelerator } from './choose-accelerator.js';
import type { ChosenEngine } from './choose-engine.js';
import type { ChosenModel } from './choose-model.js';
import { defaultsInEffect } from './defaults.js';
import { contextNotice, type Layered } from './layers.js';
import type { Merged } from './merge.js';
import type { Lock, ResolvedSelection, Setting } from './resolved.js';

/** Everything about one environment once all of it has been found. */
interface Parts extends Layered {
  readonly catalog: Catalog;
  readonly lock: Lock;
  readonly merged: Merged;
  readonly namespace: Setting;
  readonly chosen: ChosenModel;
  readonly engine: ChosenEngine;
  readonly accelerator: ChosenAccelerator;
}

/** In the order in which people read a selection. */
const ORDER = [
  'namespace',
  'model',
  'precision',
  'profile',
  'sizing',
  'engine',
  'weights',
  'cluster',
  'expose',
];

/** Printed elsewhere in a plan, entry by entry. */
const LISTED_ELSEWHERE = ['overrides', 'waivers'];

/** The resolved selection from its parts. */
export function assemble(parts: Parts): ResolvedSelection {
  const { target, catalog, lock, merged, chosen, engine, accelerator, profile } = parts;
  const { selection, file } = target.loaded;
  // The schemas have checked every layer, and each value comes from one of them.
  const values = merged.values as unknown as Pick<
    ResolvedSelection,
    'sizing' | 'cluster' | 'expose' | 'strict' | 'requireLocked'
  > &
    Partial<Pick<ResolvedSelection, 'weights' | 'overrides' | 'waivers'>> & {
      engine: ResolvedSelection['engineSettings'];
    };
  return {
    name: selection.name,
    environment: target.environment,
    namespace: String(parts.namespace.value),
    scheme: selection.scheme,
    file,
    placeOf: target.placeOf,
    model: chosen.model,
    checkpoint: chosen.checkpoint,
    successors: chosen.successors,
    accelerator: accelerator.accelerator,
    sizing: {
      ...values.sizing,
      id: profile?.id ?? 'custom',
      accelerator: accelerator.accelerator.id,
      serviceLevels: values.sizing.serviceLevels ?? {},
    },
    engineFamily: catalog.engineFamily,
    engine: engine.table,
    engineVersion: engine.version,
    engineSettings: values.engine,
    weights: values.weights ?? {},
    cluster: values.cluster,
    expose: values.expose,
    overrides: values.overrides ?? [],
    waivers: values.waivers ?? [],
    strict: values.strict,
    requireLocked: values.requireLocked,
    lock,
    organization: selection.organization ?? {},
    data: selection.data ?? {},
    usage: selection.usage ?? {},
    vendor: selection.vendor,
    budget: selection.budget,
    settings: allSettings(parts),
    notices: [
      ...catalog.notices,
      ...chosen.notices,
      ...engine.notices,
      ...accelerator.notices,
      ...contextNotice(parts, merged.settings),
    ],
  };
}

function allSettings({ merged, namespace, chosen, engine, accelerator }: Parts): Setting[] {
  const found = [namespace, ...chosen.settings, accelerator.setting];
  const keys = new Set(found.map(({ key }) => key));
  for (const setting of [...merged.settings, ...defaultsInEffect(merged.values, engine.table)]) {
    if (keys.has(setting.key) || LISTED_ELSEWHERE.includes(setting.key)) continue;
    keys.add(setting.key);
    found.push(setting);
  }
  const rank = ({ key }: Setting) => {
    const index = ORDER.indexOf(key.split('.')[0] as string);
    return index === -1 ? ORDER.length : index;
  };
  return found.sort((a, b) => rank(a) - rank(b));
}
