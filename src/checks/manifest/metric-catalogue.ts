import type { EngineMetric, EngineTable } from '../../catalog/engine.js';
import type { Inspected, Server } from '../../inspect/inspected.js';
import type { Query } from '../../inspect/query.js';

/** Labels that a scrape adds to every series. Source: prometheus-operator, generated relabelling. */
export const TARGET_LABELS: readonly string[] = [
  'instance',
  'job',
  'namespace',
  'pod',
  'container',
  'endpoint',
  'service',
  'node',
  'cluster',
  'prometheus',
];

/** Servers whose metrics a query can mean: those of its namespace, else all. */
export function serversOf(query: Query, { servers }: Inspected): readonly Server[] {
  const own = servers.filter(({ workload }) => workload.namespace === query.namespace);
  return (own.length > 0 ? own : servers).filter(({ engine }) => engine.table !== undefined);
}

/** The table's entry for a name as it is exported; also the `_created` series of counters and histograms. */
export function engineMetric({ engine }: Server, name: string): EngineMetric | undefined {
  return engine.table && metricsByName(engine.table).get(name);
}

// Every query of every rule is looked up: tables do not change, so each is turned round once.
const byName = new WeakMap<EngineTable, ReadonlyMap<string, EngineMetric>>();

function metricsByName(table: EngineTable): ReadonlyMap<string, EngineMetric> {
  const known = byName.get(table);
  if (known) return known;
  const metrics = new Map<string, EngineMetric>();
  for (const [base, metric] of Object.entries(table.metrics)) {
    for (const name of [...(metric.exported ?? [base]), `${base}_created`])
      if (!metrics.has(name)) metrics.set(name, metric);
  }
  byName.set(table, metrics);
  return metrics;
}

/** `PrometheusRule/server QueueGrowing`: what findings call a query. */
export function queryName({ subject, name }: Query): string {
  return `${subject} ${name}`.trim();
}

/** Series that the set's own rules record. */
export function recordedNames({ rules }: Inspected): ReadonlySet<string> {
  return new Set(rules.flatMap(({ record }) => record ?? []));
}

/** A bucket's boundary as the client library writes it: whole numbers end in `.0`. */
export function boundaryText(boundary: unknown): string {
  return typeof boundary === 'number' && Number.isInteger(boundary) ? boundary.toFixed(1) : String(boundary);
}

/** The flag without which a metric is absent, or stays zero. */
export function flagOf(name: string, metric: EngineMetric | undefined): string | undefined {
  if (/^vllm:estimated_(flops|read_bytes|write_bytes)_per_gpu/.test(name)) return '--enable-mfu-metrics';
  const shown = String(metric?.shown ?? '');
  return shown.startsWith('--') ? shown : undefined;
}
