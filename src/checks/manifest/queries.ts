import { error, type ManifestCheck, warning } from './manifest-check.js';
import { queryName, recordedNames } from './metric-catalogue.js';

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
              queryName(query),
              `at '${query.expression.slice(at, at + 20)}' (character ${at + 1}): ${message}`,
              'correct the query',
            ),
          ),
      ),
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
              queryName(query),
              `no rule of these manifests records ${metric}`,
              'record it, or correct the name',
            ),
          ),
      );
    },
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
                  queryName(query),
                  'pod and namespace are those of the exporter',
                  'use exported_pod and exported_namespace, or set honorLabels',
                ),
              ]
            : []),
          ...off.map(({ metric }) =>
            warning(
              queryName(query),
              `${metric} is off in the exporter's default counters`,
              "use one that is on, or list it in the exporter's counters",
            ),
          ),
        ];
      }),
  },
];
