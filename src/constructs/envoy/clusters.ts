import type { ConnectorPlan, GatewayLimits, GatewayPlan } from '../../plan/gateway/gateway-plan.js';
import { upstreamOf } from './connector-listener.js';
import { clusterOf } from './public-routes.js';
import { type Config, seconds, typed } from './typed.js';

const TLS = 'envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext';

/** Where a connection really goes: to the provider, or to what leads there. */
export interface Dialled {
  readonly host: string;
  readonly port: number;
}

/** Clusters of every connector and of every route. */
export function clusters(gateway: GatewayPlan, dialled: (connector: ConnectorPlan) => Config): Config[] {
  const { connectors, routes, limits } = gateway;
  const alone = new Set(routes.flatMap((route) => (route.connectors.length === 1 ? route.connectors : [])));
  return [
    ...connectors.map((connector) => upstream(connector, limits, dialled(connector))),
    ...[...alone].map((name) => inside(`p_${name}`, [name], limits)),
    ...routes.flatMap((route, index) =>
      route.connectors.length === 1 ? [] : [failover(clusterOf(route, index), route.connectors, limits)],
    ),
  ];
}

/** Endpoints by name, looked up again and again. */
export function byName(host: string, port: number): Config {
  return { address: { socket_address: { address: host, port_value: port } } };
}

export function dns(
  name: string,
  endpoint: Config,
  limits: Pick<GatewayLimits, 'connectSeconds' | 'maxBodyBytes'>,
): Config {
  return {
    name,
    type: 'STRICT_DNS',
    dns_lookup_family: 'V4_PREFERRED',
    connect_timeout: seconds(limits.connectSeconds),
    per_connection_buffer_limit_bytes: limits.maxBodyBytes,
    load_assignment: { cluster_name: name, endpoints: [{ lb_endpoints: [{ endpoint }] }] },
  };
}

/** TLS to a host whose certificate must name it, whoever was dialled. */
export function tlsTo(host: string): Config {
  return typed('tls', TLS, {
    sni: host,
    auto_sni_san_validation: true,
    common_tls_context: {
      tls_params: { tls_minimum_protocol_version: 'TLSv1_2' },
      validation_context: { trusted_ca: { filename: '/etc/ssl/certs/ca-certificates.crt' } },
    },
  });
}

function upstream({ name, host, tls }: ConnectorPlan, limits: GatewayLimits, endpoint: Config): Config {
  const cluster = dns(upstreamOf(name), endpoint, limits);
  const isInside = 'envoy_internal_address' in ((endpoint.address ?? {}) as Config);
  const { dns_lookup_family: _, ...rest } = cluster as { dns_lookup_family: string } & Config;
  return {
    ...(isInside ? { ...rest, type: 'STATIC' } : cluster),
    ...(tls && { transport_socket: tlsTo(host) }),
  };
}

/** To listeners of the gateway itself, by turn. */
function inside(name: string, listeners: readonly string[], limits: GatewayLimits): Config {
  return {
    name,
    type: 'STATIC',
    connect_timeout: seconds(limits.connectSeconds),
    per_connection_buffer_limit_bytes: limits.maxBodyBytes,
    transport_socket: typed(
      'envoy.transport_sockets.internal_upstream',
      'envoy.extensions.transport_sockets.internal_upstream.v3.InternalUpstreamTransport',
      {
        transport_socket: typed('raw', 'envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer'),
      },
    ),
    load_assignment: {
      cluster_name: name,
      endpoints: listeners.map((listener, priority) => ({
        priority,
        lb_endpoints: [{ endpoint: insideAddress(listener) }],
      })),
    },
  };
}

export function insideAddress(listener: string): Config {
  return { address: { envoy_internal_address: { server_listener_name: listener, endpoint_id: listener } } };
}

/** The next listener answers when those before it cannot; one that failed is left out for a while. */
function failover(name: string, listeners: readonly string[], limits: GatewayLimits): Config {
  return {
    ...inside(name, listeners, limits),
    // Never fall back on all of them at once because most are down.
    common_lb_config: { healthy_panic_threshold: { value: 0 } },
    outlier_detection: {
      consecutive_5xx: 1,
      consecutive_gateway_failure: 1,
      interval: '1s',
      base_ejection_time: seconds(limits.ejectionSeconds),
      max_ejection_percent: 100,
      max_ejection_time: '30s',
    },
  };
}
