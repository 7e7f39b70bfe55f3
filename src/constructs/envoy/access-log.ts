import { type Config, typed } from './typed.js';

/** Who asked what of whom and how much, never what was said. */
const FIELDS = {
  ts: '%START_TIME%',
  client: '%DYNAMIC_METADATA(berth:client)%',
  class: '%DYNAMIC_METADATA(berth:class)%',
  model: '%DYNAMIC_METADATA(berth:model)%',
  route: '%ROUTE_NAME%',
  connector: '%DYNAMIC_METADATA(berth:connector)%',
  code: '%RESPONSE_CODE%',
  flags: '%RESPONSE_FLAGS%',
  attempts: '%UPSTREAM_REQUEST_ATTEMPT_COUNT%',
  in_tokens: '%DYNAMIC_METADATA(berth:tin)%',
  out_tokens: '%DYNAMIC_METADATA(berth:tout)%',
  bytes_in: '%BYTES_RECEIVED%',
  bytes_out: '%BYTES_SENT%',
  ms: '%DURATION%',
  path: '%PATH(NQ:PATH)%',
};

const TAGS = [
  { name: 'berth_client', value_format: FIELDS.client },
  { name: 'berth_route', value_format: FIELDS.route },
  { name: 'berth_connector', value_format: FIELDS.connector },
];
const WITH_CODE = [...TAGS, { name: 'berth_code', value_format: FIELDS.code }];

/** One line a request on standard output, and the counters of the same. */
export const ACCESS_LOGS: readonly Config[] = [
  typed('envoy.access_loggers.stdout', 'envoy.extensions.access_loggers.stream.v3.StdoutAccessLog', {
    log_format: { json_format: FIELDS },
  }),
  typed('envoy.access_loggers.stats', 'envoy.extensions.access_loggers.stats.v3.Config', {
    stats_scope: { prefix: 'berth' },
    counters: [
      { stat: { name: 'requests', tags: WITH_CODE }, value_fixed: 1 },
      { stat: { name: 'input_tokens', tags: TAGS }, value_format: FIELDS.in_tokens },
      { stat: { name: 'output_tokens', tags: TAGS }, value_format: FIELDS.out_tokens },
    ],
    histograms: [{ stat: { name: 'duration', tags: TAGS }, unit: 'Milliseconds', value_format: FIELDS.ms }],
  }),
];
