import type { Inspected } from '../../inspect/inspected.js';
import { matcherAllows, type SeriesSelector } from '../../inspect/promql.js';
import type { Scaler } from '../../inspect/scaler.js';
import { error, type ManifestCheck, warning } from './manifest-check.js';

/** Labels of an engine metric; undefined for metrics of others. */
function engineLabels(
  metric: string | undefined,
  { workloads }: Scaler,
  { servers }: Inspected,
): readonly string[] | undefined {
  const own = servers.filter(({ workload }) => workloads.includes(workload));
  for (const { engine } of own) {
    const found = Object.values(engine.table?.metrics ?? {}).find(({ exported }) =>
      exported?.includes(metric ?? ''),
    );
    if (found) return found.labels ?? [];
  }
  return metric?.startsWith('vllm:') ? ['model_name'] : undefined;
}

interface SelectorProblem {
  readonly certain: boolean;
  readonly text: string;
}

/** What a selector leaves open, or asks for wrongly. */
function selectorProblems(
  selector: SeriesSelector,
  scaler: Scaler,
  inspected: Inspected,
): readonly SelectorProblem[] {
  const labels = engineLabels(selector.metric, scaler, inspected);
  if (labels === undefined) return [];
  const names = inspected.servers
    .filter(({ workload }) => scaler.workloads.includes(workload))
    .flatMap(({ engine }) => engine.servedModelNames.slice(0, 1));
  const expected: readonly (readonly [string, readonly string[]])[] = [
    ['namespace', [scaler.namespace]],
    ...(labels.includes('model_name') ? [['model_name', names] as const] : []),
  ];
  return expected.flatMap(([label, values]): SelectorProblem[] => {
    const matchers = selector.matchers.filter(
      (matcher) => matcher.label === label && !matcher.op.startsWith('!'),
    );
    if (matchers.length === 0)
      return [{ certain: false, text: `${selector.metric} is not narrowed by ${label}` }];
    const meant = values.some((value) => matchers.every((matcher) => matcherAllows(matcher, value)));
    const text = `${selector.metric} is narrowed to another ${label} than ${values.join(' or ')}`;
    return values.length === 0 || meant ? [] : [{ certain: true, text }];
  });
}

export const scalerQueryChecks: readonly ManifestCheck[] = [
  {
    id: 'scaling/query',
    title: "a scaler's query gives one number, of its own model",
    why: "KEDA takes the first series of several; without namespace and model_name it counts another model's queue.",
    source: 'KEDA 2.21 docs, Prometheus scaler; llm-d-benchmark PR 1611',
    inputs: ['scalers', 'servers'],
    traps: [25],
    run: (inspected) =>
      inspected.scalers.flatMap((scaler) =>
        scaler.triggers.flatMap(({ query }) => {
          if (!query || query.promql.errors.length > 0) return [];
          const remedy = 'use sum(metric{namespace="…",model_name="…"})';
          const several = query.promql.outputLabels?.length !== 0;
          const open = query.promql.selectors.flatMap((selector) =>
            selectorProblems(selector, scaler, inspected),
          );
          return [
            ...(several ? [error(scaler.subject, 'the query may give several series', remedy)] : []),
            // Harmless where no other model runs, until one does.
            ...[...new Map(open.map((each) => [each.text, each])).values()].map(({ certain, text }) =>
              (certain ? error : warning)(scaler.subject, text, remedy),
            ),
          ];
        }),
      ),
  },
  {
    id: 'scaling/metric-type',
    title: 'sums are averaged over replicas, ratios are not',
    why: 'AverageValue divides the query by the replicas; Value multiplies the replicas by it. A sum with Value grows without end, a ratio with AverageValue shrinks.',
    source: 'KEDA 2.21 docs, metricType; Kubernetes docs, HorizontalPodAutoscaler algorithm',
    inputs: ['scalers'],
    run: ({ scalers }) =>
      scalers.flatMap(({ subject, triggers }) =>
        triggers.flatMap(({ query, metricType }) => {
          const aggregation = query?.promql.aggregation;
          const quantile = query?.promql.functions.includes('histogram_quantile');
          if (metricType === 'Value' && aggregation === 'sum' && !quantile)
            return [
              error(
                subject,
                'a sum with metricType Value grows with every replica it adds',
                'use metricType AverageValue',
              ),
            ];
          if (metricType === 'AverageValue' && (quantile || aggregation === 'avg' || aggregation === 'max')) {
            return [
              warning(
                subject,
                `${quantile ? 'a quantile' : aggregation} with metricType AverageValue is divided by the replicas`,
                'use metricType Value',
              ),
            ];
          }
          return [];
        }),
      ),
  },
  {
    id: 'scaling/missing-metrics',
    title: 'a gap in the metrics does not scale down',
    why: 'KEDA reads an empty answer as 0: when Prometheus restarts, every replica but the least is ended in the middle of its work.',
    source: 'keda#3065, keda#4249; KEDA 2.21 docs',
    inputs: ['scalers'],
    traps: [26],
    run: ({ scalers }) =>
      scalers.flatMap(({ subject, triggers, fallback, kind }) => {
        if (kind !== 'ScaledObject' || !triggers.some(({ type }) => type === 'prometheus')) return [];
        const reads = triggers.filter(
          ({ type, metadata }) => type === 'prometheus' && String(metadata.ignoreNullValues) !== 'false',
        );
        return [
          ...reads.map(() => error(subject, 'an empty answer counts as 0', 'set ignoreNullValues: "false"')),
          ...(fallback
            ? []
            : [
                error(
                  subject,
                  'there is no fallback for missing metrics',
                  'set fallback with behavior: currentReplicasIfHigher',
                ),
              ]),
          ...(fallback && (fallback.behavior ?? 'static') === 'static'
            ? [
                warning(
                  subject,
                  `missing metrics scale to ${fallback.replicas ?? 0} replicas, also down`,
                  'set fallback.behavior: currentReplicasIfHigher',
                ),
              ]
            : []),
        ];
      }),
  },
];
