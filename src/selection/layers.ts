import type { ModelProfile } from '../catalog/model.js';
import type { SizingProfile } from '../catalog/sizing-profile.js';
import type { Cluster } from './cluster.js';
import type { Layer } from './merge.js';
import type { StrictFile } from './read-strict.js';
import type { Setting } from './resolved.js';
import { sectionOf } from './scheme.js';
import type { Target } from './target.js';

/** What is known of an environment before its layers are joined. */
export interface Layered {
  readonly target: Target;
  /** Undefined where it could not be found: what else is wrong can still be said. */
  readonly model: ModelProfile | undefined;
  readonly profile: SizingProfile | undefined;
  readonly clusterFile: StrictFile<Cluster> | undefined;
}

/** Everything that files say about an environment, weakest first. */
export function fileLayers({ target, model, profile, clusterFile }: Layered): Layer[] {
  const { loaded, section, clusterId } = target;
  const { selection, scheme } = loaded;
  const own = (values: Target['section']) => ({ ...mergeable(values), ...sectionOf(scheme, values) });
  const shared = typeof selection.cluster === 'string' ? undefined : selection.cluster;
  const named = clusterFile && { cluster: clusterFile.data };
  const detail = `clusters/${clusterId}.yaml`;
  const byEnvironment = typeof section.cluster === 'string';
  // A file of clusters/ describes a whole cluster: what the selection says of another one does not mix in.
  const kept = byEnvironment || section.cluster === null ? undefined : shared;
  return [
    ...(model ? [catalogueLayer(target, model)] : []),
    ...(profile ? [profileLayer(profile, model)] : []),
    ...(named && !byEnvironment ? [{ from: 'selection', detail, values: named } as const] : []),
    { from: 'selection', values: { ...own(selection), ...circumstances(selection), cluster: kept } },
    ...(named && byEnvironment ? [{ from: 'environment', detail, values: named } as const] : []),
    {
      from: 'environment',
      values: { ...own(section), cluster: byEnvironment ? undefined : section.cluster },
    },
  ];
}

/** What the catalogue says of serving the model. The parser of tool calls has no effect unless those are on. */
function catalogueLayer(target: Target, { id, serving }: ModelProfile): Layer {
  const { toolCalling } = { ...target.loaded.selection.engine, ...target.section.engine };
  const engine = {
    ...(toolCalling && { toolCallParser: serving.toolCallParser }),
    reasoningParser: serving.reasoningParser,
    ...(serving.trustRemoteCode && { trustRemoteCode: true }),
  };
  return { from: 'catalogue', detail: id, values: { engine } };
}

/** A profile is made for no model in particular: it asks for no more context than the model has. */
function profileLayer(profile: SizingProfile, model: ModelProfile | undefined): Layer {
  const { accelerator, gpusPerReplica, replicas, concurrency, serviceLevels, storage } = profile;
  const context = Math.min(profile.context, model?.context.max ?? profile.context);
  const sizing = { accelerator, gpusPerReplica, replicas, context, concurrency, serviceLevels, storage };
  return { from: 'sizing profile', detail: profile.id, values: { sizing } };
}

/** Says where a profile's wish was more than the model can. */
export function contextNotice({ profile, model }: Layered, settings: readonly Setting[]): string[] {
  const taken = settings.find(({ key }) => key === 'sizing.context');
  return taken?.from === 'sizing profile' && profile && model && profile.context > model.context.max
    ? [`profile ${profile.id} asks for a context of ${profile.context}, ${model.id} has ${model.context.max}`]
    : [];
}

/** Keys that layers share, without those that are looked up or kept as they are. */
function mergeable(section: Target['section']) {
  const { profile, sizing, engine, weights, expose, overrides, waivers, strict, requireLocked } = section;
  return { profile, sizing, engine, weights, expose, overrides, waivers, strict, requireLocked };
}

function circumstances({ organization, data, usage, vendor, budget }: Target['loaded']['selection']) {
  return { organization, data, usage, vendor, budget };
}
