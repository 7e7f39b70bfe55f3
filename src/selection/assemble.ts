import type { Catalog } from '../catalog/catalog.js';
import { heldUnder } from '../catalog/held-under.js';
import type { ModelProfile } from '../catalog/model.js';
import { chooseLicences } from './choose-licences.js';
import type { ChosenServing } from './choose-serving.js';
import { defaultsInEffect } from './defaults.js';
import { contextNotice, type Layered } from './layers.js';
import type { Merged } from './merge.js';
import type { Lock, ResolvedSelection, Serving, Setting } from './resolved.js';

/** Everything about one environment once all of it has been found. */
interface Parts
  extends Layered,
    Pick<ResolvedSelection, 'keyPrefix' | 'section' | 'providers' | 'translators' | 'deployments'> {
  readonly catalog: Catalog;
  readonly lock: Lock;
  readonly merged: Merged;
  readonly namespace: Setting;
  readonly serving: ChosenServing | null;
  /** Beside what is served: an open model that somebody else serves. */
  readonly named: ModelProfile | null;
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

/** Joined values. The schemas have checked every layer, and each value comes from one of them. */
type Values = Pick<ResolvedSelection, 'cluster' | 'expose' | 'strict' | 'requireLocked'> &
  Partial<Pick<ResolvedSelection, 'overrides' | 'waivers'>> & {
    readonly sizing: Serving['sizing'];
    readonly engine: Serving['engineSettings'];
    readonly weights?: Serving['weights'];
  };

/** The resolved selection from its parts. */
export function assemble(parts: Parts): ResolvedSelection {
  const { target, catalog, lock, merged, serving, section, providers, translators, deployments } = parts;
  const { selection, file } = target.loaded;
  const values = merged.values as unknown as Values;
  const { kind } = values.cluster;
  return {
    name: selection.name,
    environment: target.environment,
    namespace: String(parts.namespace.value),
    scheme: selection.scheme,
    file,
    placeOf: target.placeOf,
    keyPrefix: parts.keyPrefix,
    serving: serving && servingOf(serving, values, parts),
    model: parts.named,
    hostedUnder: serving === null && parts.named !== null ? heldUnder(parts.named, catalog) : [],
    section,
    providers,
    translators,
    deployments,
    cluster: values.cluster,
    clusterKind: (kind === undefined ? undefined : catalog.clusterKind(kind)) ?? null,
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
      ...(serving?.chosen.notices ?? []),
      ...(serving?.engine.notices ?? []),
      ...(serving?.accelerator.notices ?? []),
      ...contextNotice(parts, merged.settings),
    ],
  };
}

function servingOf(
  { chosen, engine, accelerator }: ChosenServing,
  values: Values,
  { catalog, profile }: Parts,
): Serving {
  return {
    model: chosen.model,
    checkpoint: chosen.checkpoint,
    ...chooseLicences(chosen, values.weights ?? {}, catalog),
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
  };
}

function allSettings({ merged, namespace, serving, section }: Parts): Setting[] {
  const found = [
    namespace,
    ...(serving === null ? [] : [...serving.chosen.settings, serving.accelerator.setting]),
  ];
  const keys = new Set(found.map(({ key }) => key));
  const defaults = [...defaultsInEffect(merged.values, serving?.engine.table), ...sectionDefaults(section)];
  for (const setting of [...merged.settings, ...defaults]) {
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

/** What the scheme's own schema fills in: of its maps, all that no layer says. */
function sectionDefaults(values: Readonly<Record<string, unknown>>, path: readonly string[] = []): Setting[] {
  return Object.entries(values).flatMap(([name, value]): Setting[] => {
    const here = [...path, name];
    if (typeof value === 'object' && value !== null && !Array.isArray(value) && name !== 'secretRef')
      return sectionDefaults(value as Readonly<Record<string, unknown>>, here);
    return value === undefined ? [] : [{ key: here.join('.'), value, from: 'berth default' }];
  });
}
