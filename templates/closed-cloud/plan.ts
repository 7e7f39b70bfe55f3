import { type Problem, UserError } from '../../src/error.js';
import { providerEgress } from '../../src/plan/gateway/egress.js';
import { gatewayExposure } from '../../src/plan/gateway/exposure.js';
import { CLIENT_PORT, clientPlans, gatewayPlan } from '../../src/plan/gateway/gateway.js';
import type { GatewayPlan } from '../../src/plan/gateway/gateway-plan.js';
import { providerConnectors, providerRoutes } from '../../src/plan/gateway/provider-connectors.js';
import { spendPlan } from '../../src/plan/gateway/spend.js';
import { omissions } from '../../src/plan/omitted.js';
import type { Plan, SecretPlan } from '../../src/plan/plan.js';
import { secretOf } from '../../src/plan/secrets.js';
import { DEFAULT_KUBERNETES } from '../../src/selection/defaults.js';
import type { ResolvedSelection } from '../../src/selection/resolved.js';
import type { ClosedCloudSection } from './section.js';

/** What tells a gateway that is part of something from one that stands alone. */
export interface ClosedCloudOptions {
  /** @default 'gateway' */
  readonly name?: string;
  /** Whether requests must prove their data class. @default false */
  readonly provesClass?: boolean;
}

/** A gateway to models of providers. */
export function planClosedCloud(resolved: ResolvedSelection, options: ClosedCloudOptions = {}): Plan {
  const section = resolved.section as ClosedCloudSection;
  const { name = 'gateway', provesClass = false } = options;
  refuseStrangers(resolved, section);
  const secrets = accountSecrets(resolved, section);
  const connectors = providerConnectors(resolved, section, secrets);
  const exposure = gatewayExposure(resolved, section.routes);
  const bare = gatewayPlan(resolved, section.gateway, {
    name,
    connectors,
    routes: providerRoutes(section.routes, provesClass),
    clients: clientPlans(section.clients, section.routes),
    egress: providerEgress(name, section.gateway, connectors, section.gateway.oidc ?? null),
    exposure,
  });
  const gateway: GatewayPlan = {
    ...bare,
    monitoring: bare.monitoring && { ...bare.monitoring, spend: spendPlan(resolved, connectors) },
  };
  return {
    planVersion: 1,
    name: resolved.name,
    environment: resolved.environment,
    namespace: resolved.namespace,
    scheme: resolved.scheme,
    selection: resolved.file,
    kubernetes: resolved.cluster.kubernetes ?? DEFAULT_KUBERNETES,
    servers: [],
    gateways: [gateway],
    exposure,
    secrets: Object.values(secrets),
    settings: resolved.settings,
    assumptions: assumptions(gateway),
    omitted: omissions(resolved),
    overrides: resolved.overrides,
    findings: [],
    alternatives: [],
    notices: resolved.notices,
    parts: [],
  };
}

/** One Secret for each account, whether the selection names it or a store fills it. */
function accountSecrets(resolved: ResolvedSelection, { providers }: ClosedCloudSection) {
  return Object.fromEntries(
    Object.entries(providers).flatMap(([name, { key }]): [string, SecretPlan][] =>
      key === undefined
        ? []
        : [
            [
              name,
              secretOf(resolved, key.secretRef, `provider-${name}`, 'key', `key of the account ${name}`),
            ],
          ],
    ),
  );
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
