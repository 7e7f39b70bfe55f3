import { dashboardModel, queryVariable } from '../grafana.js';
import { DRAWN, type Panel, type Row } from '../panel.js';
import { series } from '../queries.js';
import { GATEWAY_METRICS } from './gateway-rules.js';

/** Everything that the dashboard of one gateway depends on. */
export interface GatewayDashboardInput {
  readonly title: string;
  readonly namespace: string;
  /** Value of the label `job` that the PodMonitor gives: `<namespace>/<name>`. */
  readonly job: string;
}

/** Connectors, which the gateway calls by clusters of these names. */
const TARGETS = /u_.+/;

/** The dashboard of a gateway as Grafana's JSON model. Every gateway that Prometheus knows can be chosen. */
export function gatewayDashboard({ title, namespace, job }: GatewayDashboardInput, uid: string): object {
  const { live } = GATEWAY_METRICS;
  return dashboardModel({
    uid,
    title,
    tags: ['berth', 'gateway'],
    variables: [
      queryVariable('namespace', 'Namespace', `label_values(${live.name}, namespace)`, namespace),
      queryVariable('gateway', 'Gateway', `label_values(${live.name}{namespace="$namespace"}, job)`, job),
    ],
    rows: [clients(), tokens(), targets(), itself()],
  });
}

function clients(): Row {
  return {
    title: 'Clients',
    panels: [
      panel('Requests by client', 'reqps', 'Who calls. `-` is a caller without a valid key.', [
        [perSecond('requests', 'berth_client'), '{{berth_client}}'],
      ]),
      panel(
        'Answers by route and status',
        'reqps',
        '429 without a connector is a limit of the gateway itself.',
        [[perSecond('requests', 'berth_route, berth_code'), '{{berth_route}} {{berth_code}}']],
      ),
      panel(
        'Time to the end of the answer',
        'ms',
        'Median and 95th percentile by route, streams to their end.',
        [
          [quantile(0.5, 'duration', 'berth_route'), '{{berth_route}} median'],
          [quantile(0.95, 'duration', 'berth_route'), '{{berth_route}} 95 %'],
        ],
      ),
    ],
  };
}

function tokens(): Row {
  return {
    title: 'Tokens',
    panels: [
      panel('Tokens read', 'short', 'Input tokens per second, as the targets count them.', [
        [perSecond('inputTokens', 'berth_connector'), '{{berth_connector}}'],
      ]),
      panel('Tokens written', 'short', 'Output tokens per second, as the targets count them.', [
        [perSecond('outputTokens', 'berth_connector'), '{{berth_connector}}'],
      ]),
      panel('Tokens by client', 'short', 'Both together: who causes what it costs.', [
        [
          `${perSecond('inputTokens', 'berth_client')} + ${perSecond('outputTokens', 'berth_client')}`,
          '{{berth_client}}',
        ],
      ]),
    ],
  };
}

function targets(): Row {
  const of = { envoy_cluster_name: TARGETS };
  return {
    title: 'Targets',
    panels: [
      panel('Answers of targets', 'reqps', 'Each try, also where another target then answered.', [
        [
          perSecond('provider', 'envoy_cluster_name, envoy_response_code', of),
          '{{envoy_cluster_name}} {{envoy_response_code}}',
        ],
      ]),
      panel('Time of targets', 'ms', '95th percentile of one try, to its end.', [
        [quantile(0.95, 'providerTime', 'envoy_cluster_name', of), '{{envoy_cluster_name}}'],
      ]),
      panel('Requests at targets', 'short', 'Running now; those of a long stream count until its end.', [
        [`sum by (envoy_cluster_name) (${metric('providerActive', of)})`, '{{envoy_cluster_name}}'],
      ]),
    ],
  };
}

function itself(): Row {
  const clientsOnly = { envoy_http_conn_manager_prefix: 'public' };
  return {
    title: 'The gateway itself',
    panels: [
      panel('Running requests by pod', 'short', 'At the door of the clients.', [
        [`sum by (pod) (${metric('active', clientsOnly)})`, '{{pod}}'],
      ]),
      panel('Memory by pod', 'bytes', 'Allocated by the program; bodies of requests wait here.', [
        [`sum by (pod) (${metric('memory')})`, '{{pod}}'],
      ]),
      panel('Pods that answer', 'short', 'Pods whose last scrape came through.', [
        [`sum(${series('up', { namespace: '$namespace', job: '$gateway' })})`, 'pods'],
      ]),
    ],
  };
}

type Key = keyof typeof GATEWAY_METRICS;
type Matchers = Parameters<typeof series>[1];

function metric(key: Key, matchers: Matchers = {}, suffix = ''): string {
  const chosen = { namespace: '$namespace', job: '$gateway', ...matchers };
  return series(`${GATEWAY_METRICS[key].name}${suffix}`, chosen);
}

function perSecond(key: Key, by: string, matchers: Matchers = {}): string {
  return `sum by (${by}) (rate(${metric(key, matchers)}[${DRAWN}]))`;
}

function quantile(share: number, key: Key, by: string, matchers: Matchers = {}): string {
  const buckets = `rate(${metric(key, matchers, '_bucket')}[${DRAWN}])`;
  return `histogram_quantile(${share}, sum by (le, ${by}) (${buckets}))`;
}

function panel(
  title: string,
  unit: string,
  description: string,
  lines: readonly (readonly [expr: string, legend: string])[],
): Panel {
  return { title, unit, description, lines: lines.map(([expr, legend]) => ({ expr, legend })) };
}
