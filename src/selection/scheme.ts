import type * as z from 'zod';

type Path = readonly (string | number)[];

/** Something that a scheme's own part names by id, and the key under which it does. */
export interface NamedEntry {
  readonly id: string;
  readonly path: Path;
}

/** A part of a selection that is deployed by another scheme, e.g. the private side of `hybrid`. */
export interface NamedDeployment {
  readonly name: string;
  readonly scheme: string;
  /** Key of the part, e.g. `deployments.risk`. */
  readonly path: readonly string[];
}

/** What a scheme wants looked up, once its own part of the selection is known. */
export interface Needs {
  /**
   * `server`: a model with accelerator, sizing and engine; `model`: only the entry of an open model that somebody else
   * serves; `nothing`: the keys of serving (`model`, `profile`, `sizing` …) are mistakes.
   */
  readonly serving: 'server' | 'model' | 'nothing';
  /** Said where keys of serving stand although they mean nothing, e.g. `name the model in routes`. */
  readonly instead?: string;
  readonly providers?: readonly NamedEntry[];
  /** Whether a host stands without a profile: then the given-up hosts of every provider must be known. */
  readonly everyProvider?: boolean;
  readonly translators?: readonly NamedEntry[];
  readonly deployments?: readonly NamedDeployment[];
}

/** The scheme's own part of a selection after all layers are joined, as its schema left it. */
export type Section = Readonly<Record<string, unknown>>;

/** What reading a selection must know of a scheme. Templates are schemes; the registry is handed down. */
export interface Scheme {
  /** The word after `scheme:`. */
  readonly name: string;
  /** Keys that the scheme adds to a selection and to its environments, as they must be once all layers are joined. */
  readonly section: z.ZodObject;
  /** Pure. */
  readonly needs: (section: Section) => Needs;
}

/** Keys of a selection that say what is served and on what. */
export const SERVING_KEYS = ['model', 'precision', 'profile', 'sizing', 'engine', 'weights'] as const;

/** The part of some values that belongs to a scheme. */
export function sectionOf(scheme: Scheme, values: Readonly<Record<string, unknown>>): Section {
  const keys = Object.keys(scheme.section.shape);
  return Object.fromEntries(Object.entries(values).filter(([key]) => keys.includes(key)));
}
