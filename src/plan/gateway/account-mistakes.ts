import type { ProviderProfile } from '../../catalog/provider.js';
import { NATIVE_WIRES, type TranslatorProfile } from '../../catalog/translator.js';
import type { Problem } from '../../error.js';
import type { ProviderAccount } from '../../selection/provider-account.js';

type Endpoint = ProviderProfile['endpoints'][number];

/** What is wrong with an account, at the key below `providers.<name>`. */
export interface AccountMistake extends Pick<Problem, 'message' | 'fix'> {
  readonly key: readonly string[];
}

/** Why a translator cannot stand behind an account; undefined where it can. */
export function wrongTranslator(
  name: string,
  { endpoint, wire }: ProviderAccount,
  translator: TranslatorProfile,
): AccountMistake | undefined {
  const key = ['translator'];
  if (translator.refused !== undefined)
    return {
      key,
      message: `${translator.name} is not emitted: ${translator.refused.because}`,
      fix: translator.refused.instead.map((line) => line.replace('<name>', name)),
    };
  if (endpoint !== undefined)
    return {
      key,
      message: `providers.${name} describes an endpoint, which is taken as it is, and names a translator too`,
      fix: 'name a profile whose format is to be translated, or leave translator out',
    };
  return wire === 'anthropic'
    ? {
        key,
        message: `providers.${name} passes the Anthropic format on as it is (wire), and names a translator too`,
        fix: 'leave one of the two out',
      }
    : undefined;
}

/** A provider that offers no format that could be passed on, or translated. */
export function otherWire(
  name: string,
  { wire }: ProviderAccount,
  { id, endpoints }: ProviderProfile,
  translator: TranslatorProfile | undefined,
): AccountMistake {
  const wires = [...new Set(endpoints.map((one) => one.wire))];
  const speaks = `${id} speaks ${wires.join(', ')} only`;
  if (translator !== undefined)
    return {
      key: ['translator'],
      message: `${speaks}, and ${translator.name} turns the OpenAI format into ${translator.wires.join(', ')} only`,
      fix: instead(name, wires),
    };
  if (wire === 'anthropic')
    return {
      key: ['wire'],
      message: `${speaks}, and wire is anthropic`,
      fix: 'leave wire out: its clients then speak the OpenAI format',
    };
  return {
    key: ['profile'],
    message: `${speaks}, and the gateway passes on the OpenAI format only`,
    fix: [
      ...(wires.some((one) => NATIVE_WIRES.some((native) => native === one))
        ? [`set providers.${name}.translator: agentgateway, a second program behind the gateway`]
        : []),
      ...instead(name, wires),
    ],
  };
}

function instead(name: string, wires: readonly Endpoint['wire'][]): string[] {
  if (wires.includes('openai')) return ['leave translator out: the gateway passes its OpenAI format on'];
  return [
    'take a provider that offers the same models in the OpenAI format',
    ...(wires.includes('watsonx')
      ? [`or the model gateway of watsonx, which speaks it: providers.${name}.endpoint: { host, basePath }`]
      : [`or name a translator of your own: providers.${name}.endpoint: { host, basePath }`]),
  ];
}

/** A region or a host that the profile does not know. */
export function unknownPlace(
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
