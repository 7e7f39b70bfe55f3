import { UserError } from '../../src/error.js';
import { barePlan } from '../../src/plan/bare-plan.js';
import { CLIENT_PORT, clientPlans, gatewayPlan } from '../../src/plan/gateway/gateway.js';
import type { ConnectorPlan, RoutePlan } from '../../src/plan/gateway/gateway-plan.js';
import type { Plan } from '../../src/plan/plan.js';
import type { ResolvedSelection } from '../../src/selection/resolved.js';
import { buildClosedCloud } from '../closed-cloud/build.js';
import type { Part, Template } from '../template.js';
import { DEPLOYED_SCHEMES, PRIVATE_SCHEMES, standsBeside } from './private-schemes.js';
import { isOwn } from './section.js';
import { type Sides, sidesOf } from './sides.js';

export const PRIVATE_GATEWAY = 'gateway-private';

/** What the private gateway calls a deployment when the general one asks for it. */
export function ownRoute(deployment: string): string {
  return `own-${deployment}`;
}

/**
 * The deployments, each by its own scheme and in a namespace of its own, reachable by the private gateway only; those that
 * stand beside it by the namespaces that they name.
 */
export function deploymentParts(resolved: ResolvedSelection, sides: Sides): Part[] {
  return Object.entries(resolved.deployments).map(([name, part]) => deploymentPart(name, part, sides));
}

function deploymentPart(name: string, part: ResolvedSelection, { namespaces, section }: Sides): Part {
  const template = DEPLOYED_SCHEMES.find((one) => one.name === part.scheme);
  if (template === undefined) throw new Error(`${part.scheme} is no scheme of a hybrid's deployments`);
  const callers = standsBeside(part.scheme)
    ? ((section.deployments[name]?.allowFrom as string[] | undefined) ?? [])
    : [namespaces.private];
  return {
    template,
    resolved: {
      ...part,
      namespace: namespaces.deployment(name),
      expose: { mode: 'none', allowFrom: callers },
    },
  };
}

/** The gateway in front of the deployments: it holds no key of a provider and has no way out of the cluster. */
export const privateGateway: Template = {
  name: 'hybrid',
  summary: 'the private half of a hybrid',
  section: PRIVATE_SCHEMES[0]?.section as Template['section'],
  needs: () => ({ serving: 'nothing' }),
  plan: planPrivateGateway,
  build: buildClosedCloud,
};

export function privatePart(resolved: ResolvedSelection, { namespaces, section }: Sides): Part {
  const entries = [
    // Clients of other namespaces come in by the entry, where there is one.
    ...(section.entry === undefined ? (resolved.expose.allowFrom ?? []) : [namespaces.entry]),
    namespaces.general,
  ];
  return {
    template: privateGateway,
    resolved: {
      ...resolved,
      namespace: namespaces.private,
      expose: { mode: 'none', allowFrom: entries },
      overrides: [],
    },
  };
}

function planPrivateGateway(resolved: ResolvedSelection): Plan {
  const base = { ...resolved, namespace: resolved.namespace.replace(/-private$/, '') };
  const sides = sidesOf(base);
  const { section, namespaces } = sides;
  const connectors = sides.served.map((name) => {
    const { template, resolved: part } = deploymentPart(
      name,
      base.deployments[name] as ResolvedSelection,
      sides,
    );
    return toServer(name, template.plan(part), base);
  });
  const routes: RoutePlan[] = Object.entries(sides.private).map(
    ([name, { targets, dataClasses, paths }]) => ({
      name,
      paths,
      dataClasses,
      provesClass: false,
      connectors: targets.filter(isOwn).map(({ deployment }) => deployment),
    }),
  );
  const borrowed = borrowedDeployments(sides);
  const clients = clientPlans(section.clients, section.routes).map((client) => ({
    ...client,
    routes: [
      ...client.routes.filter((route) => route in sides.private),
      ...borrowed
        .filter(({ routes: by }) => by.some((route) => client.routes.includes(route)))
        .map(({ name }) => name),
    ],
  }));
  const gateway = gatewayPlan(resolved, section.gateway, {
    name: PRIVATE_GATEWAY,
    connectors,
    routes: [
      ...routes,
      ...borrowed.map(({ name, deployment, paths, dataClasses }) => ({
        ...{ name, paths, dataClasses },
        provesClass: false,
        connectors: [deployment],
      })),
    ],
    clients,
    egress: {
      via: 'none',
      hosts: [],
      tunnelled: [],
      own: null,
      proxy: null,
      names: null,
      cluster: connectors.map(({ name, port }) => ({ namespace: namespaces.deployment(name), port })),
    },
    exposure: null,
    dashboard: section.entry === undefined,
  });
  return {
    ...barePlan(resolved),
    gateways: [gateway],
    assumptions: [
      'the private gateway reaches its deployments and nothing else: it holds no key, and no policy lets it out',
    ],
  };
}

/** Deployments that routes of the general gateway fall back to. They are asked for by the private gateway's own names. */
function borrowedDeployments({ general }: Sides) {
  const found = new Map<
    string,
    { routes: string[]; paths: Set<string>; dataClasses: Set<RoutePlan['dataClasses'][number]> }
  >();
  for (const [route, { targets, paths, dataClasses }] of Object.entries(general))
    for (const { deployment } of targets.filter(isOwn)) {
      const one = found.get(deployment) ?? { routes: [], paths: new Set<string>(), dataClasses: new Set() };
      one.routes.push(route);
      for (const path of paths) one.paths.add(path);
      for (const each of dataClasses) one.dataClasses.add(each);
      found.set(deployment, one);
    }
  return [...found].map(([deployment, { routes, paths, dataClasses }]) => ({
    deployment,
    name: ownRoute(deployment),
    routes,
    paths: [...paths],
    dataClasses: [...dataClasses],
  }));
}

/** The way to what a deployment serves, inside the cluster: a server of ours, or a vendor's container. */
function toServer(name: string, plan: Plan, resolved: ResolvedSelection): ConnectorPlan {
  const [server] = plan.servers;
  const [licensed] = plan.licensed ?? [];
  const model = server?.servedModelNames[0] ?? licensed?.servedModelName;
  const served = server ?? licensed;
  if (served === undefined || model === undefined) throw new Error(`deployment ${name} has no server to ask`);
  if (server === undefined && licensed?.wire !== 'openai-chat')
    throw new UserError('the hybrid cannot be planned', [
      {
        place: resolved.placeOf(['deployments', name, 'container', 'wire']),
        message: `deployment ${name} does not speak the OpenAI format, and the gateway passes on nothing else`,
        fix: 'put the vendor’s own adapter in front of it, or reach it beside the gateway',
      },
    ]);
  const host = `${served.name}.${plan.namespace}.svc.cluster.local`;
  return inCluster(name, { host, port: served.port, model }, false);
}

/** The way to something of the company's own in the cluster. */
export function inCluster(
  name: string,
  { host, port, model }: Pick<ConnectorPlan, 'host' | 'port' | 'model'>,
  keepsClient: boolean,
): ConnectorPlan {
  return {
    ...{ name, host, port, model, keepsClient },
    provider: null,
    profile: null,
    tls: false,
    basePath: '/v1',
    wire: 'openai',
    translation: null,
    credential: null,
    jurisdiction: null,
    dataClasses: null,
  };
}

/** The way to another gateway, which asks for the client's own key and proof again. */
export function toGateway(name: string, gateway: string, namespace: string, model: string): ConnectorPlan {
  return inCluster(
    name,
    { host: `${gateway}.${namespace}.svc.cluster.local`, port: CLIENT_PORT, model },
    true,
  );
}
