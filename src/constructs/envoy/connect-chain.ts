import { httpChain } from './http-manager.js';
import { type Config, typed } from './typed.js';

/** Answers CONNECT for these hosts at port 443, and everything else with 404. What runs inside is TLS to the host. */
export function connectChain(hosts: readonly string[]): Config {
  return {
    filter_chain_match: { transport_protocol: 'raw_buffer' },
    ...httpChain(
      'connect',
      [],
      [],
      { idleSeconds: 900 },
      {
        upgrade_configs: [{ upgrade_type: 'CONNECT' }],
        route_config: {
          name: 'connect',
          virtual_hosts: hosts.map((host) => ({
            name: host,
            domains: [`${host}:443`],
            routes: [tunnelTo(host)],
          })),
        },
        access_log: [
          typed('envoy.access_loggers.stdout', 'envoy.extensions.access_loggers.stream.v3.StdoutAccessLog', {
            log_format: {
              json_format: {
                ts: '%START_TIME%',
                host: '%REQ(:AUTHORITY)%',
                code: '%RESPONSE_CODE%',
                bytes_in: '%BYTES_RECEIVED%',
                bytes_out: '%BYTES_SENT%',
                flags: '%RESPONSE_FLAGS%',
                ms: '%DURATION%',
              },
            },
          }),
        ],
      },
    ),
  };
}

function tunnelTo(host: string): Config {
  return {
    match: { connect_matcher: {} },
    route: {
      cluster: host,
      timeout: '0s',
      idle_timeout: '900s',
      upgrade_configs: [{ upgrade_type: 'CONNECT', connect_config: {} }],
    },
  };
}
