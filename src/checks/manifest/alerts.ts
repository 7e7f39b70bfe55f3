import semver from 'semver';
import type { Inspected } from '../../inspect/inspected.js';
import type { Rule } from '../../inspect/query.js';
import { error, type ManifestCheck, warning } from './manifest-check.js';

/** Metrics that an alert reads, through recording rules of the set too. */
function alertMetrics({ rules }: Inspected): ReadonlySet<string> {
  const metricsOf = ({ query }: Rule) => query.promql.selectors.flatMap(({ metric }) => metric ?? []);
  const records = new Map(
    rules.flatMap((rule) => (rule.record ? [[rule.record, metricsOf(rule)] as const] : [])),
  );
  const seen = new Set<string>();
  const visit = (metric: string) => {
    if (seen.has(metric)) return;
    seen.add(metric);
    for (const below of records.get(metric) ?? []) visit(below);
  };
  for (const rule of rules.filter(({ alert }) => alert !== undefined)) metricsOf(rule).forEach(visit);
  return seen;
}

/** Where the set's alerts stand; empty where it has none, and nothing is missed. */
function firstRuleSubject({ rules }: Inspected): string | undefined {
  return rules.find(({ alert }) => alert !== undefined)?.subject;
}

export const alertChecks: readonly ManifestCheck[] = [
  {
    id: 'monitoring/rule-kind',
    title: 'a rule alerts or records, not both and not neither',
    why: 'The API server takes both; the operator then drops the whole group.',
    source: 'prometheus-operator, rule validation; tried against kube-apiserver 1.36.3',
    inputs: ['rules'],
    run: ({ rules }) =>
      rules
        .filter(({ alert, record }) => (alert === undefined) === (record === undefined))
        .map(({ subject, group, alert, record }) =>
          error(
            subject,
            alert === undefined
              ? `a rule of group ${group} has no name`
              : `${alert} is also the record ${record}`,
            'make two rules of it',
          ),
        ),
  },
  {
    id: 'monitoring/stalled-engine',
    title: 'an alert sees an engine that hangs',
    why: '/health stays 200 while the GPU or the engine hangs: requests run and no token comes.',
    source: 'vllm#36960',
    inputs: ['rules', 'servers'],
    traps: [9],
    run: (inspected) => {
      const subject = firstRuleSubject(inspected);
      if (subject === undefined || inspected.servers.length === 0) return [];
      const metrics = [...alertMetrics(inspected)];
      const tokens = metrics.some((metric) =>
        /^vllm:(iteration_tokens_total_(count|sum)|generation_tokens_total)$/.test(metric),
      );
      return tokens && metrics.includes('vllm:num_requests_running')
        ? []
        : [
            warning(
              subject,
              'no alert sees requests that run without tokens',
              'alert on vllm:num_requests_running > 0 with rate(vllm:iteration_tokens_total_count[5m]) == 0',
            ),
          ];
    },
  },
  {
    id: 'monitoring/absence',
    title: 'an alert sees metrics that are gone',
    why: 'Every other alert is silent when its metric vanishes, by an upgrade that renames it or a scrape that fails.',
    source: 'GIE PR 1905, inference-perf#277, llm-d#509',
    inputs: ['rules', 'servers'],
    traps: [22],
    run: (inspected) => {
      const subject = firstRuleSubject(inspected);
      if (subject === undefined || inspected.servers.length === 0) return [];
      const sees = inspected.rules.some(
        ({ alert, query }) =>
          alert !== undefined &&
          query.promql.functions.some((name) => name === 'absent' || name === 'absent_over_time'),
      );
      return sees
        ? []
        : [
            warning(
              subject,
              "no alert fires when the engine's metrics vanish",
              'add an alert with absent(vllm:num_requests_running{…})',
            ),
          ];
    },
  },
  {
    id: 'monitoring/rejections',
    title: 'an alert sees requests that the engine refuses',
    why: 'A stream that is refused in a burst counts as 2xx: only the rejection counter shows it.',
    source: 'seen on vLLM 0.32.0; vllm:admission_rejections_total since 0.32',
    inputs: ['rules', 'servers'],
    traps: [54],
    run: (inspected) => {
      const subject = firstRuleSubject(inspected);
      const capped = inspected.servers.some(
        ({ engine }) =>
          engine.version !== undefined &&
          semver.gte(engine.version, '0.32.0') &&
          (engine.parsed.flags['--max-num-queued-reqs'] || engine.parsed.flags['--max-num-queued-tokens']),
      );
      if (subject === undefined || !capped || alertMetrics(inspected).has('vllm:admission_rejections_total'))
        return [];
      return [
        warning(
          subject,
          'no alert sees refused requests',
          'alert on rate(vllm:admission_rejections_total[5m]) > 0',
        ),
      ];
    },
  },
];
