import { Document, visit } from 'yaml';
import type { ConnectorPlan, GatewayPlan } from '../../plan/gateway/gateway-plan.js';
import { ACCESS_LOGS } from './access-log.js';
import { adminListener, base } from './base.js';
import { byName, clusters, dns, insideAddress, tlsTo } from './clusters.js';
import { connectorListener } from './connector-listener.js';
import { buffer, httpChain, LOCAL_REPLIES, readModel } from './http-manager.js';
import { publicRoutes } from './public-routes.js';
import { requestLua } from './request-lua.js';
import { throughTranslator } from './translated.js';
import { tunnelListener, tunnelOf } from './tunnel.js';
import { type Config, httpFilter, seconds } from './typed.js';

/** Name of the cluster that a token's keys come from. */
const KEYS_CLUSTER = 'token_keys';

/** Files of a gateway's ConfigMap, by name: the whole configuration, and one file that points at each key. */
export function gatewayFiles(gateway: GatewayPlan, namespace: string): Record<string, string> {
  const own = throughTranslator(gateway, namespace).connectors;
  const keys = [...new Set(own.flatMap(({ credential }) => credential?.file ?? []))];
  return {
    'envoy.yaml': yaml(bootstrap(gateway, namespace)),
    ...Object.fromEntries(keys.map((file) => [`sds-${file}.yaml`, yaml(keyFile(file))])),
  };
}

/** What fits one line stands on one: half the size, and as readable. */
const LINE = 90;

/** What may stand bare: no word that older readers take for true or false. */
const PLAIN = /^(?!(on|off|yes|no|y|n)$)[\w./-]+$/i;

/** YAML without references: two equal parts stay two. */
export function yaml(config: Config): string {
  const document = new Document(config, { aliasDuplicateObjects: false });
  visit(document, {
    Collection: (_, node) => {
      if (JSON.stringify(node.toJS(document)).length <= LINE) node.flow = true;
    },
    Scalar: (_, node) => {
      const { value } = node;
      // The program's reader is stricter than others about what may stand bare on one line.
      if (typeof value === 'string' && !PLAIN.test(value) && !value.includes('\n'))
        node.type = 'QUOTE_DOUBLE';
    },
  });
  return document.toString({ lineWidth: 0 });
}

function bootstrap(planned: GatewayPlan, namespace: string): Config {
  const gateway = throughTranslator(planned, namespace);
  const { connectors, limits, egress, oidc } = gateway;
  const dialled = (connector: ConnectorPlan) => endpointOf(connector, gateway, namespace);
  const own = new Set(connectors.flatMap(({ provider, host }) => (provider === null ? [] : [host])));
  const tunnels =
    egress.via === 'proxy'
      ? egress.hosts.filter((host) => own.has(host) || !egress.tunnelled.includes(host))
      : [];
  return base({
    internal: true,
    listeners: [
      publicListener(gateway),
      adminListener(gateway.adminPort),
      ...connectors.map((connector) => connectorListener(connector, limits)),
      ...tunnels.map((host) => tunnelListener(host)),
    ],
    clusters: [
      ...clusters(gateway, dialled),
      ...(egress.proxy !== null && tunnels.length > 0
        ? [dns('egress_proxy', byName(egress.proxy.host, egress.proxy.port), limits)]
        : []),
      ...(oidc === null ? [] : [keysCluster(new URL(oidc.jwksUri).hostname, gateway, namespace)]),
    ],
  });
}

/** Providers are dialled through the way out; what stands in the cluster is dialled itself. */
function endpointOf(
  { host, port, provider }: ConnectorPlan,
  gateway: GatewayPlan,
  namespace: string,
): Config {
  const { egress } = gateway;
  if (provider === null || egress.via === 'direct') return byName(host, port);
  if (egress.via === 'proxy') return insideAddress(tunnelOf(host));
  if (egress.own === null) throw new Error(`gateway ${gateway.name} has no way to ${host}`);
  return byName(`${egress.own.name}.${namespace}.svc.cluster.local`, egress.own.port);
}

function keysCluster(host: string, gateway: GatewayPlan, namespace: string): Config {
  const endpoint = endpointOf({ host, port: 443, provider: host } as ConnectorPlan, gateway, namespace);
  return { ...dns(KEYS_CLUSTER, endpoint, gateway.limits), transport_socket: tlsTo(host) };
}

function publicListener(gateway: GatewayPlan): Config {
  const { limits, port, oidc, clients } = gateway;
  return {
    name: 'public',
    address: { socket_address: { address: '0.0.0.0', port_value: port } },
    per_connection_buffer_limit_bytes: limits.maxBodyBytes,
    filter_chains: [
      httpChain(
        'public',
        [
          ...(oidc === null ? [] : [tokenFilter(oidc)]),
          httpFilter('lua', 'lua.v3.Lua', { default_source_code: { inline_string: requestLua(gateway) } }),
          buffer(limits),
          readModel('berth', '-'),
          rateLimits(clients),
        ],
        publicRoutes(gateway),
        limits,
        {
          access_log: ACCESS_LOGS,
          normalize_path: true,
          merge_slashes: false,
          path_with_escaped_slashes_action: 'REJECT_REQUEST',
          use_remote_address: true,
          request_headers_timeout: '10s',
          request_timeout: seconds(limits.uploadSeconds),
          common_http_protocol_options: {
            headers_with_underscores_action: 'REJECT_REQUEST',
            idle_timeout: seconds(limits.idleSeconds),
          },
          local_reply_config: LOCAL_REPLIES,
        },
      ),
    ],
  };
}

/** Requests a minute of each client, in this pod. */
function rateLimits(clients: GatewayPlan['clients']): Config {
  const bucket = (tokens: number, interval: string) => ({
    max_tokens: tokens,
    tokens_per_fill: tokens,
    fill_interval: interval,
  });
  const always = { default_value: { numerator: 100 } };
  return httpFilter('local_ratelimit', 'local_ratelimit.v3.LocalRateLimit', {
    stat_prefix: 'berth',
    token_bucket: bucket(100_000, '1s'),
    filter_enabled: always,
    filter_enforced: always,
    rate_limits: [
      { actions: [{ request_headers: { header_name: 'x-berth-client', descriptor_key: 'client' } }] },
    ],
    descriptors: clients.map(({ name, requestsPerMinute }) => ({
      entries: [{ key: 'client', value: name }],
      token_bucket: bucket(requestsPerMinute, '60s'),
    })),
  });
}

/** Proves a token's signature, issuer, audience and time; without a good one the answer is 401. */
function tokenFilter(oidc: NonNullable<GatewayPlan['oidc']>): Config {
  return httpFilter('jwt_authn', 'jwt_authn.v3.JwtAuthentication', {
    providers: {
      company: {
        issuer: oidc.issuer,
        audiences: oidc.audiences,
        forward: false,
        payload_in_metadata: 'token',
        remote_jwks: {
          http_uri: { uri: oidc.jwksUri, cluster: KEYS_CLUSTER, timeout: '5s' },
          cache_duration: '600s',
        },
      },
    },
    rules: [{ match: { prefix: '/' }, requires: { provider_name: 'company' } }],
  });
}

/** Points at the file of one key, which the program reads again whenever its folder changes. */
function keyFile(file: string): Config {
  return {
    resources: [
      {
        '@type': 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret',
        name: file,
        generic_secret: {
          secret: { filename: `/etc/llm-keys/${file}`, watched_directory: { path: '/etc/llm-keys' } },
        },
      },
    ],
  };
}
