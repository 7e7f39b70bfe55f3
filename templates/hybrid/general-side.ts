import { barePlan } from '../../src/plan/bare-plan.js';
import { accountSecrets } from '../../src/plan/gateway/account-secrets.js';
import { providerEgress } from '../../src/plan/gateway/egress.js';
import { CLIENT_PORT, clientPlans, gatewayPlan } from '../../src/plan/gateway/gateway.js';
import type { RoutePlan } from '../../src/plan/gateway/gateway-plan.js';
import { connectorName, providerConnectors } from '../../src/plan/gateway/provider-connectors.js';
import type { Plan } from '../../src/plan/plan.js';
import type { ResolvedSelection } from '../../src/selection/resolved.js';
import { buildClosedCloud } from '../closed-cloud/build.js';
import type { Part, Template } from '../template.js';
import { ownRoute, PRIVATE_GATEWAY, privateGateway, toGateway } from './private-side.js';
import { type HybridRoute, isOwn } from './section.js';
import { type Sides, sidesOf } from './sides.js';

export const GENERAL_GATEWAY = 'gateway-general';

/** The gateway that may reach providers: only for requests that prove a class which their route may carry. */
const generalGateway: Template = {
  ...privateGateway,
  summary: 'the general half of a hybrid',
  plan: planGeneralGateway,
  build: buildClosedCloud,
};

export function generalPart(resolved: ResolvedSelection, { namespaces, section }: Sides): Part {
  const entries = [
    // Clients of other namespaces come in by the entry, where there is one.
    ...(section.entry === undefined ? (resolved.expose.allowFrom ?? []) : [namespaces.entry]),
  ];
  return {
    template: generalGateway,
    resolved: {
      ...resolved,
      namespace: namespaces.general,
      expose: { mode: 'none', allowFrom: entries },
      overrides: [],
    },
  };
}

function planGeneralGateway(resolved: ResolvedSelection): Plan {
  const base = { ...resolved, namespace: resolved.namespace.replace(/-general$/, '') };
  const sides = sidesOf(base);
  const { section, namespaces } = sides;
  const secrets = accountSecrets(resolved, section.providers);
  const outside = providerConnectors(
    resolved,
    {
      providers: section.providers,
      routes: Object.fromEntries(
        Object.entries(sides.general).map(([name, route]) => [
          name,
          { ...route, targets: route.targets.flatMap((target) => (isOwn(target) ? [] : [target])) },
        ]),
      ),
    },
    secrets,
  );
  const own = Object.values(sides.general).flatMap(({ targets }) => targets.filter(isOwn));
  const inside = [...new Set(own.map(({ deployment }) => deployment))];
  const connectors = [
    ...outside,
    ...inside.map((name) => toGateway(ownRoute(name), PRIVATE_GATEWAY, namespaces.private, ownRoute(name))),
  ];
  const egress = providerEgress(GENERAL_GATEWAY, section.gateway, outside, section.gateway.oidc ?? null);
  const gateway = gatewayPlan(resolved, section.gateway, {
    name: GENERAL_GATEWAY,
    connectors,
    routes: Object.entries(sides.general).map(([name, route]) => routePlan(name, route)),
    clients: clientPlans(section.clients, section.routes).map((client) => ({
      ...client,
      routes: client.routes.filter((route) => route in sides.general),
    })),
    egress: {
      ...egress,
      cluster: inside.length === 0 ? [] : [{ namespace: namespaces.private, port: CLIENT_PORT }],
    },
    exposure: null,
    dashboard: section.entry === undefined && sides.served.length === 0,
  });
  return {
    ...barePlan(resolved),
    gateways: [gateway],
    secrets: Object.values(secrets),
    assumptions: [
      `the general gateway reaches ${egress.hosts.join(', ')} and nothing else outside the cluster`,
    ],
  };
}

function routePlan(name: string, { targets, paths, dataClasses }: HybridRoute): RoutePlan {
  return {
    name,
    paths,
    dataClasses,
    provesClass: true,
    connectors: targets.map((target) =>
      isOwn(target) ? ownRoute(target.deployment) : connectorName(target.provider, target.model),
    ),
  };
}
