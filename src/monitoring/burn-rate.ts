import { series } from './queries.js';
import type { AlertingRule, RecordingRule, RuleGroup, RuleInput } from './rule.js';
import { runbook } from './rule.js';
import type { ServiceLevel } from './service-level.js';
import { serviceLevels } from './service-level.js';

/**
 * How fast the error budget of 30 days may be spent before somebody is called, or a ticket opened. The long window says that
 * it matters, the short one that it goes on.
 *
 * Source: the Site Reliability Workbook, chapter 5; factors and windows as in kube-prometheus' rules for the API server.
 */
const BURN_RATES = [
  { severity: 'critical', factor: 14.4, long: '1h', short: '5m', for: '2m', spent: '2 days' },
  { severity: 'critical', factor: 6, long: '6h', short: '30m', for: '15m', spent: '5 days' },
  { severity: 'warning', factor: 3, long: '1d', short: '2h', for: '1h', spent: '10 days' },
  { severity: 'warning', factor: 1, long: '3d', short: '6h', for: '3h', spent: '30 days' },
] as const;
const WINDOWS = ['5m', '30m', '1h', '2h', '6h', '1d', '3d'] as const;

/** As many bad requests at least within the long window, or the harm of as many: fewer wake nobody. */
const BAD_REQUESTS = 5;

/** For every promise of the server the share that is bad over each window, and the alerts on it. */
export function burnRateGroups(input: RuleInput): RuleGroup[] {
  return serviceLevels(input).map((level) => ({
    name: `vllm.slo.${level.slo}`,
    rules: [...WINDOWS.map((window) => badRatio(input, level, window)), ...burnAlerts(input, level)],
  }));
}

/** The recorded share that is bad: what dashboards draw and alerts compare. */
export function badRatioSeries(
  { namespace, modelName }: Pick<RuleInput, 'namespace' | 'modelName'>,
  slo: ServiceLevel['slo'],
  window: (typeof WINDOWS)[number],
): string {
  return series(record(window), { namespace, model_name: modelName, slo });
}

function record(window: string): string {
  return `namespace_model_name:vllm_slo_bad:ratio_rate${window}`;
}

function badRatio({ modelName }: RuleInput, { slo, badShare }: ServiceLevel, window: string): RecordingRule {
  return { record: record(window), expr: badShare(window), labels: { model_name: modelName, slo } };
}

/** Without those that can never fire: 14.4 times a budget of 10 % is more than everything. */
function burnAlerts(input: RuleInput, level: ServiceLevel): AlertingRule[] {
  const { slo, alert, objective, bad, requests } = level;
  return BURN_RATES.flatMap(({ severity, factor, long, short, for: lasting, spent }) => {
    const limit = round(factor * (1 - objective));
    if (limit >= 1) return [];
    const [longRatio, shortRatio] = [badRatioSeries(input, slo, long), badRatioSeries(input, slo, short)];
    return [
      {
        alert,
        expr: [
          `${longRatio} > ${limit}`,
          `and ${shortRatio} > ${limit}`,
          `and on (namespace) ${longRatio} * on (namespace) ${requests(long)} >= ${BAD_REQUESTS}`,
        ].join(' '),
        for: lasting,
        labels: { severity, window: long },
        annotations: {
          summary: 'The error budget of a service level is spent too fast',
          description: `Within ${long}, {{ $value | humanizePercentage }} of ${bad} for {{ $labels.model_name }} in {{ $labels.namespace }}; the last ${short} are no better. ${round(100 * (1 - objective))} % are allowed: at this pace a month's are spent in ${spent}.`,
          runbook: runbook(alert),
        },
      },
    ];
  });
}

/** Without the noise of binary fractions. */
function round(share: number): number {
  return Number(share.toPrecision(6));
}
