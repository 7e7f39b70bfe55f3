import { admissible } from '../../compliance/admissible.js';
import { circumstancesOf } from '../../compliance/circumstances.js';
import type { Destination, Proposal } from '../../compliance/proposal.js';
import { DATA_CHECKS, type DataCheckId } from '../../compliance/ruling.js';
import type { ConnectorPlan } from '../../plan/gateway/gateway-plan.js';
import { key, type PlanCheck, type Planned } from './planned.js';

const WORDS: Readonly<Record<DataCheckId, readonly [title: string, why: string]>> = {
  'data/class': [
    'somebody says what the requests carry',
    'where data may go depends on its class: what nobody says cannot be judged',
  ],
  'data/private-only': [
    'sensitive data stays on machines of one’s own',
    'what has left cannot be called back: contracts punish a leak, they do not prevent it',
  ],
  'data/residency': [
    'answers are made where the data must stay',
    'the region of an endpoint is no promise about the place of processing unless the provider says so',
  ],
  'data/cross-border': [
    'data that leaves a country has a legal ground',
    'the ground is needed before the first request, and some grounds take months',
  ],
  'data/fallback': [
    'a fallback may carry everything that its route carries',
    'the fallback is asked on the worst day, when nobody looks: it must be right beforehand',
  ],
  'data/domestic-provider': [
    'a domestic provider where the public is served',
    'services for the public in China stand on models that are registered there',
  ],
  'data/public-service': [
    'what a service for the public owes is known',
    'registration, labels and filing come before the first user',
  ],
};

/** Where the plan would send requests. */
export function proposalOf({ plan, resolved }: Planned): Proposal {
  return {
    routes: plan.gateways.flatMap(({ routes, connectors }) =>
      routes.map(({ name, dataClasses, connectors: names }) => ({
        name,
        key: `routes.${name}`,
        ...(dataClasses.length > 0 && { dataClasses }),
        targets: names.flatMap((each) => {
          const connector = connectors.find((one) => one.name === each);
          return connector === undefined ? [] : [destination(connector, resolved)];
        }),
      })),
    ),
  };
}

function destination(connector: ConnectorPlan, resolved: Planned['resolved']): Destination {
  const { name, provider, profile, host, jurisdiction, dataClasses } = connector;
  const others = profile === null ? [] : (resolved.providers[profile]?.endpoints ?? []);
  return {
    name: provider ?? name,
    place: provider === null ? 'own' : 'provider',
    host,
    jurisdiction,
    elsewhere: others.flatMap((one) =>
      one.host === host || one.jurisdiction === null
        ? []
        : [{ host: one.host, jurisdiction: one.jurisdiction }],
    ),
    ...(dataClasses !== null && { dataClasses }),
    ...(provider !== null && { key: `providers.${provider}` }),
  };
}

/** One check for each rule's name; all of them read the same rulings. */
export const dataChecks: readonly PlanCheck[] = DATA_CHECKS.map((id) => ({
  id,
  title: WORDS[id][0],
  why: WORDS[id][1],
  source: 'src/compliance/, each finding names its rule',
  inputs: ['data', 'usage', 'organization', 'gateways[].routes', 'gateways[].connectors'],
  guards: true,
  run: (planned) => {
    if (planned.plan.gateways.length === 0) return [];
    const rulings = admissible(circumstancesOf(planned.resolved), proposalOf(planned));
    return rulings
      .filter(({ check }) => check === id)
      .map(({ severity, message, remedy, subject, key: asked }) => ({
        severity,
        message,
        remedy,
        ...(subject !== undefined && { subject: key(planned, subject) }),
        ...(asked !== undefined && { key: asked }),
      }));
  },
}));
