import { textsAt } from '../../inspect/field.js';
import type { Server } from '../../inspect/inspected.js';
import { matcherAllows } from '../../inspect/promql.js';
import { error, type ManifestCheck, warning } from './manifest-check.js';
import {
  boundaryText,
  engineMetric,
  flagOf,
  queryName,
  recordedNames,
  serversOf,
  TARGET_LABELS,
} from './metric-catalogue.js';
import { nearestMetric } from './metric-rename.js';

/** Paths that the server keeps out of its own request metrics. */
const UNCOUNTED = ['/health', '/ping', '/metrics', '/load', '/version'];

/** Names with an underscore may be another program's: only those that the engine exports with a colon are mistakes. */
function isMissing(server: Server, metric: string): boolean {
  if (metric.startsWith('vllm_')) return engineMetric(server, metric.replace('_', ':')) !== undefined;
  return !engineMetric(server, metric);
}

export const engineMetricChecks: readonly ManifestCheck[] = [
  {
    id: 'monitoring/metric-known',
    title: 'every engine metric is one that this version exports',
    why: 'A query on a renamed metric is empty, not wrong: alerts stay silent, dashboards blank, and the scaler sees no load.',
    source: 'stat loggers of the vLLM wheels 0.19.1 to 0.33.0; GIE PR 1905, aibrix#2057, vLLM PR 32661',
    inputs: ['queries', 'servers'],
    traps: [22, 23],
    run: (inspected) => {
      const recorded = recordedNames(inspected);
      return inspected.queries.flatMap((query) =>
        [...new Set(query.promql.selectors.flatMap(({ metric }) => metric ?? []))]
          // With an underscore in place of the colon a query is as valid, and as empty.
          .filter((metric) => /^vllm[:_]/.test(metric) && !recorded.has(metric))
          .flatMap((metric) => {
            const servers = serversOf(query, inspected);
            const without = servers.find((server) => isMissing(server, metric));
            if (without)
              return [
                error(
                  queryName(query),
                  `vLLM ${without.engine.version} exports no ${metric}`,
                  nearestMetric(without, metric),
                ),
              ];
            const needs = servers
              .map((server) => flagOf(metric, engineMetric(server, metric)))
              .find((flag) => flag !== undefined);
            const missing = needs !== undefined && !servers.some(({ engine }) => engine.parsed.flags[needs]);
            return missing
              ? [error(queryName(query), `${metric} is absent or stays 0 without ${needs}`, `set ${needs}`)]
              : [];
          }),
      );
    },
  },
  {
    id: 'monitoring/label-known',
    title: 'queries use labels that the metric has',
    why: 'A matcher on a label that is not there matches nothing; grouping by it merges what should stay apart.',
    source: 'stat loggers of the vLLM wheels; prometheus-operator docs',
    inputs: ['queries', 'servers', 'monitors'],
    run: (inspected) => {
      const added = [
        ...TARGET_LABELS,
        ...inspected.monitors.flatMap(({ endpoints, addedLabels }) => [
          ...addedLabels,
          ...endpoints.flatMap((endpoint) => endpoint.addedLabels),
        ]),
      ];
      // Without the monitor nobody knows which labels a scrape adds.
      const finding = inspected.monitors.length > 0 ? error : warning;
      return inspected.queries.flatMap((query) => {
        if (query.promql.functions.some((name) => name === 'label_replace' || name === 'label_join'))
          return [];
        const used = [
          ...query.promql.selectors.map((selector) => ({
            selector,
            labels: selector.matchers.map(({ label }) => label),
          })),
          ...query.promql.groupings.flatMap(({ labels, selectors }) =>
            selectors.map((selector) => ({ selector, labels })),
          ),
        ];
        const problems = used.flatMap(({ selector, labels }) =>
          serversOf(query, inspected).flatMap((server) => {
            const metric = selector.metric === undefined ? undefined : engineMetric(server, selector.metric);
            if (!metric?.labels) return [];
            const known = [
              ...added,
              ...metric.labels,
              ...(metric.type === 'histogram' ? ['le'] : []),
              '__name__',
            ];
            return labels
              .filter((label) => !known.includes(label))
              .map((label) => `${selector.metric} has no label ${label}`);
          }),
        );
        return [...new Set(problems)].map((problem) =>
          finding(queryName(query), problem, 'use a label that the metric has, or that a relabelling adds'),
        );
      });
    },
  },
  {
    id: 'monitoring/label-value',
    title: 'queries ask for values that a label can have',
    why: 'A matcher on a value that never occurs is an alert that never fires.',
    source: 'stat loggers of the vLLM wheels; metrics of a running vLLM 0.32.0',
    inputs: ['queries', 'servers'],
    run: (inspected) =>
      inspected.queries.flatMap((query) =>
        query.promql.selectors.flatMap(({ metric, matchers }) => {
          const entries = serversOf(query, inspected).flatMap(
            (server) => engineMetric(server, metric ?? '') ?? [],
          );
          return matchers
            .filter(({ op }) => op === '=' || op === '=~')
            .flatMap((matcher) => {
              const values = entries.flatMap((entry) => textsAt(entry, 'label_values', matcher.label));
              const never = values.length > 0 && !values.some((value) => matcherAllows(matcher, value));
              const uncounted =
                entries.length > 0 &&
                matcher.label === 'handler' &&
                metric?.startsWith('http_') &&
                matcher.op === '=' &&
                UNCOUNTED.includes(matcher.value);
              if (!never && !uncounted) return [];
              return [
                error(
                  queryName(query),
                  `${metric} never has ${matcher.label} '${matcher.value}'`,
                  values.length > 0
                    ? `use one of: ${[...new Set(values)].join(', ')}`
                    : "watch the pod's readiness instead",
                ),
              ];
            });
        }),
      ),
  },
  {
    id: 'monitoring/bucket',
    title: 'a threshold on a histogram is one of its boundaries',
    why: 'Only boundaries have a series: le="3" is empty where the boundaries are 2.5 and 5, and the service level reads as no data.',
    source: 'buckets in the stat loggers of the vLLM wheels',
    inputs: ['queries', 'servers'],
    run: (inspected) =>
      inspected.queries.flatMap((query) =>
        query.promql.selectors.flatMap(({ metric, matchers }) =>
          matchers
            .filter(({ label, op }) => label === 'le' && !op.startsWith('!') && metric?.endsWith('_bucket'))
            .flatMap((matcher) => {
              const buckets = serversOf(query, inspected).flatMap(
                (server) => engineMetric(server, metric ?? '')?.buckets ?? [],
              );
              // Boundaries of token counts follow the context length: the table's are of another one.
              if (buckets.length === 0 || /tokens|params/.test(metric ?? '')) return [];
              const texts = [...buckets.map(boundaryText), '+Inf'];
              if (texts.some((text) => matcherAllows(matcher, text))) return [];
              return [
                error(
                  queryName(query),
                  `le${matcher.op}"${matcher.value}" is no boundary of ${metric}`,
                  `use one of: ${[...new Set(texts)].join(', ')}`,
                ),
              ];
            }),
        ),
      ),
  },
];
