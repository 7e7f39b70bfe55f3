import type { ConnectorPlan, GatewayLimits } from '../../plan/gateway/gateway-plan.js';
import { buffer, httpChain, LOCAL_REPLIES, modelIs, readModel } from './http-manager.js';
import { answer, type Config, errorBody, httpFilter, seconds, typed } from './typed.js';

/** Headers that would tell the provider about the inside, or that a proxy adds. */
const REMOVED = [
  'x-envoy-expected-rq-timeout-ms',
  'x-forwarded-proto',
  'x-envoy-external-address',
  'x-envoy-internal',
  'x-forwarded-for',
  'x-envoy-attempt-count',
  'x-envoy-original-path',
];
const OF_THE_CLIENT = ['x-berth-client', 'x-data-class'];

/**
 * One listener without a port for each model behind the gateway: puts the provider's own model id, path, host and key
 * into the request. A body that cannot be rewritten (duplicate keys, a byte order mark) would pass unchanged, so the
 * model is read a second time and anything but the wanted one is refused.
 */
export function connectorListener(connector: ConnectorPlan, limits: GatewayLimits): Config {
  const { name, model, basePath, host, port, tls, credential, keepsClient } = connector;
  const authority = (tls && port === 443) || (!tls && port === 80) ? host : `${host}:${port}`;
  return {
    name,
    internal_listener: {},
    per_connection_buffer_limit_bytes: limits.maxBodyBytes,
    filter_chains: [
      httpChain(
        name,
        [
          // A provider whose key has a header of its own would else be sent the client's.
          ...(keepsClient
            ? []
            : [
                httpFilter('header_mutation', 'header_mutation.v3.HeaderMutation', {
                  mutations: { request_mutations: [{ remove: 'authorization' }] },
                }),
              ]),
          httpFilter('transform', 'transform.v3.TransformConfig', {
            request_transformation: {
              body_transformation: { body_format: { json_format: { model } }, action: 'MERGE' },
            },
          }),
          // Puts the length back: some providers refuse chunks.
          buffer(limits),
          readModel('berth.up'),
          ...(credential === null ? [] : [injectKey(credential)]),
        ],
        [
          {
            match: { prefix: '/v1/', dynamic_metadata: [modelIs('berth.up', model)] },
            route: {
              cluster: upstreamOf(name),
              prefix_rewrite: `${basePath}/`,
              host_rewrite_literal: authority,
              timeout: '0s',
              idle_timeout: seconds(limits.idleSeconds),
            },
            request_headers_to_remove: keepsClient
              ? [...REMOVED, 'x-berth-client']
              : [...REMOVED, ...OF_THE_CLIENT],
            response_headers_to_add: [
              {
                header: { key: 'x-berth-connector', value: name },
                append_action: 'OVERWRITE_IF_EXISTS_OR_ADD',
              },
            ],
          },
          {
            match: { prefix: '/' },
            ...answer(
              400,
              errorBody(
                'request body is not unambiguous JSON',
                'invalid_request_error',
                'invalid_request_body',
              ),
            ),
          },
        ],
        limits,
        { use_remote_address: false, skip_xff_append: true, local_reply_config: LOCAL_REPLIES },
      ),
    ],
  };
}

/** Cluster of the machines behind a connector. */
export function upstreamOf(connector: string): string {
  return `u_${connector}`;
}

function injectKey({ header, prefix, file }: NonNullable<ConnectorPlan['credential']>): Config {
  return httpFilter('credential_injector', 'credential_injector.v3.CredentialInjector', {
    overwrite: true,
    credential: typed(
      'envoy.http.injected_credentials.generic',
      'envoy.extensions.http.injected_credentials.generic.v3.Generic',
      {
        header,
        ...(prefix !== '' && { header_value_prefix: prefix }),
        credential: {
          name: file,
          sds_config: {
            resource_api_version: 'V3',
            path_config_source: { path: `/etc/berth/sds-${file}.yaml` },
          },
        },
      },
    ),
  });
}
