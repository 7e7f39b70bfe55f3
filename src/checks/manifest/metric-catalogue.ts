import type { EngineMetric } from '../../catalog/engine.js';
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
  const entries = Object.entries(engine.table?.metrics ?? {});
  return entries.find(
    ([base, { exported }]) => (exported ?? [base]).includes(name) || name === `${base}_created`,
  )?.[1];
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
