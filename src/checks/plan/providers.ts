import { didYouMean } from '../../catalog/nearest.js';
import type { ProviderProfile } from '../../catalog/provider.js';
import type { ConnectorPlan } from '../../plan/gateway/gateway-plan.js';
import { key, type PlanCheck, type PlanFinding, type Planned } from './planned.js';

const SOURCE = 'profiles/providers/, each entry with its own source and day';

/** A connector with the entry that describes its provider. */
interface Known {
  readonly connector: ConnectorPlan;
  readonly profile: ProviderProfile;
}

function known({ plan, resolved }: Planned): Known[] {
  return plan.gateways
    .flatMap(({ connectors }) => connectors)
    .flatMap((connector) => {
      const profile = connector.profile === null ? undefined : resolved.providers[connector.profile];
      return profile === undefined ? [] : [{ connector, profile }];
    });
}

/** `hunyuan-*` stands for every id that begins so. */
function isNamed(pattern: string, word: string): boolean {
  return pattern.endsWith('*') ? word.startsWith(pattern.slice(0, -1)) : pattern === word;
}

function ended(day: string | null): string {
  return day === null ? 'is over' : `ended on ${day}`;
}

export const providerRetiredModel: PlanCheck = {
  id: 'provider/retired-model',
  title: 'no model is asked for that its provider has retired',
  why: 'every request for a retired id fails, and some providers answer with another model instead of an error',
  source: SOURCE,
  inputs: ['gateways[].connectors', 'providers[].retired'],
  run: (planned) =>
    known(planned).flatMap(({ connector, profile }): PlanFinding[] => {
      const gone = profile.retired.models.find(({ id }) => isNamed(id, connector.model));
      if (gone === undefined) return [];
      const offered = profile.models.slice(0, 5).map(({ id }) => id);
      return [
        {
          severity: 'error',
          message: `${connector.model} of ${profile.name} ${ended(gone.ended)} (${gone.source})`,
          remedy: [
            ...(gone.successor === null ? [] : [`${gone.successor} takes its place`]),
            ...(gone.successor === null && offered.length > 0
              ? [`no successor is named; on offer are ${offered.join(', ')}`]
              : []),
            ...(gone.note === undefined ? [] : [gone.note]),
          ],
          subject: routeKey(planned, connector),
        },
      ];
    }),
};

export const providerRetiredHost: PlanCheck = {
  id: 'provider/retired-host',
  title: 'no host is asked that its provider has given up',
  why: 'names of hosts that are over may be registered by somebody else, who would then be sent the key',
  source: SOURCE,
  inputs: ['gateways[].connectors', 'providers[].retired'],
  run: (planned) =>
    planned.plan.gateways
      .flatMap(({ connectors }) => connectors)
      .flatMap((connector): PlanFinding[] => {
        const profiles = Object.values(planned.resolved.providers);
        for (const profile of profiles) {
          const gone = profile.retired.hosts.find(({ host }) => isNamed(host, connector.host));
          if (gone === undefined) continue;
          return [
            {
              severity: 'error',
              message: `${connector.host} of ${profile.name} ${ended(gone.ended)} (${gone.source})`,
              remedy:
                gone.successor === null ? ['no successor is named'] : [`${gone.successor} takes its place`],
              subject: key(planned, `providers.${connector.provider}`),
            },
          ];
        }
        return [];
      }),
};

export const providerUnknownModel: PlanCheck = {
  id: 'provider/unknown-model',
  title: 'the provider was seen to offer the model',
  why: 'a misspelt id is only noticed by the first client; a new one may well be right, for lists age',
  source: SOURCE,
  inputs: ['gateways[].connectors', 'providers[].models'],
  run: (planned) =>
    known(planned).flatMap(({ connector, profile }): PlanFinding[] => {
      const { models, retired, modelIds, checked } = profile;
      const { model } = connector;
      // Where ids are the customer's own names there is nothing to compare.
      if (models.length === 0 || models.some(({ id }) => id === model)) return [];
      if (retired.models.some(({ id }) => isNamed(id, model))) return [];
      const near = didYouMean(
        model,
        models.map(({ id }) => id),
      );
      return [
        {
          severity: 'warning',
          message: `${profile.name} was not seen to offer ${model}; its list is of ${checked}`,
          remedy: [
            ...(near === undefined ? [] : [near]),
            modelIds ?? 'ask the provider for its list of today',
          ],
          subject: routeKey(planned, connector),
        },
      ];
    }),
};

export const providerKey: PlanCheck = {
  id: 'provider/key',
  title: 'every account has a key',
  why: 'a provider answers 401 without one',
  source: SOURCE,
  inputs: ['gateways[].connectors'],
  run: (planned) => {
    const bare = known(planned).filter(({ connector }) => connector.credential === null);
    return [...new Map(bare.map((one) => [one.connector.provider, one])).values()].map(
      ({ connector: { provider }, profile }): PlanFinding => ({
        severity: 'error',
        message: `providers.${provider} has no key, and ${profile.name} asks for one`,
        remedy: [
          `set providers.${provider}.key: { secretRef: { name, key } }, a Secret that exists`,
          `or { secretRef: { store, remoteKey } }, where External Secrets reads it from`,
        ],
        subject: key(planned, `providers.${provider}`),
      }),
    );
  },
};

export const providerNotVerified: PlanCheck = {
  id: 'provider/endpoint-not-verified',
  title: 'the endpoint was read in the vendor’s own pages',
  why: 'keys are sent to whoever answers under that name',
  source: SOURCE,
  inputs: ['gateways[].connectors', 'providers[].endpoints'],
  run: (planned) =>
    known(planned).flatMap(({ connector, profile }): PlanFinding[] =>
      profile.endpoints.some(({ host, notVerified }) => host === connector.host && notVerified)
        ? [
            {
              severity: 'warning',
              message: `nobody has read in ${profile.vendor}'s own pages that ${connector.host} is a host of ${profile.name}`,
              remedy: ['compare it with the vendor’s page before a key is sent there'],
              subject: key(planned, `providers.${connector.provider}`),
            },
          ]
        : [],
    ),
};

/** The first route that leads to the connector. */
function routeKey(planned: Planned, { name }: ConnectorPlan): string {
  const routes = planned.plan.gateways.flatMap((gateway) => gateway.routes);
  const route = routes.find(({ connectors }) => connectors.includes(name));
  const index = route?.connectors.indexOf(name) ?? 0;
  return key(planned, route === undefined ? 'routes' : `routes.${route.name}.targets[${index}].model`);
}
