import { series } from '../queries.js';
import { type AlertingRule, alert, type RecordingRule, type RuleGroup } from '../rule.js';

/** Everything that the rules of one gateway depend on. */
export interface GatewayRuleInput {
  readonly namespace: string;
  /** Value of the label `job` that the PodMonitor gives: `<namespace>/<name>`. */
  readonly job: string;
  readonly spend: {
    readonly currency: string;
    readonly monthly: number;
    readonly prices: readonly {
      readonly connector: string;
      readonly input: number;
      readonly output: number;
    }[];
  } | null;
}

/**
 * Series that the gateway's access log makes, with their tags as labels, and the program's own. Read off Envoy 1.40.0 with the emitted
 * configuration; a test asks the program itself.
 */
export const GATEWAY_METRICS = {
  requests: {
    name: 'envoy_berth_requests',
    labels: ['berth_client', 'berth_route', 'berth_connector', 'berth_code'],
  },
  inputTokens: {
    name: 'envoy_berth_input_tokens',
    labels: ['berth_client', 'berth_route', 'berth_connector'],
  },
  outputTokens: {
    name: 'envoy_berth_output_tokens',
    labels: ['berth_client', 'berth_route', 'berth_connector'],
  },
  /** What providers answered, target by target, also where another one then took over. */
  provider: { name: 'envoy_cluster_upstream_rq', labels: ['envoy_cluster_name', 'envoy_response_code'] },
  /** Histograms in ms. */
  duration: { name: 'envoy_berth_duration', labels: ['berth_client', 'berth_route', 'berth_connector'] },
  providerTime: { name: 'envoy_cluster_upstream_rq_time', labels: ['envoy_cluster_name'] },
  providerActive: { name: 'envoy_cluster_upstream_rq_active', labels: ['envoy_cluster_name'] },
  active: { name: 'envoy_http_downstream_rq_active', labels: ['envoy_http_conn_manager_prefix'] },
  memory: { name: 'envoy_server_memory_allocated', labels: [] },
  live: { name: 'envoy_server_live', labels: [] },
} as const;

const RATE_LIMITED = '429';
const BY_PROVIDER = 'namespace, envoy_cluster_name';
const DAYS_A_MONTH = 30;

/** All rules of one gateway, as data. */
export function gatewayRules(input: GatewayRuleInput): RuleGroup[] {
  return [
    { name: 'gateway.recording', rules: recorded(input) },
    { name: 'gateway.alerts', rules: [...alerts(input), ...spendAlerts(input)] },
  ];
}

function counter(
  input: GatewayRuleInput,
  key: keyof typeof GATEWAY_METRICS,
  matchers: Matchers = {},
): string {
  return series(GATEWAY_METRICS[key].name, { namespace: input.namespace, job: input.job, ...matchers });
}

type Matchers = Parameters<typeof series>[1];

function recorded(input: GatewayRuleInput): RecordingRule[] {
  const by = 'by (namespace, berth_client, berth_route, berth_connector)';
  const rules: RecordingRule[] = [
    {
      record: 'namespace_client_route:gateway_requests:rate5m',
      expr: `sum by (namespace, berth_client, berth_route, berth_code) (rate(${counter(input, 'requests')}[5m]))`,
    },
    {
      record: 'namespace_client_route:gateway_input_tokens:rate5m',
      expr: `sum ${by} (rate(${counter(input, 'inputTokens')}[5m]))`,
    },
    {
      record: 'namespace_client_route:gateway_output_tokens:rate5m',
      expr: `sum ${by} (rate(${counter(input, 'outputTokens')}[5m]))`,
    },
  ];
  const { spend } = input;
  if (spend === null) return rules;
  const terms = spend.prices.flatMap(({ connector, input: inPrice, output: outPrice }) => [
    cost(input, 'inputTokens', connector, inPrice),
    cost(input, 'outputTokens', connector, outPrice),
  ]);
  return [
    ...rules,
    {
      record: 'namespace:gateway_spend:increase1d',
      expr: `sum by (namespace) (${terms.join(' or ')})`,
      labels: { currency: spend.currency },
    },
  ];
}

