import { adminListener, base } from './base.js';
import { yaml } from './bootstrap.js';
import { byName, dns } from './clusters.js';
import { connectChain } from './connect-chain.js';
import { type Config, typed } from './typed.js';

export interface EgressFilesProps {
  /** Hosts that it passes TLS on to. */
  readonly hosts: readonly string[];
  /** Those of them for which it answers CONNECT, for programs that cannot dial it in a host's place. */
  readonly tunnelled: readonly string[];
  readonly port: number;
  readonly adminPort: number;
}

/**
 * Files of an egress proxy's ConfigMap: a connection whose handshake names no known host is closed, and so is one without
 * TLS, but for CONNECT to hosts of a translator.
 */
export function egressFiles({ hosts, tunnelled, port, adminPort }: EgressFilesProps): Record<string, string> {
  const limits = { connectSeconds: 3, maxBodyBytes: 1024 * 1024 };
  return {
    'envoy.yaml': yaml(
      base({
        internal: false,
        listeners: [
          {
            name: 'egress',
            address: { socket_address: { address: '0.0.0.0', port_value: port } },
            listener_filters: [
              typed(
                'envoy.filters.listener.tls_inspector',
                'envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector',
              ),
            ],
            filter_chains: [...hosts.map(chain), ...(tunnelled.length > 0 ? [connectChain(tunnelled)] : [])],
          },
          adminListener(adminPort),
        ],
        clusters: hosts.map((host) => dns(host, byName(host, 443), limits)),
      }),
    ),
  };
}

function chain(host: string): Config {
  return {
    filter_chain_match: { server_names: [host], transport_protocol: 'tls' },
    filters: [
      typed('envoy.filters.network.tcp_proxy', 'envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy', {
        stat_prefix: 'egress',
        cluster: host,
        idle_timeout: '900s',
        access_log: [
          typed('envoy.access_loggers.stdout', 'envoy.extensions.access_loggers.stream.v3.StdoutAccessLog', {
            log_format: {
              json_format: {
                ts: '%START_TIME%',
                host: '%REQUESTED_SERVER_NAME%',
                bytes_in: '%BYTES_RECEIVED%',
                bytes_out: '%BYTES_SENT%',
                flags: '%RESPONSE_FLAGS%',
                ms: '%DURATION%',
              },
            },
          }),
        ],
      }),
    ],
  };
}
