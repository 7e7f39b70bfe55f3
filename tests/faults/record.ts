import type { LiveLayer } from './layers/live-layers.js';
import { placementKey, readLiveResults, writeLiveResults } from './live-results.js';
import type { Planted } from './plant.js';

const LONGEST = 200;

/** What a layer said of one fault in one example; nothing where it let it pass. */
export interface Said {
  readonly planted: Planted;
  readonly says: readonly string[];
}

/** Where what was seen and what is kept part. */
export interface Difference {
  readonly missing: readonly string[];
  readonly noLongerAsked: readonly string[];
  readonly different: readonly string[];
}

/**
 * Holds what a layer says against live-results.json. BERTH_WRITE_DOCS=1 writes it there first; docs/proof.md follows
 * with `npx vitest run tests/faults -u`.
 */
export function compareWithKept({ name }: LiveLayer, seenWith: string, seen: readonly Said[]): Difference {
  const said = Object.fromEntries(
    seen.map(({ planted, says }) => [
      placementKey(planted.fault.id, planted.example.id),
      says.length === 0 ? null : shortened(says.join('; ')),
    ]),
  );
  if (process.env.BERTH_WRITE_DOCS === '1') writeLiveResults(name, { with: seenWith, said });
  const kept = readLiveResults()[name]?.said ?? {};
  return {
    missing: Object.keys(said).filter((key) => !(key in kept)),
    noLongerAsked: Object.keys(kept).filter((key) => !(key in said)),
    // The words may change with a version; that something is said may not.
    different: Object.keys(said).filter(
      (key) => key in kept && (kept[key] === null) !== (said[key] === null),
    ),
  };
}

export const NO_DIFFERENCE: Difference = { missing: [], noLongerAsked: [], different: [] };

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
