import type { Catalog } from '../catalog/catalog.js';
import { assemble } from './assemble.js';
import { chooseModel } from './choose-model.js';
import { chooseSection, unknownEntry } from './choose-section.js';
import { chooseServing } from './choose-serving.js';
import { loadCluster } from './cluster-file.js';
import { clusterKindProblems } from './cluster-kind.js';
import type { Collector } from './collect.js';
import { fallbacks } from './defaults.js';
import { deploymentTarget } from './deployment-target.js';
import { fileLayers, type Layered } from './layers.js';
import { mergeLayers } from './merge.js';
import { chooseNamespace } from './namespace.js';
import { placeFinder } from './place.js';
import type { Lock, ResolvedSelection } from './resolved.js';
import type { NamedDeployment, NamedEntry, Scheme } from './scheme.js';
import { own, type Target } from './target.js';

/** What ids are looked up in. */
export interface Sources {
  readonly catalog: Catalog;
  readonly lock: Lock;
  readonly root: string;
  readonly schemes: readonly Scheme[];
}

/** One environment with ids looked up and precedence applied; undefined where a problem was found. */
export function resolveTarget(
  unplaced: Target,
  sources: Sources,
  found: Collector,
): ResolvedSelection | undefined {
  const { clusterId, loaded, environment } = unplaced;
  const clusterFile =
    clusterId === undefined
      ? undefined
      : found.attempt(() => loadCluster(clusterId, sources.root, unplaced.placeOf(['cluster'])));
  const target = { ...unplaced, placeOf: placeFinder(loaded.yaml, environment, clusterFile?.yaml) };
  return resolvePart({ target, clusterFile }, '', sources, found);
}

/** @param keyPrefix Keys around those of the part, e.g. `deployments.risk.` */
function resolvePart(
  { target, clusterFile }: Pick<Layered, 'target' | 'clusterFile'>,
  keyPrefix: string,
  sources: Sources,
  found: Collector,
): ResolvedSelection | undefined {
  const { catalog, root, lock } = sources;
  const namespace = found.attempt(() => chooseNamespace(target));
  const bare = { target, clusterFile, model: undefined, profile: undefined };
  const plain = mergeLayers(fileLayers(bare), [fallbacks]);
  const { kind } = plain.values.cluster as { kind?: unknown };
  const chosenSection = found.attempt(() => chooseSection(plain, target));
  // What is served can be judged without the section where that has a mistake; most schemes serve.
  const needs = chosenSection?.needs ?? { serving: own(target, 'model') ? 'server' : 'nothing' };
  const serving = needs.serving === 'server' ? chooseServing(bare, sources, found) : null;
  const model =
    needs.serving === 'model' && own(target, 'model') !== undefined
      ? found.attempt(() => chooseModel(target, catalog, root))
      : serving?.chosen;
  const others = needs.everyProvider ? catalog.ids('providers').map((id) => ({ id, path: [] })) : [];
  const lookUp = <T>(
    what: 'provider' | 'translator',
    entries: readonly NamedEntry[],
    get: (id: string) => T,
  ) => lookUpEntries({ what, entries, get, ids: catalog.ids(`${what}s`) }, target, found);
  const providers = lookUp('provider', [...others, ...(needs.providers ?? [])], catalog.provider);
  const translators = lookUp('translator', needs.translators ?? [], catalog.translator);
  const parts = (needs.deployments ?? []).flatMap((deployment) => {
    const part = deploymentPart(deployment, target, sources);
    const prefix = `${keyPrefix}${deployment.path.join('.')}.`;
    const resolved = part && resolvePart({ target: part, clusterFile }, prefix, sources, found);
    return resolved === undefined ? [] : [[deployment.name, resolved] as const];
  });
  found.attempt(() => found.add(clusterKindProblems(kind, target, catalog)));
  if (namespace === undefined || chosenSection === undefined || serving === undefined) return undefined;
  if (parts.length < (needs.deployments ?? []).length) return undefined;
  return assemble({
    ...(serving?.layered ?? bare),
    catalog,
    lock,
    merged: serving?.merged ?? plain,
    namespace,
    keyPrefix,
    serving,
    named: model?.model ?? null,
    section: chosenSection.section,
    providers,
    translators,
    deployments: Object.fromEntries(parts),
  });
}

function deploymentPart(deployment: NamedDeployment, target: Target, { schemes }: Sources): Target {
  const scheme = schemes.find(({ name }) => name === deployment.scheme);
  // The composing scheme's own schema lists the schemes that it composes.
  if (scheme === undefined) throw new Error(`no scheme ${deployment.scheme}`);
  return deploymentTarget(target, deployment, scheme);
}

interface Lookup<T> {
  readonly what: string;
  readonly entries: readonly NamedEntry[];
  readonly get: (id: string) => T | undefined;
  readonly ids: readonly string[];
}

function lookUpEntries<T>(
  { what, entries, get, ids }: Lookup<T>,
  target: Target,
  found: Collector,
): Record<string, NonNullable<T>> {
  const pairs = entries.flatMap(({ id, path }) => {
    const profile = found.attempt(() => {
      const entry = get(id);
      if (entry !== undefined && entry !== null) return entry;
      throw unknownEntry(what, id, ids, target.placeOf(path));
    });
    return profile === undefined ? [] : [[id, profile] as const];
  });
  return Object.fromEntries(pairs);
}
