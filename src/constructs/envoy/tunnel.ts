import { type Config, typed } from './typed.js';

/** Listener without a port that asks the company's proxy for a way to one host. */
export function tunnelOf(host: string): string {
  return `t_${host}`;
}

/** Asks by CONNECT; the TLS inside is the gateway's own, with the provider. */
export function tunnelListener(host: string): Config {
  return {
    name: tunnelOf(host),
    internal_listener: {},
    filter_chains: [
      {
        filters: [
          typed('envoy.filters.network.tcp_proxy', 'envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy', {
            stat_prefix: 'tunnel',
            cluster: 'egress_proxy',
            idle_timeout: '900s',
            tunneling_config: { hostname: `${host}:443` },
          }),
        ],
      },
    ],
  };
}
