import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Counts for the table of layers. */
export interface ClusterResults {
  readonly kubernetes?: string;
  readonly environments?: number;
  /** Objects that the API server was shown. */
  readonly objects?: number;
  readonly refused?: number;
  readonly droppedFields?: number;
  readonly secondApplyDiffs?: number;
  readonly podsReady?: number;
  /** Pods that the tests made in place of a controller that cannot run here. */
  readonly simulated?: number;
  /** Kinds whose controllers these were. */
  readonly simulatedKinds?: readonly string[];
  /** What was shown and what was not, in sentences. */
  readonly notes?: readonly string[];
}

/** Adds counts to `cluster.json` in BERTH_RESULTS_DIR; does nothing where that is not set. */
export function recordResults(counts: ClusterResults): void {
  const folder = process.env.BERTH_RESULTS_DIR;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'cluster.json');
  const sum: Record<string, unknown> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  for (const [key, value] of Object.entries(counts)) {
    const known = sum[key];
    if (typeof value === 'number') sum[key] = value + (typeof known === 'number' ? known : 0);
    else if (Array.isArray(value)) sum[key] = [...(Array.isArray(known) ? known : []), ...value];
    else sum[key] = value;
  }
  writeFileSync(file, `${JSON.stringify(sum, null, 2)}\n`);
}
