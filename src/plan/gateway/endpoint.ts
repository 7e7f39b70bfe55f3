import type { ProviderProfile } from '../../catalog/provider.js';
import { jurisdictionOfRegion } from '../../compliance/region.js';
import type { Problem } from '../../error.js';
import type { ProviderAccount } from '../../selection/gateway-settings.js';

type Endpoint = ProviderProfile['endpoints'][number];

/** Wires that the gateway speaks: it rewrites host, path, model and key, and translates nothing. */
const SPOKEN: readonly Endpoint['wire'][] = ['openai', 'azure-openai'];

/** Where an account's requests go. */
export interface ChosenEndpoint {
  readonly host: string;
  readonly port: number;
  readonly basePath: string;
  readonly jurisdiction: string | null;
  readonly credential: { readonly header: string; readonly prefix: string };
}

/** What is wrong with an account, at the key below `providers.<name>`. */
export interface AccountMistake extends Pick<Problem, 'message' | 'fix'> {
  readonly key: readonly string[];
}

/** The endpoint of an account, or why there is none. */
export function chooseEndpoint(
  name: string,
  account: ProviderAccount,
  profile: ProviderProfile | undefined,
): ChosenEndpoint | AccountMistake {
  const { endpoint: own } = account;
  if (own !== undefined)
    return {
      host: own.host,
      port: own.port ?? 443,
      basePath: own.basePath ?? '/v1',
      jurisdiction: own.jurisdiction ?? null,
      credential: { header: 'Authorization', prefix: 'Bearer ' },
    };
  if (profile === undefined)
    return {
      key: [],
      message: `providers.${name} has neither profile nor endpoint`,
      fix: 'set profile: to an id of `berth list providers`, or endpoint: { host, basePath }',
    };
  const spoken = profile.endpoints.filter(({ wire }) => SPOKEN.includes(wire));
  if (spoken.length === 0) return otherWire(name, profile);
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
  return { host, port: 443, basePath, jurisdiction, credential };
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

function otherWire(name: string, profile: ProviderProfile): AccountMistake {
  const wires = [...new Set(profile.endpoints.map(({ wire }) => wire))].join(', ');
  return {
    key: ['profile'],
    message: `${profile.id} speaks ${wires} only, and the gateway passes on the OpenAI format only`,
    fix: [
      `take a provider that offers the same models in the OpenAI format`,
      `or name a translator of your own: providers.${name}.endpoint: { host, basePath }`,
    ],
  };
}

function unknownPlace(
  { region, host }: ProviderAccount,
  profile: ProviderProfile,
  endpoints: readonly Endpoint[],
): AccountMistake {
  const regions = [...new Set(endpoints.flatMap((one) => one.region ?? []))];
  const hosts = [...new Set(endpoints.map((one) => one.host))];
  const retired = profile.retired.hosts.find((one) => one.host === host);
  return host === undefined
    ? {
        key: ['region'],
        message: `${profile.id} has no region '${region}' that is known, only: ${regions.join(', ') || 'none by name'}`,
        fix: `set host: to one of: ${hosts.join(', ')}`,
      }
    : {
        key: ['host'],
        message: `${profile.id} has no host ${host}${region === undefined ? '' : ` in ${region}`}, known are: ${hosts.join(', ')}`,
        fix:
          retired?.successor != null
            ? `${retired.successor} takes its place (${retired.source})`
            : 'take one of them, or describe the endpoint in place of the profile',
      };
}
