import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Counts for the table of layers. */
export interface MonitoringResults {
  readonly environments?: number;
  readonly rules?: number;
  readonly alerts?: number;
  /** Queries that both parsers have read. */
  readonly queries?: number;
  readonly scenarios?: number;
  /** Dashboards, and their charts' queries that a real Prometheus answered with a number. */
  readonly dashboards?: number;
  readonly drawn?: number;
  /** Recorded series that a real Prometheus had. */
  readonly recorded?: number;
  /** Conditions of alerts, each of which some scenario needs. */
  readonly conditions?: number;
  /** Scenarios × environments that promtool has played. */
  readonly played?: number;
}

/** Adds counts to `monitoring.json` in BERTH_RESULTS_DIR; does nothing where that is not set. */
export function recordResults(counts: MonitoringResults): void {
  const folder = process.env.BERTH_RESULTS_DIR;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'monitoring.json');
  const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  writeFileSync(file, `${JSON.stringify({ ...known, ...counts }, null, 2)}\n`);
}
