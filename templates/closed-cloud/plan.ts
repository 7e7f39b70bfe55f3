import { type Problem, UserError } from '../../src/error.js';
import { emptyPlan } from '../../src/plan/bare-plan.js';
import { accountSecrets } from '../../src/plan/gateway/account-secrets.js';
import { providerEgress } from '../../src/plan/gateway/egress.js';
import { gatewayExposure } from '../../src/plan/gateway/exposure.js';
import { CLIENT_PORT, clientPlans, gatewayPlan } from '../../src/plan/gateway/gateway.js';
import type { GatewayPlan } from '../../src/plan/gateway/gateway-plan.js';
import { providerConnectors, providerRoutes } from '../../src/plan/gateway/provider-connectors.js';
import type { Plan } from '../../src/plan/plan.js';
import type { ResolvedSelection } from '../../src/selection/resolved.js';
import type { ClosedCloudSection } from './section.js';

/** A gateway to models of providers. */
export function planClosedCloud(resolved: ResolvedSelection): Plan {
  const section = resolved.section as ClosedCloudSection;
  const name = 'gateway';
  refuseStrangers(resolved, section);
  const secrets = accountSecrets(resolved, section.providers);
  const connectors = providerConnectors(resolved, section, secrets);
  const exposure = gatewayExposure(resolved, section.routes);
  const gateway = gatewayPlan(resolved, section.gateway, {
    name,
    connectors,
    routes: providerRoutes(section.routes),
    clients: clientPlans(section.clients, section.routes),
    egress: providerEgress(name, section.gateway, connectors, section.gateway.oidc ?? null),
    exposure,
  });
  return {
    ...emptyPlan(resolved),
    gateways: [gateway],
    exposure,
    secrets: Object.values(secrets),
    assumptions: assumptions(gateway),
  };
}

function refuseStrangers({ placeOf }: ResolvedSelection, { clients, routes }: ClosedCloudSection): void {
  const known = Object.keys(routes);
  const problems = Object.entries(clients).flatMap(([name, client]): Problem[] =>
    (client.routes ?? []).flatMap((route, index) =>
      known.includes(route)
        ? []
        : [
            {
              place: placeOf(['clients', name, 'routes', index]),
              message: `no route '${route}' in routes, there are: ${known.join(', ')}`,
            },
          ],
    ),
  );
  if (problems.length > 0) throw new UserError('the gateway cannot be planned', problems);
}

function assumptions({ egress, limits, clients, replicas }: GatewayPlan): string[] {
  return [
    `the gateway reaches ${egress.hosts.join(', ')} and nothing else outside the cluster`,
    `requests a minute are counted in each of ${replicas} pods by itself: a client gets up to ${replicas} times its number`,
    `an answer may be silent for ${limits.idleSeconds} s, and has no limit as long as it is not`,
    'tokens of streamed answers are counted where the client asks for stream_options.include_usage',
    ...(clients.length === 0 ? ['nobody may call it: clients is empty'] : []),
    `pods of this namespace reach it at port ${CLIENT_PORT}`,
  ];
}
