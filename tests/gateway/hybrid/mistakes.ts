import { gatewayFiles } from '../../../src/constructs/envoy/bootstrap.js';
import type { GatewayPlan } from '../../../src/plan/gateway/gateway-plan.js';
import { type Plan, plansOf } from '../../../src/plan/plan.js';

function gatewayOf(plan: Plan, name: string): { gateway: GatewayPlan; namespace: string } {
  for (const { gateways, namespace } of plansOf(plan)) {
    const gateway = gateways.find((one) => one.name === name);
    if (gateway !== undefined) return { gateway, namespace };
  }
  throw new Error(`no gateway ${name}`);
}

/** One gateway for both halves, whose private route falls back on a provider: the mistake that the plan refuses. */
export function mergedFiles(plan: Plan): Record<string, string> {
  const own = gatewayOf(plan, 'gateway-private');
  const general = gatewayOf(plan, 'gateway-general');
  const providers = general.gateway.connectors.filter(({ provider }) => provider !== null);
  const gateway: GatewayPlan = {
    ...own.gateway,
    connectors: [...own.gateway.connectors, ...providers],
    routes: own.gateway.routes.map((route) => ({
      ...route,
      connectors: [...route.connectors, ...providers.map(({ name }) => name)],
    })),
    egress: { ...own.gateway.egress, via: 'direct', hosts: general.gateway.egress.hosts },
  };
  return gatewayFiles(gateway, own.namespace);
}

/** The general gateway, asking for no proof and sending every model to a provider. */
export function misroutingFiles(plan: Plan): Record<string, string> {
  const { gateway, namespace } = gatewayOf(plan, 'gateway-general');
  const providers = gateway.connectors.flatMap(({ provider, name }) => (provider === null ? [] : [name]));
  const names = ['inside', 'outside', 'chat', ...gateway.routes.map(({ name }) => name)];
  const routes = [...new Set(names)].map((name) => ({
    name,
    paths: ['/v1/chat/completions'],
    dataClasses: [],
    provesClass: false,
    connectors: providers.slice(0, 1),
  }));
  const clients = gateway.clients.map((client) => ({ ...client, routes: routes.map(({ name }) => name) }));
  return gatewayFiles({ ...gateway, routes, clients }, namespace);
}
