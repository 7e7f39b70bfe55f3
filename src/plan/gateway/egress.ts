import type { GatewaySettings } from '../../selection/gateway-settings.js';
import { EGRESS_PORT } from './gateway.js';
import type { ConnectorPlan, GatewayEgress, OidcPlan } from './gateway-plan.js';

/** The way out of a gateway that reaches providers, and the hosts that it may reach. */
export function providerEgress(
  name: string,
  settings: GatewaySettings,
  connectors: readonly Pick<ConnectorPlan, 'host' | 'translation'>[],
  oidc: Pick<OidcPlan, 'jwksUri'> | null,
): GatewayEgress {
  const { egress } = settings;
  const via = egress?.via ?? (egress?.proxy === undefined ? 'own' : 'proxy');
  const tunnelled = connectors.flatMap(({ host, translation }) =>
    translation === null ? [] : [host, ...translation.authHosts],
  );
  const hosts = [
    ...connectors.map(({ host }) => host),
    ...tunnelled,
    ...(oidc === null ? [] : [new URL(oidc.jwksUri).hostname]),
  ];
  return {
    via,
    hosts: [...new Set(hosts)].sort(),
    tunnelled: [...new Set(tunnelled)].sort(),
    own:
      via === 'own'
        ? {
            name: `${name}-egress`,
            port: EGRESS_PORT,
            replicas: 2,
            resources: { cpuMillis: 100, memoryMib: 128 },
          }
        : null,
    proxy:
      via === 'proxy' && egress?.proxy !== undefined
        ? { ...egress.proxy, namespace: egress.proxy.namespace ?? null }
        : null,
    names: egress?.names ?? null,
    cluster: [],
  };
}
