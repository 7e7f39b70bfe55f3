import { snapToBucket } from './buckets.js';
import type { HistogramKey } from './metrics.js';
import { histogramBuckets } from './metrics.js';
import { engineSeries, shareWithin } from './queries.js';
import type { AlertingRule, RuleInput } from './rule.js';
import { runbook } from './rule.js';

/** Share of observations that must keep the service level. */
const SHARE = 0.95;
/** Fewer observations say nothing. */
const ENOUGH = 20;

/** Are answers as fast as asked for; none where no level was asked for, or where no bucket could count it. */
export function latencyAlerts(input: RuleInput): AlertingRule[] {
  return [
    slow(input, 'SlowFirstToken', 'timeToFirstToken', input.ttftSeconds, 'first tokens'),
    slow(input, 'SlowTokens', 'interTokenLatency', input.interTokenSeconds, 'gaps between tokens'),
  ].filter((rule) => rule !== null);
}

function slow(
  input: RuleInput,
  alert: string,
  key: HistogramKey,
  askedSeconds: number | null,
  what: string,
): AlertingRule | null {
  const seconds = askedSeconds === null ? null : snapToBucket(askedSeconds, histogramBuckets(key));
  if (seconds === null) return null;
  const count = engineSeries(input, key, {}, '_count');
  const asked =
    seconds === askedSeconds ? '' : ` (asked for: ${askedSeconds} s; the engine counts at ${seconds} s)`;
  return {
    alert,
    expr: `${shareWithin(input, key, seconds, '15m')} < ${SHARE} and sum by (namespace, model_name) (increase(${count}[15m])) > ${ENOUGH}`,
    for: '5m',
    labels: { severity: 'warning' },
    annotations: {
      summary: `Less than 95 % of the ${what} keep the service level`,
      description: `Only {{ $value | humanizePercentage }} of the ${what} of {{ $labels.model_name }} in {{ $labels.namespace }} came within ${seconds} s${asked}.`,
      runbook: runbook(alert),
    },
  };
}
