import type { Destination, Proposal, Route } from '../../compliance/proposal.js';
import { jurisdictionOfRegion } from '../../compliance/region.js';
import type { ConnectorPlan, GatewayPlan } from '../../plan/gateway/gateway-plan.js';
import { key, type Planned } from './planned.js';

/** Where the requests of a plan go: to its own servers, and through its gateways. */
export function proposalOf(planned: Planned): Proposal {
  const { servers, gateways } = planned.plan;
  return {
    routes: [
      ...servers.map(({ name }): Route => ({ name, targets: [ownMachines(name, planned)] })),
      ...gateways.flatMap((gateway) => routesOf(gateway, planned)),
    ],
  };
}

/** A public cloud's nodes are rented, whoever runs the model on them. */
function ownMachines(name: string, planned: Planned): Destination {
  const { cluster, clusterKind } = planned.resolved;
  if (clusterKind?.place !== 'public') return { name, place: 'own' };
  return {
    name: clusterKind.id,
    place: 'rented',
    jurisdiction: jurisdictionOfRegion(cluster.region) ?? 'by-region',
    key: key(planned, 'cluster'),
  };
}

function routesOf({ routes, connectors }: GatewayPlan, planned: Planned): Route[] {
  return routes.map(({ name, dataClasses, connectors: names }) => ({
    name,
    key: key(planned, `routes.${name}`),
    ...(dataClasses.length > 0 && { dataClasses }),
    targets: names.flatMap((wanted) => {
      const connector = connectors.find((one) => one.name === wanted);
      return connector === undefined ? [] : [targetOf(connector, planned)];
    }),
  }));
}

function targetOf(connector: ConnectorPlan, planned: Planned): Destination {
  const { provider, profile, host, jurisdiction, dataClasses } = connector;
  if (provider === null) return ownMachines(connector.name, planned);
  const endpoints = profile === null ? [] : (planned.resolved.providers[profile]?.endpoints ?? []);
  return {
    name: provider,
    place: 'provider',
    host,
    jurisdiction:
      jurisdiction === 'by-region'
        ? (jurisdictionOfRegion(regionOf(provider, planned)) ?? jurisdiction)
        : jurisdiction,
    elsewhere: endpoints.flatMap(({ host: other, jurisdiction: where }) =>
      where === null || other === host ? [] : [{ host: other, jurisdiction: where }],
    ),
    ...(dataClasses !== null && { dataClasses }),
    key: key(planned, `providers.${provider}`),
  };
}

/** The region that the selection's own part names for an account. */
function regionOf(provider: string, { resolved }: Planned): string | undefined {
  const { providers } = resolved.section as {
    readonly providers?: Readonly<Record<string, { readonly region?: string }>>;
  };
  return providers?.[provider]?.region;
}
