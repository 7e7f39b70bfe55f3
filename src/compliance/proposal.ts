import type { DataClass } from './circumstances.js';

/** Where requests are answered. */
export interface Destination {
  /** What messages call it, e.g. `openai` or `server`. */
  readonly name: string;
  /** `own`: machines that the company rules. `rented`: nodes of a public cloud. `provider`: a cloud that answers itself. */
  readonly place: 'own' | 'rented' | 'provider';
  readonly host?: string;
  /** Country or `EU` under whose law it answers. Null or absent: nobody knows; `by-region`, `global`: as the catalogue says. */
  readonly jurisdiction?: string | null;
  /** Hosts of the same provider elsewhere, for remedies. */
  readonly elsewhere?: readonly { readonly host: string; readonly jurisdiction: string }[];
  /** The classes that it may carry. @default every class */
  readonly dataClasses?: readonly DataClass[];
  /** Key of the selection that names it. */
  readonly key?: string;
}

/** One way of requests: its targets in order, the first one and its fallbacks. */
export interface Route {
  readonly name: string;
  /** @default the selection's class */
  readonly dataClasses?: readonly DataClass[];
  /** @default what the selection says */
  readonly personalInformation?: boolean;
  readonly targets: readonly Destination[];
  readonly key?: string;
}

/** What a scheme would do with requests. */
export interface Proposal {
  readonly routes: readonly Route[];
}
