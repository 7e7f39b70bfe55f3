import { engineSeries, series, waitingForCapacity } from './queries.js';
import type { AlertingRule, RuleInput } from './rule.js';
import { runbook } from './rule.js';

/** Is anybody there, does it stay there, and does it say so. */
export function availabilityAlerts(input: RuleInput): AlertingRule[] {
  const { namespace, job, deployment, container } = input;
  const up = series('up', { namespace, job });
  const available = series('kube_deployment_status_replicas_available', { namespace, deployment });
  const wanted = series('kube_deployment_spec_replicas', { namespace, deployment });
  const restarts = series('kube_pod_container_status_restarts_total', {
    namespace,
    container,
    pod: new RegExp(`${deployment}-.+`),
  });
  const finished = engineSeries(input, 'finished');
  const failed = engineSeries(input, 'finished', { finished_reason: 'error' });
  const requests = series('http_requests_total', { namespace, job });
  const requests5xx = series('http_requests_total', { namespace, job, status: '5xx' });
  return [
    {
      alert: 'VllmDown',
      expr: `absent(${up} == 1)`,
      for: '2m',
      labels: { severity: 'critical', namespace },
      annotations: {
        summary: 'No vLLM server answers',
        description: `No pod behind ${job} has answered a scrape for 2 minutes: none is ready, or Prometheus does not reach them.`,
        runbook: runbook('VllmDown'),
      },
    },
    {
      alert: 'NoReadyReplica',
      expr: `${available} == 0 and on (namespace, deployment) ${wanted} > 0`,
      for: '5m',
      labels: { severity: 'critical' },
      annotations: {
        summary: 'A vLLM Deployment has no ready replica',
        description:
          'Deployment {{ $labels.deployment }} in {{ $labels.namespace }} wants replicas and has none ready.',
        runbook: runbook('NoReadyReplica'),
      },
    },
    {
      alert: 'PodRestarts',
      expr: `sum by (namespace, pod) (changes(${restarts}[1h])) >= 2`,
      for: '1m',
      labels: { severity: 'warning' },
      annotations: {
        summary: 'A vLLM server restarts again and again',
        description:
          'Pod {{ $labels.pod }} in {{ $labels.namespace }} was restarted {{ $value }} times within an hour.',
        runbook: runbook('PodRestarts'),
      },
    },
    {
      alert: 'MetricMissing',
      expr: `count by (namespace) (${up} == 1) unless on (namespace) count by (namespace) (${waitingForCapacity(input)})`,
      for: '10m',
      labels: { severity: 'warning' },
      annotations: {
        summary: 'vLLM answers scrapes without the metric that scaling reads',
        description:
          'Servers in {{ $labels.namespace }} are up and export no queue length under the expected model name: the scaler is blind.',
        runbook: runbook('MetricMissing'),
      },
    },
    {
      alert: 'ErrorFinish',
      expr: share(failed, finished, 'namespace, model_name'),
      for: '5m',
      labels: { severity: 'warning' },
      annotations: {
        summary: 'vLLM ends answers with an error',
        description:
          '{{ $value | humanizePercentage }} of the answers of {{ $labels.model_name }} in {{ $labels.namespace }} end with reason error.',
        runbook: runbook('ErrorFinish'),
      },
    },
    {
      alert: 'Http5xx',
      expr: share(requests5xx, requests, 'namespace'),
      for: '5m',
      labels: { severity: 'warning' },
      annotations: {
        summary: 'vLLM answers requests with 5xx',
        description:
          '{{ $value | humanizePercentage }} of the requests in {{ $labels.namespace }} are answered with 5xx.',
        runbook: runbook('Http5xx'),
      },
    },
  ];
}

/** More than one in a hundred. */
function share(part: string, whole: string, by: string): string {
  return `sum by (${by}) (rate(${part}[5m])) / sum by (${by}) (rate(${whole}[5m])) > 0.01`;
}
