import type { EngineMetric, EngineTable } from '../../src/catalog/engine.js';
import { matcherAllows, type SeriesSelector } from '../../src/inspect/promql.js';
import type { Query } from '../../src/inspect/query.js';
import type { Sample } from './exposition.js';

/** Series of the engine itself, as against those of Kubernetes, of Prometheus or of recording rules. */
const ENGINE_METRIC = /^(vllm:|http_)/;
/** Labels that the bucket and quantile series of one metric carry beside its own. */
const OF_SERIES = ['le', 'quantile'];
/** Labels that Prometheus adds to what it scrapes: the target's, as the Prometheus operator relabels them. */
const OF_TARGET = ['namespace', 'pod', 'job', 'instance', 'container', 'endpoint', 'service', 'prometheus'];

/** Exported names that a server with default settings must show, and those that it may. */
export function namesOf(table: EngineTable): {
  readonly always: readonly string[];
  readonly known: ReadonlySet<string>;
} {
  const metrics = Object.values(table.metrics);
  const always = metrics.filter(shownByDefault).flatMap(({ exported = [] }) => exported);
  return { always, known: new Set(metrics.flatMap(({ exported = [] }) => exported)) };
}

function shownByDefault(metric: EngineMetric): boolean {
  return metric.shown === 'default' && metric.condition === undefined;
}

/** `name: live labels instead of table's`, one line for each metric whose labels differ. */
export function labelDifferences(table: EngineTable, samples: readonly Sample[]): readonly string[] {
  return Object.values(table.metrics).flatMap(({ exported = [], labels }) => {
    const series = samples.filter(({ name }) => exported.includes(name));
    if (labels === undefined || series.length === 0) return [];
    const live = new Set(series.flatMap((sample) => Object.keys(sample.labels)));
    for (const label of OF_SERIES) live.delete(label);
    const same = live.size === labels.length && labels.every((label) => live.has(label));
    return same ? [] : [`${exported[0]}: ${[...live].sort()} instead of ${[...labels].sort()}`];
  });
}

/** What a query asks of the engine and this exposition lacks: a metric, a label, a value of a label. */
export function missingFrom(samples: readonly Sample[], { promql }: Query): readonly string[] {
  const missing = promql.selectors.filter(isOfEngine).flatMap((selector) => missingSeries(samples, selector));
  const ungrouped = promql.groupings.flatMap(({ labels, without, selectors }) => {
    const own = selectors.filter(isOfEngine);
    return without ? [] : own.flatMap((selector) => unknownLabels(samples, selector, labels));
  });
  return [...missing, ...ungrouped];
}

export function isOfEngine({ metric }: SeriesSelector): boolean {
  return metric !== undefined && ENGINE_METRIC.test(metric);
}

function missingSeries(samples: readonly Sample[], selector: SeriesSelector): readonly string[] {
  const series = samples.filter(({ name }) => name === selector.metric);
  if (series.length === 0) return [`no series is called ${selector.metric}`];
  const unknown = unknownLabels(
    samples,
    selector,
    selector.matchers.map(({ label }) => label),
  );
  if (unknown.length > 0) return unknown;
  // The model's name differs from server to server; the values of all other labels are the engine's own words.
  const matchers = selector.matchers.filter(
    ({ label }) => label !== 'model_name' && !OF_TARGET.includes(label),
  );
  const found = series.some(({ labels }) =>
    matchers.every((each) => matcherAllows(each, labels[each.label] ?? '')),
  );
  const wanted = matchers.map(({ label, op, value }) => `${label}${op}"${value}"`).join(',');
  return found ? [] : [`no series of ${selector.metric} has ${wanted}`];
}

function unknownLabels(
  samples: readonly Sample[],
  { metric }: SeriesSelector,
  labels: readonly string[],
): readonly string[] {
  const live = new Set(
    samples.filter(({ name }) => name === metric).flatMap((sample) => Object.keys(sample.labels)),
  );
  return labels
    .filter((label) => !live.has(label) && !OF_TARGET.includes(label))
    .map((label) => `${metric} has no label ${label}`);
}
