import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const Seen = z.strictObject({
  /** The program and version that said it. */
  with: z.string().min(1),
  /** `<fault> in <example>` → what it said; null where it had nothing to say. */
  said: z.record(z.string(), z.string().nullable()),
});
const LiveResults = z.record(z.string(), Seen);

/** What the layers that need more than Node said in their last run, by layer. */
export type LiveResults = z.output<typeof LiveResults>;
export type Seen = z.output<typeof Seen>;

const FILE = join(import.meta.dirname, 'live-results.json');

export function readLiveResults(): LiveResults {
  return existsSync(FILE) ? LiveResults.parse(JSON.parse(readFileSync(FILE, 'utf8'))) : {};
}

/** Replaces what one layer said; the keys stand in the order of the alphabet. */
export function writeLiveResults(layer: string, seen: Seen): void {
  const said = Object.fromEntries(Object.entries(seen.said).sort(([a], [b]) => (a < b ? -1 : 1)));
  const all = { ...readLiveResults(), [layer]: { ...seen, said } };
  const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(FILE, `${JSON.stringify(sorted, null, 2)}\n`);
}

export function placementKey(fault: string, example: string): string {
  return `${fault} in ${example}`;
}
