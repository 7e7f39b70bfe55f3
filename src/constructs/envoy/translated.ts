import type { ConnectorPlan, GatewayPlan } from '../../plan/gateway/gateway-plan.js';

/**
 * The gateway as its own program sees it: what is translated lies in the cluster, under the connector's name and without
 * a key, which the translator holds.
 */
export function throughTranslator(gateway: GatewayPlan, namespace: string): GatewayPlan {
  const { translator, connectors } = gateway;
  if (translator === null) return gateway;
  const { name, port } = translator;
  const inside = (connector: ConnectorPlan): ConnectorPlan => ({
    ...connector,
    provider: null,
    host: `${name}.${namespace}.svc.cluster.local`,
    port,
    tls: false,
    basePath: '/v1',
    model: connector.name,
    credential: null,
  });
  return { ...gateway, connectors: connectors.map((one) => (one.translation === null ? one : inside(one))) };
}
