import { type Problem, UserError } from '../../error.js';
import { contentHash } from '../../kubernetes/content-hash.js';
import type { ProviderRoute } from '../../selection/gateway-settings.js';
import type { ProviderAccount } from '../../selection/provider-account.js';
import type { ResolvedSelection } from '../../selection/resolved.js';
import type { SecretPlan } from '../plan.js';
import { secretKey } from '../secrets.js';
import { type ChosenEndpoint, chooseEndpoint } from './endpoint.js';
import type { ConnectorPlan, RoutePlan } from './gateway-plan.js';
import { wrongPaths } from './route-wires.js';

export interface ProviderSection {
  readonly providers: Readonly<Record<string, ProviderAccount>>;
  readonly routes: Readonly<Record<string, ProviderRoute>>;
}

/**
 * Name of a connector: of the account and the model, as a word that metrics can carry. Dots would end the name of a
 * series; what else is written otherwise is told apart by a hash, so that no two models have one name.
 */
export function connectorName(provider: string, model: string): string {
  const plain = model.replaceAll('.', '_');
  if (/^[a-z0-9-]+(_[a-z0-9-]+)*$/.test(plain) && !model.includes('_')) return `${provider}--${plain}`;
  const word = model.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return `${provider}--${word}-${contentHash(model).slice(0, 4)}`;
}

/**
 * One connector for each model of each account that a route names.
 * @param secrets Secret of each account's key, by the account's name.
 * @throws UserError where an account has no endpoint, or a route names an account that there is not.
 */
export function providerConnectors(
  resolved: Pick<ResolvedSelection, 'providers' | 'translators' | 'placeOf'>,
  { providers, routes }: ProviderSection,
  secrets: Readonly<Record<string, SecretPlan>>,
): ConnectorPlan[] {
  const problems: Problem[] = [];
  const endpoints = new Map<string, ChosenEndpoint>();
  for (const [name, account] of Object.entries(providers)) {
    const profile = account.profile === undefined ? undefined : resolved.providers[account.profile];
    const translator =
      account.translator === undefined ? undefined : resolved.translators[account.translator];
    const chosen = chooseEndpoint(name, account, profile, translator);
    if ('host' in chosen) endpoints.set(name, chosen);
    else {
      const { key, ...problem } = chosen;
      problems.push({ ...problem, place: resolved.placeOf(['providers', name, ...key]) });
    }
  }
  problems.push(
    ...strangers(resolved, { providers, routes }),
    ...wrongPaths(resolved, { providers, routes }),
  );
  if (problems.length > 0) throw new UserError('the gateway cannot be planned', problems);
  const targets = Object.values(routes).flatMap((route) => route.targets);
  const distinct = new Map(targets.map((target) => [connectorName(target.provider, target.model), target]));
  return [...distinct].map(([name, { provider, model }]) => {
    const endpoint = endpoints.get(provider);
    if (endpoint === undefined) throw new Error(`no endpoint of ${provider}`);
    const secret = secrets[provider];
    const { credential, ...rest } = endpoint;
    return {
      name,
      provider,
      profile: providers[provider]?.profile ?? null,
      ...rest,
      tls: true,
      model,
      credential: secret === undefined ? null : { ...credential, file: provider, secret: secretKey(secret) },
      keepsClient: false,
      dataClasses: providers[provider]?.dataClasses ?? null,
    };
  });
}

/** The routes as the gateway tries them. */
export function providerRoutes(routes: ProviderSection['routes']): RoutePlan[] {
  return Object.entries(routes).map(([name, { targets, dataClasses, paths }]) => ({
    name,
    paths,
    dataClasses: dataClasses ?? [],
    provesClass: false,
    connectors: targets.map(({ provider, model }) => connectorName(provider, model)),
  }));
}

function strangers(
  { placeOf }: Pick<ResolvedSelection, 'placeOf'>,
  { providers, routes }: ProviderSection,
): Problem[] {
  const known = Object.keys(providers);
  return Object.entries(routes).flatMap(([name, { targets }]) =>
    targets.flatMap(({ provider }, index) =>
      known.includes(provider)
        ? []
        : [
            {
              place: placeOf(['routes', name, 'targets', index, 'provider']),
              message: `no provider '${provider}' in providers, there are: ${known.join(', ')}`,
            },
          ],
    ),
  );
}
