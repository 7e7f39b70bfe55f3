import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Puts figures into `engine.json` in BERTH_RESULTS_DIR, beside those that are there; does nothing where that is not set. */
export function recordResults(figures: Readonly<Record<string, unknown>>): void {
  const folder = process.env.BERTH_RESULTS_DIR;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'engine.json');
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as object) : {};
  writeFileSync(file, `${JSON.stringify({ ...known, ...figures }, null, 2)}\n`);
}
