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
