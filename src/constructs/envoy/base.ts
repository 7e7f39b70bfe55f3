import { httpChain } from './http-manager.js';
import { type Config, typed } from './typed.js';

interface BaseProps {
  /** Whether listeners without a port are used. */
  readonly internal: boolean;
  readonly listeners: readonly Config[];
  readonly clusters: readonly Config[];
}

/** What every program here has in common: its own administration behind a socket that no file and no port leads to. */
export function base({ internal, listeners, clusters }: BaseProps): Config {
  const admin = { pipe: { path: '@berth-admin' } };
  return {
    admin: { address: admin },
    ...(internal && {
      bootstrap_extensions: [
        typed(
          'envoy.bootstrap.internal_listener',
          'envoy.extensions.bootstrap.internal_listener.v3.InternalListener',
        ),
      ],
    }),
    node: { id: 'berth', cluster: 'berth' },
    static_resources: {
      listeners,
      clusters: [
        {
          name: 'admin',
          type: 'STATIC',
          load_assignment: {
            cluster_name: 'admin',
            endpoints: [{ lb_endpoints: [{ endpoint: { address: admin } }] }],
          },
        },
        ...clusters,
      ],
    },
    overload_manager: {
      resource_monitors: [
        typed(
          'envoy.resource_monitors.global_downstream_max_connections',
          'envoy.extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig',
          { max_active_downstream_connections: 10_000 },
        ),
      ],
    },
  };
}

/** Metrics and readiness, and nothing else of the administration. Readiness asks nobody behind the gateway. */
export function adminListener(port: number): Config {
  return {
    name: 'metrics',
    address: { socket_address: { address: '0.0.0.0', port_value: port } },
    filter_chains: [
      httpChain(
        'metrics',
        [],
        [
          {
            match: { path: '/metrics' },
            route: { cluster: 'admin', prefix_rewrite: '/stats/prometheus?usedonly' },
          },
          { match: { path: '/ready' }, route: { cluster: 'admin' } },
        ],
        { idleSeconds: 60 },
      ),
    ],
  };
}
