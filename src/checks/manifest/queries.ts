import type { Inspected } from '../../inspect/inspected.js';
import { matcherAllows } from '../../inspect/promql.js';
import type { Query } from '../../inspect/query.js';
import { error, type ManifestCheck, warning } from './manifest-check.js';
import { engineMetric, serversOf, TARGET_LABELS } from './metric-catalogue.js';
import { nearestMetric } from './metric-rename.js';

const nameOf = ({ subject, name }: Query) => `${subject} ${name}`.trim();

/** A bucket's boundary as the client library writes it: whole numbers end in `.0`. */
function boundaryText(boundary: unknown): string {
  return typeof boundary === 'number' && Number.isInteger(boundary) ? boundary.toFixed(1) : String(boundary);
}

function recordedNames({ rules }: Inspected): ReadonlySet<string> {
  return new Set(rules.flatMap(({ record }) => record ?? []));
}

export const queryChecks: readonly ManifestCheck[] = [
  {
    id: 'monitoring/promql',
    title: 'every query is PromQL',
    why: 'The API server takes any text; the operator then drops the whole group of rules, and KEDA reports TriggerError.',
    source: "Prometheus' own grammar; tried against promtool and KEDA 2.21.0",
    inputs: ['queries'],
    run: ({ queries }) =>
      queries.flatMap((query) =>
        query.promql.errors
          .slice(0, 1)
          .map(({ at, message }) =>
            error(
              nameOf(query),
              `at '${query.expression.slice(at, at + 20)}' (character ${at + 1}): ${message}`,
              'correct the query',
            ),
          ),
      ),
  },
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
          .filter((metric) => metric.startsWith('vllm:') && !recorded.has(metric))
          .flatMap((metric) => {
            const servers = serversOf(query, inspected);
            const without = servers.find((server) => !engineMetric(server, metric));
            if (without)
              return [
                error(
                  nameOf(query),
                  `vLLM ${without.engine.version} exports no ${metric}`,
                  nearestMetric(without, metric),
                ),
              ];
            const needs = servers
              .map((server) => String(engineMetric(server, metric)?.shown ?? ''))
              .find((shown) => shown.startsWith('--'));
            const missing = needs !== undefined && !servers.some(({ engine }) => engine.parsed.flags[needs]);
            return missing
              ? [error(nameOf(query), `${metric} is exported only with ${needs}`, `set ${needs}`)]
              : [];
          }),
      );
    },
  },
  {
    id: 'monitoring/record-known',
    title: 'queries use recorded series that some rule records',
    why: 'A query on a series that nobody records is empty, and says nothing.',
    source: 'Prometheus docs, recording rules',
    inputs: ['queries', 'rules'],
    run: (inspected) => {
      const recorded = recordedNames(inspected);
      if (recorded.size === 0) return [];
      const prefixes = new Set([...recorded].map((name) => name.split(':')[0]));
      return inspected.queries.flatMap((query) =>
        [...new Set(query.promql.selectors.flatMap(({ metric }) => metric ?? []))]
          .filter(
            (metric) =>
              !metric.startsWith('vllm:') &&
              metric.includes(':') &&
              prefixes.has(metric.split(':')[0]) &&
              !recorded.has(metric),
          )
          .map((metric) =>
            error(
              nameOf(query),
              `no rule of these manifests records ${metric}`,
              'record it, or correct the name',
            ),
          ),
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
        ...inspected.monitors.flatMap(({ endpoints }) => endpoints.flatMap(({ addedLabels }) => addedLabels)),
      ];
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
          error(nameOf(query), problem, 'use a label that the metric has, or that a relabelling adds'),
        );
      });
    },
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
              if (buckets.length === 0 || /token|params/.test(metric ?? '')) return [];
              const texts = [...buckets.map(boundaryText), '+Inf'];
              if (texts.some((text) => matcherAllows(matcher, text))) return [];
              return [
                error(
                  nameOf(query),
                  `le${matcher.op}"${matcher.value}" is no boundary of ${metric}`,
                  `use one of: ${[...new Set(texts)].join(', ')}`,
                ),
              ];
            }),
        ),
      ),
  },
  {
    id: 'monitoring/gpu-exporter',
    title: "queries on the GPU exporter name the workload's pod, and metrics that are on",
    why: "The exporter's own pod is the label pod; the workload's is exported_pod. Some counters are off by default.",
    source: 'dcgm-exporter#85, dcgm-exporter#138; dcgm-exporter 4.8.2 default counters',
    inputs: ['queries'],
    traps: [43],
    run: ({ queries }) =>
      queries.flatMap((query) => {
        const { selectors, groupings } = query.promql;
        const isGpu = (metric: string | undefined) => metric?.startsWith('DCGM_') ?? false;
        const wrong =
          selectors.some(
            ({ metric, matchers }) =>
              isGpu(metric) && matchers.some(({ label }) => label === 'pod' || label === 'namespace'),
          ) ||
          groupings.some(
            ({ labels, selectors: inside }) =>
              labels.includes('pod') && inside.some(({ metric }) => isGpu(metric)),
          );
        const off = selectors.filter(({ metric }) =>
          /^DCGM_(FI_PROF_SM_ACTIVE|FI_DEV_ECC_\w+|FI_DEV_(POWER|THERMAL)_VIOLATION|EXP_XID_ERRORS_COUNT)$/.test(
            metric ?? '',
          ),
        );
        return [
          ...(wrong
            ? [
                error(
                  nameOf(query),
                  'pod and namespace are those of the exporter',
                  'use exported_pod and exported_namespace, or set honorLabels',
                ),
              ]
            : []),
          ...off.map(({ metric }) =>
            warning(
              nameOf(query),
              `${metric} is off in the exporter's default counters`,
              "use one that is on, or list it in the exporter's counters",
            ),
          ),
        ];
      }),
  },
];
