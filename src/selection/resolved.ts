import type { AcceleratorProfile } from '../catalog/accelerator.js';
import type { ClusterKindProfile } from '../catalog/cluster-kind.js';
import type { EngineFamily, EngineTable } from '../catalog/engine.js';
import type { HeldUnder } from '../catalog/held-under.js';
import type { Checkpoint, ModelProfile } from '../catalog/model.js';
import type { ProviderProfile } from '../catalog/provider.js';
import type { SizingProfile } from '../catalog/sizing-profile.js';
import type { TranslatorProfile } from '../catalog/translator.js';
import type { Place } from '../error.js';
import type { Cluster } from './cluster.js';
import type { EngineSettings } from './engine-settings.js';
import type { Expose } from './expose.js';
import type { Override } from './override.js';
import type { Selection, Weights } from './schema.js';
import type { Section } from './scheme.js';
import type { Waiver } from './waiver.js';

/** Where a value came from, weakest first; see design: precedence. */
export type Origin =
  | 'engine default'
  | 'berth default'
  | 'catalogue'
  | 'sizing profile'
  | 'selection'
  | 'environment';

/** One setting with its origin, for `plan` and PLAN.md. */
export interface Setting {
  /** Dotted key, e.g. `sizing.replicas.max`. */
  readonly key: string;
  readonly value: unknown;
  readonly from: Origin;
  /** What the origin is called, e.g. the profile's id. */
  readonly detail?: string;
}

/** What berth.lock.yaml says. Nothing in it is ever invented. */
export interface Lock {
  /** `repository:tag` → `sha256:…`. */
  readonly images: Readonly<Record<string, string>>;
  /** `huggingface:<repository>` or `modelscope:<repository>` → commit. */
  readonly models: Readonly<Record<string, string>>;
}

/** A model that the environment serves itself, and what it stands on. */
export interface Serving {
  readonly model: ModelProfile;
  readonly checkpoint: Checkpoint;
  /** Every licence of the weights: their own, and those of the models that they came from. */
  readonly heldUnder: readonly HeldUnder[];
  /** Every model of the catalogue with its licences, read when it is asked for. */
  readonly otherModels: () => readonly {
    readonly model: ModelProfile;
    readonly heldUnder: readonly HeldUnder[];
  }[];
  /** Models that the catalogue names as this one's successors. */
  readonly successors: readonly ModelProfile[];
  readonly accelerator: AcceleratorProfile;
  readonly sizing: Omit<SizingProfile, 'checked' | 'sources' | 'notes' | 'notVerified' | 'name' | 'summary'>;
  readonly engineFamily: EngineFamily;
  readonly engine: EngineTable;
  /** The version asked for; the table may be that of the same minor's nearest patch. */
  readonly engineVersion: string;
  readonly engineSettings: EngineSettings;
  readonly weights: Weights;
}

/** One environment of one selection, ids looked up, precedence applied: the input of a template's `plan`. */
export interface ResolvedSelection {
  readonly name: string;
  readonly environment: string;
  readonly namespace: string;
  readonly scheme: string;
  /** The selection's file, relative to the project's root, and the line of each key path that it sets. */
  readonly file: string;
  readonly placeOf: (keyPath: readonly (string | number)[]) => Place;
  /** Keys around those of this part, e.g. `deployments.risk.`; empty for a whole selection. */
  readonly keyPrefix: string;

  /** Null where this scheme serves no model itself. */
  readonly serving: Serving | null;
  /** The catalogue's entry of the model that is served, here or behind somebody's API; null where none is named. */
  readonly model: ModelProfile | null;
  /** Licences of that model where somebody else serves it; empty elsewhere: `serving` has them then. */
  readonly hostedUnder: readonly HeldUnder[];
  /** The scheme's own keys, as its schema left them. */
  readonly section: Section;
  /** Entries of profiles/providers/ that the section names, by id. */
  readonly providers: Readonly<Record<string, ProviderProfile>>;
  /** Entries of profiles/translators/ that the section names, by id. */
  readonly translators: Readonly<Record<string, TranslatorProfile>>;
  /** Parts that other schemes deploy, by name. */
  readonly deployments: Readonly<Record<string, ResolvedSelection>>;

  readonly cluster: Cluster;
  /** The catalogue's entry of `cluster.kind`; null where the selection does not say. */
  readonly clusterKind: ClusterKindProfile | null;
  readonly expose: Expose;
  readonly overrides: readonly Override[];
  readonly waivers: readonly Waiver[];
  readonly strict: boolean;
  readonly requireLocked: boolean;
  readonly lock: Lock;

  readonly organization: NonNullable<Selection['organization']>;
  readonly data: NonNullable<Selection['data']>;
  readonly usage: NonNullable<Selection['usage']>;
  readonly vendor?: Selection['vendor'];
  readonly budget: Selection['budget'];

  readonly settings: readonly Setting[];
  /** Entries of the project's own profiles/ that replace the package's, and the like. */
  readonly notices: readonly string[];
}

/** A selection that serves a model itself, as every scheme gets whose `needs` say `server`. */
export interface ServedSelection extends ResolvedSelection {
  readonly serving: Serving;
}

/** @throws Error where nothing is served: the scheme's `needs` and its `plan` then disagree. */
export function served(resolved: ResolvedSelection): ServedSelection {
  const { serving, scheme } = resolved;
  if (serving === null) throw new Error(`scheme ${scheme} plans a server that its needs do not name`);
  return { ...resolved, serving };
}
