import type { ProviderProfile } from '../../catalog/provider.js';
import type { TranslatorProfile } from '../../catalog/translator.js';
import { jurisdictionOfRegion } from '../../compliance/region.js';
import type { ProviderAccount } from '../../selection/provider-account.js';
import { type AccountMistake, otherWire, unknownPlace, wrongTranslator } from './account-mistakes.js';
import { translationOf } from './translation.js';
import type { TranslationPlan } from './translator-plan.js';

type Endpoint = ProviderProfile['endpoints'][number];

/** Wires that the gateway passes on by itself: it rewrites host, path, model and key, and translates nothing. */
const SPOKEN: Readonly<Record<'openai' | 'anthropic', readonly Endpoint['wire'][]>> = {
  openai: ['openai', 'azure-openai'],
  anthropic: ['anthropic'],
};
/** How the Anthropic format carries a key. */
const ANTHROPIC_KEY = { header: 'x-api-key', prefix: '' };

/** Where an account's requests go. */
export interface ChosenEndpoint {
  readonly host: string;
  readonly port: number;
  readonly basePath: string;
  readonly jurisdiction: string | null;
  readonly credential: { readonly header: string; readonly prefix: string };
  /** What clients speak. */
  readonly wire: 'openai' | 'anthropic';
  readonly translation: TranslationPlan | null;
}

/**
 * The endpoint of an account, or why there is none.
 * @param translator Entry of the translator that the account names.
 */
export function chooseEndpoint(
  name: string,
  account: ProviderAccount,
  profile: ProviderProfile | undefined,
  translator?: TranslatorProfile,
): ChosenEndpoint | AccountMistake {
  const { endpoint: own, wire = 'openai' } = account;
  const wrong = translator && wrongTranslator(name, account, translator);
  if (wrong !== undefined) return wrong;
  if (own !== undefined)
    return {
      host: own.host,
      port: own.port ?? 443,
      basePath: own.basePath ?? '/v1',
      jurisdiction: own.jurisdiction ?? null,
      credential: wire === 'anthropic' ? ANTHROPIC_KEY : { header: 'Authorization', prefix: 'Bearer ' },
      wire,
      translation: null,
    };
  if (profile === undefined)
    return {
      key: [],
      message: `providers.${name} has neither profile nor endpoint`,
      fix: 'set profile: to an id of `berth list providers`, or endpoint: { host, basePath }',
    };
  const wires = translator?.wires ?? SPOKEN[wire];
  const spoken = profile.endpoints.filter((one) => wires.includes(one.wire));
  if (spoken.length === 0) return otherWire(name, account, profile, translator);
  const parameters: Record<string, string> = {
    ...(account.region !== undefined && { region: account.region }),
    ...account.parameters,
  };
  const filled = spoken.map((endpoint) => ({ ...endpoint, host: fill(endpoint.host, parameters) }));
  const wanted = filled.filter((endpoint) => fits(endpoint, account));
  const chosen = wanted.find(({ host }) => !host.includes('{')) ?? wanted[0];
  if (chosen === undefined) return unknownPlace(account, profile, filled);
  const open = /\{([a-z-]+)\}/.exec(chosen.host);
  if (open !== null)
    return {
      key: ['parameters'],
      message: `the host of ${profile.id} is ${chosen.host}, and ${open[1]} is not set`,
      fix:
        open[1] === 'region'
          ? `set providers.${name}.region`
          : `set providers.${name}.parameters: { ${open[1]}: … }`,
    };
  const { host, basePath, credential } = chosen;
  const stated = chosen.jurisdiction;
  const jurisdiction = stated === 'by-region' ? (jurisdictionOfRegion(account.region) ?? stated) : stated;
  const reached = { host, port: 443, basePath, jurisdiction, credential, wire };
  if (translator === undefined) return { ...reached, translation: null };
  const translation = translationOf(name, chosen.wire, parameters, profile, translator);
  return 'key' in translation ? translation : { ...reached, translation };
}

/** A region is a word of the profile's, stands in its host, or is what the customer says where the host tells nothing. */
function fits(endpoint: Endpoint, { region, host }: ProviderAccount): boolean {
  if (host !== undefined && endpoint.host !== host) return false;
  if (region === undefined || endpoint.region === region || endpoint.jurisdiction === 'by-region')
    return true;
  return `.${endpoint.host}.`.includes(`.${region}.`);
}

function fill(host: string, parameters: Readonly<Record<string, string>>): string {
  return host.replace(/\{([a-z-]+)\}/g, (braces, key: string) => parameters[key] ?? braces);
}