/** Tokens of a day times the price of one; the label tells terms of equal value apart. */
function cost(
  input: GatewayRuleInput,
  key: 'inputTokens' | 'outputTokens',
  connector: string,
  perMillion: number,
): string {
  const tokens = counter(input, key, { berth_connector: connector });
  const summed = `sum by (namespace) (increase(${tokens}[1d])) * ${perMillion} / 1e6`;
  return `label_replace(${summed}, "term", "${connector} ${key}", "namespace", ".*")`;
}

function alerts(input: GatewayRuleInput): AlertingRule[] {
  const up = series('up', { namespace: input.namespace, job: input.job });
  const all = counter(input, 'requests');
  const failed = counter(input, 'requests', { berth_code: /5../ });
  const refused = counter(input, 'requests', { berth_code: '401', berth_connector: '-' });
  const limited = counter(input, 'requests', { berth_code: RATE_LIMITED, berth_connector: '-' });
  const provider = (code?: RegExp) =>
    counter(input, 'provider', {
      envoy_cluster_name: /u_.+/,
      ...(code !== undefined && { envoy_response_code: code }),
    });
  return [
    alert('GatewayDown', 'critical', '2m', `absent(${up} == 1)`, {
      labels: { namespace: input.namespace },
      summary: 'No gateway answers',
      description: `No pod behind ${input.job} has answered a scrape for 2 minutes: nobody reaches a model through it.`,
    }),
    alert('GatewayErrors', 'critical', '5m', share(failed, all, 'namespace, berth_route', 0.05), {
      summary: 'The gateway answers with 5xx',
      description:
        '{{ $value | humanizePercentage }} of the requests of route {{ $labels.berth_route }} in {{ $labels.namespace }} end with 5xx: no target of the route answers.',
    }),
    alert('ProviderErrors', 'warning', '5m', share(provider(/401|403|5../), provider(), BY_PROVIDER, 0.05), {
      summary: 'A provider refuses or fails',
      description:
        '{{ $value | humanizePercentage }} of the requests to {{ $labels.envoy_cluster_name }} from {{ $labels.namespace }} end with 401, 403 or 5xx; the next target of a route carries its load, where there is one.',
    }),
    alert('ProviderRateLimited', 'warning', '10m', share(provider(/429/), provider(), BY_PROVIDER, 0.05), {
      summary: 'A provider limits our rate',
      description:
        '{{ $value | humanizePercentage }} of the requests to {{ $labels.envoy_cluster_name }} from {{ $labels.namespace }} are answered with 429: the quota of the account is used up.',
    }),
    alert('ClientRateLimited', 'warning', '10m', share(limited, all, 'namespace, berth_client', 0.05), {
      summary: 'A client meets its limit',
      description:
        '{{ $value | humanizePercentage }} of the requests of client {{ $labels.berth_client }} in {{ $labels.namespace }} are refused with 429 by the gateway itself.',
    }),
    alert('GatewayKeysRefused', 'warning', '10m', `sum by (namespace) (rate(${refused}[5m])) > 1`, {
      summary: 'Many requests without a valid key',
      description:
        '{{ $value | humanize }} requests a second in {{ $labels.namespace }} are refused with 401: a client lost its key, or somebody tries keys.',
    }),
  ];
}

function spendAlerts({ spend, namespace }: GatewayRuleInput): AlertingRule[] {
  if (spend === null) return [];
  const perDay = spend.monthly / DAYS_A_MONTH;
  const spent = series('namespace:gateway_spend:increase1d', { namespace });
  return [
    alert('SpendFast', 'warning', '15m', `${spent} > ${round(perDay * 2)}`, {
      summary: 'Tokens cost more than the budget allows',
      description: `The last day cost {{ $value | humanize }} ${spend.currency}, more than twice a day's share of ${spend.monthly} ${spend.currency} a month.`,
    }),
  ];
}

function share(part: string, whole: string, by: string, above: number): string {
  return `sum by (${by}) (rate(${part}[5m])) / sum by (${by}) (rate(${whole}[5m])) > ${above}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
