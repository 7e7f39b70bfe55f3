import type { TranslatorProfile } from '../../catalog/translator.js';
import type { ImagePlan, SecretKey } from '../plan.js';
import type { GatewayResources } from './gateway-plan.js';

/** What a translator must know of a provider beside its host and key. */
export interface TranslationPlan {
  /** Id in profiles/translators/. */
  readonly by: string;
  /** What the provider speaks. */
  readonly wire: 'anthropic' | 'gemini' | 'bedrock' | 'vertex';
  /** Null where the provider asks for none. */
  readonly region: string | null;
  /** Of Vertex AI; null elsewhere. */
  readonly project: string | null;
  /** Further hosts that signing in needs. */
  readonly authHosts: readonly string[];
}

/** A program behind a gateway that turns the OpenAI format into that of providers. Only the gateway reaches it. */
export interface TranslatorPlan {
  /** Id in profiles/translators/. */
  readonly id: string;
  /** Short stable name of its objects, e.g. `gateway-translator`. */
  readonly name: string;
  readonly image: ImagePlan;
  readonly version: string;
  /** How far what is emitted for it has been tried. */
  readonly proof: TranslatorProfile['proof'];
  /** Schema that `config` is held against, a file of profiles/translators/. */
  readonly schema: string;
  readonly replicas: number;
  readonly resources: GatewayResources;
  readonly port: number;
  readonly readyPort: number;
  /** The program's whole configuration; keys stand in it as paths of files. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly keys: readonly { readonly file: string; readonly secret: SecretKey }[];
  /** Proxy for requests that the program's libraries make by themselves; null where they make none. */
  readonly httpsProxy: string | null;
  readonly lifecycle: { readonly preStopSeconds: number; readonly terminationGraceSeconds: number };
}
