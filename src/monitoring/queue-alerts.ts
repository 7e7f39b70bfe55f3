import { hasMetric } from './metrics.js';
import { engineSeries, waitingForCapacity } from './queries.js';
import type { AlertingRule, RuleInput } from './rule.js';
import { runbook } from './rule.js';

const BY_POD = 'by (namespace, model_name, pod)';
/** Share of the KV cache above which requests wait for good reason. */
const CACHE_FULL = 0.9;

/** Does work get done: queue, cache, and an engine that stands still while its health check is green. */
export function queueAlerts(input: RuleInput): AlertingRule[] {
  const running = engineSeries(input, 'running');
  const waiting = engineSeries(input, 'waiting');
  const cache = engineSeries(input, 'kvCacheUsage');
  const steps = engineSeries(input, 'engineSteps');
  const prompts = engineSeries(input, 'promptTokens');
  const replicas = `scalar(count(count by (pod) (${running})))`;
  const model = '{{ $labels.model_name }} in {{ $labels.namespace }}';
  const pod = 'Pod {{ $labels.pod }} ({{ $labels.model_name }} in {{ $labels.namespace }})';
  return [
    {
      alert: 'QueueGrowing',
      expr: `sum by (namespace, model_name) (${waitingForCapacity(input)}) > ${input.waitingPerReplica} * ${replicas}`,
      for: '10m',
      labels: { severity: 'warning' },
      annotations: {
        summary: 'Requests wait longer than scaling takes',
        description: `{{ $value }} requests for ${model} wait for room, more than ${input.waitingPerReplica} per replica, for 10 minutes.`,
        runbook: runbook('QueueGrowing'),
      },
    },
    {
      alert: 'KvCacheHigh',
      expr: `max ${BY_POD} (${cache}) > ${CACHE_FULL} and sum ${BY_POD} (${waiting}) > 0`,
      for: '10m',
      labels: { severity: 'warning' },
      annotations: {
        summary: 'The KV cache is full and requests wait',
        description: `${pod} uses {{ $value | humanizePercentage }} of its KV cache while requests wait.`,
        runbook: runbook('KvCacheHigh'),
      },
    },
    {
      alert: 'EngineStalled',
      expr: `sum ${BY_POD} (${running}) > 0 and sum ${BY_POD} (rate(${steps}[5m])) == 0`,
      for: '5m',
      labels: { severity: 'critical' },
      annotations: {
        summary: 'A vLLM engine has requests and takes no step',
        description: `${pod} holds {{ $value }} running requests and has taken no engine step for 5 minutes; /health may still be green.`,
        runbook: runbook('EngineStalled'),
      },
    },
    {
      alert: 'HealthyButAdmittingNothing',
      expr: [
        `sum ${BY_POD} (${waiting}) > 0`,
        // An engine with all its places taken by long answers admits nothing for good reason.
        `sum ${BY_POD} (${running}) < ${input.maxNumSeqs}`,
        `sum ${BY_POD} (rate(${prompts}[5m])) == 0`,
        `max ${BY_POD} (${cache}) < ${CACHE_FULL}`,
      ].join(' and '),
      for: '5m',
      labels: { severity: 'critical' },
      annotations: {
        summary: 'A vLLM engine has room and admits no request',
        description: `${pod} lets {{ $value }} requests wait although places and KV cache are free, and has read no prompt for 5 minutes.`,
        runbook: runbook('HealthyButAdmittingNothing'),
      },
    },
    ...(hasMetric('rejected', input.engineVersion) ? [rejections(input)] : []),
  ];
}

/** Refusals inside a stream count as 2xx in the HTTP metrics: only this counter sees them all. */
function rejections(input: RuleInput): AlertingRule {
  return {
    alert: 'AdmissionRejections',
    expr: `sum by (namespace, model_name, reason) (rate(${engineSeries(input, 'rejected')}[5m])) > 0`,
    for: '5m',
    labels: { severity: 'warning' },
    annotations: {
      summary: 'vLLM refuses requests because its queue is full',
      description:
        '{{ $value | humanize }} requests/s for {{ $labels.model_name }} in {{ $labels.namespace }} are refused ({{ $labels.reason }}).',
      runbook: runbook('AdmissionRejections'),
    },
  };
}
