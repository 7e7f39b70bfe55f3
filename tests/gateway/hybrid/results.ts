import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes figures to `hybrid.json` in BERTH_RESULTS_DIR; does nothing where that is not set. */
export function recordResults(figures: Readonly<Record<string, unknown>>): void {
  const folder = process.env.BERTH_RESULTS_DIR;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'hybrid.json'), `${JSON.stringify(figures, null, 2)}\n`);
}
