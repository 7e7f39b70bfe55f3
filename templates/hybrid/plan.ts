import { emptyPlan } from '../../src/plan/bare-plan.js';
import { gatewayExposure } from '../../src/plan/gateway/exposure.js';
import { CLIENT_PORT, clientPlans, gatewayPlan } from '../../src/plan/gateway/gateway.js';
import type {
  ClientPlan,
  ConnectorPlan,
  GatewayPlan,
  RoutePlan,
} from '../../src/plan/gateway/gateway-plan.js';
import type { ExposurePlan, Plan } from '../../src/plan/plan.js';
import type { ResolvedSelection } from '../../src/selection/resolved.js';
import type { Part } from '../template.js';
import { GENERAL_GATEWAY, generalPart } from './general-side.js';
import { deploymentParts, PRIVATE_GATEWAY, privatePart, toGateway } from './private-side.js';
import { type Sides, sidesOf } from './sides.js';

/** The parts of a hybrid in the order in which they are planned: the deployments, then the two gateways. */
export function hybridParts(resolved: ResolvedSelection): Part[] {
  const sides = sidesOf(resolved);
  return [
    ...deploymentParts(resolved, sides),
    ...(sides.served.length === 0 ? [] : [privatePart(resolved, sides)]),
    ...(Object.keys(sides.general).length === 0 ? [] : [generalPart(resolved, sides)]),
  ];
}

/** Two gateways apart from each other, the deployments behind the private one, and one entry where it is wanted. */
export function planHybrid(resolved: ResolvedSelection): Plan {
  const sides = sidesOf(resolved);
  const exposure = sides.section.entry === undefined ? null : gatewayExposure(resolved, sides.section.routes);
  const entry = sides.section.entry === undefined ? null : entryGateway(resolved, sides, exposure);
  return {
    ...emptyPlan(resolved),
    gateways: entry === null ? [] : [entry],
    exposure,
    assumptions: [
      `a request proves its class by one header x-data-class, from a client that is cleared for it; all else ${sides.served.length === 0 ? 'is refused' : 'stays on machines of your own'}`,
    ],
    parts: hybridParts(resolved).map(({ template, resolved: part }) => template.plan(part)),
  };
}

/** The door in front of both: it holds no key either, and hands the client's own key on, which both gateways ask for again. */
function entryGateway(resolved: ResolvedSelection, sides: Sides, exposure: ExposurePlan | null): GatewayPlan {
  const { section, namespaces } = sides;
  const choices = Object.entries(section.entry?.routes ?? {});
  const general = (name: string) => `general--${name}`;
  const own = (name: string) => `private--${name}`;
  const connectors: ConnectorPlan[] = [
    ...Object.keys(sides.private).map((name) =>
      toGateway(own(name), PRIVATE_GATEWAY, namespaces.private, name),
    ),
    ...Object.keys(sides.general).map((name) =>
      toGateway(general(name), GENERAL_GATEWAY, namespaces.general, name),
    ),
  ];
  const proved = (name: string, route: string): RoutePlan => ({
    name,
    paths: sides.general[route]?.paths ?? [],
    dataClasses: sides.general[route]?.dataClasses ?? [],
    provesClass: true,
    connectors: [general(route)],
  });
  const stays = (name: string, route: string): RoutePlan => ({
    name,
    paths: sides.private[route]?.paths ?? [],
    dataClasses: sides.private[route]?.dataClasses ?? [],
    provesClass: false,
    connectors: [own(route)],
  });
  const routes = [
    ...choices.flatMap(([name, choice]) => [proved(name, choice.general), stays(name, choice.otherwise)]),
    ...Object.keys(sides.private).map((name) => stays(name, name)),
    ...Object.keys(sides.general).map((name) => proved(name, name)),
  ];
  const clients = clientPlans(section.clients, section.routes).map((client) => withChoices(client, choices));
  return gatewayPlan(resolved, section.gateway, {
    name: 'gateway',
    connectors,
    routes,
    clients,
    egress: {
      via: 'none',
      hosts: [],
      tunnelled: [],
      own: null,
      proxy: null,
      names: null,
      cluster: [
        ...(sides.served.length === 0 ? [] : [{ namespace: namespaces.private, port: CLIENT_PORT }]),
        ...(Object.keys(sides.general).length === 0
          ? []
          : [{ namespace: namespaces.general, port: CLIENT_PORT }]),
      ],
    },
    exposure,
  });
}

/** A client may use a choice where it may use both of its ways. */
function withChoices(
  client: ClientPlan,
  choices: readonly (readonly [string, { readonly general: string; readonly otherwise: string }])[],
): ClientPlan {
  const also = choices
    .filter(
      ([, { general, otherwise }]) => client.routes.includes(general) && client.routes.includes(otherwise),
    )
    .map(([name]) => name);
  return { ...client, routes: [...client.routes, ...also] };
}
