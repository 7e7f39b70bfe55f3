import type { GatewayLimits } from '../../plan/gateway/gateway-plan.js';
import { type Config, seconds, typed } from './typed.js';

const MANAGER = 'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager';

/** A filter chain that speaks HTTP: filters in turn, then routes. */
export function httpChain(
  name: string,
  filters: readonly Config[],
  routes: readonly Config[],
  limits: Pick<GatewayLimits, 'idleSeconds'>,
  more: Config = {},
): Config {
  return {
    filters: [
      typed('envoy.filters.network.http_connection_manager', MANAGER, {
        stat_prefix: name,
        stream_idle_timeout: seconds(limits.idleSeconds),
        http_filters: [...filters, ROUTER],
        route_config: { name, virtual_hosts: [{ name, domains: ['*'], routes }] },
        server_header_transformation: 'PASS_THROUGH',
        generate_request_id: false,
        ...more,
      }),
    ],
  };
}

const ROUTER = typed('envoy.filters.http.router', 'envoy.extensions.filters.http.router.v3.Router', {
  suppress_envoy_headers: true,
});

/** Errors of the gateway itself, in the form of the OpenAI API and without a provider's words. */
export const LOCAL_REPLIES: Config = {
  mappers: [
    reply('EQ', 401, 'invalid API key', 'authentication_error', 'invalid_api_key'),
    reply('EQ', 429, 'rate limit exceeded', 'rate_limit_error', 'rate_limited'),
    reply('EQ', 413, 'request body is too large', 'invalid_request_error', 'request_body_too_large'),
    reply('GE', 500, 'upstream unavailable', 'gateway_error', '%RESPONSE_FLAGS%'),
  ],
};

function reply(op: string, status: number, message: string, type: string, code: string): Config {
  return {
    filter: {
      status_code_filter: { comparison: { op, value: { default_value: status, runtime_key: 'berth.none' } } },
    },
    body_format_override: {
      json_format: { error: { message, type, code } },
      content_type: 'application/json',
    },
  };
}

/** Reads one field of a JSON body into the request's metadata, where routes can match it. */
export function readModel(namespace: string, otherwise?: string): Config {
  const said = (value: string) => ({ metadata_namespace: namespace, key: 'model', value });
  return typed(
    'envoy.filters.http.json_to_metadata',
    'envoy.extensions.filters.http.json_to_metadata.v3.JsonToMetadata',
    {
      request_rules: {
        // Exact types would refuse `application/json; charset=utf-8`.
        allow_content_types_regex: { regex: '(?i)application/json( *;.*)?' },
        rules: [
          {
            selectors: [{ key: 'model' }],
            on_present: { metadata_namespace: namespace, key: 'model' },
            ...(otherwise !== undefined && { on_missing: said(otherwise), on_error: said(otherwise) }),
          },
        ],
      },
    },
  );
}

/** Matches what `readModel` read. */
export function modelIs(namespace: string, model: string): Config {
  return { filter: namespace, path: [{ key: 'model' }], value: { string_match: { exact: model } } };
}

/** Holds the whole request, so that another target can be asked with it. */
export function buffer({ maxBodyBytes }: Pick<GatewayLimits, 'maxBodyBytes'>): Config {
  return typed('envoy.filters.http.buffer', 'envoy.extensions.filters.http.buffer.v3.Buffer', {
    max_request_bytes: maxBodyBytes,
  });
}
