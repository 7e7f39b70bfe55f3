import type { SpeedRow } from './speed-rows.js';

/** How far two runs of one configuration are from each other, as shares: no model can be told to be nearer. */
export interface Repeats {
  readonly pairs: number;
  readonly tpot: readonly number[];
  readonly ttftMean: readonly number[];
}

/** Pairs of runs with the same model, card, engine's minor version, load and settings; copies of one run are left out. */
export function repeatsOf(rows: readonly SpeedRow[]): Repeats {
  const groups = new Map<string, SpeedRow[]>();
  for (const row of rows) {
    const key = [
      row.model,
      row.precision,
      row.kvCacheDtype,
      row.accelerator,
      row.engine,
      row.version.split('.').slice(0, 2).join('.'),
      row.tensorParallelSize,
      row.expertParallelSize,
      row.concurrency,
      Math.round(row.inputTokens),
      Math.round(row.outputTokens),
    ].join('|');
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const pairs = [...groups.values()].flatMap((group) =>
    group.flatMap((one, at) => group.slice(at + 1).map((other) => [one, other] as const)),
  );
  const apart = pairs.filter(([one, other]) => (gap(one.tpotMs, other.tpotMs) ?? 0) > COPY);
  return {
    pairs: apart.length,
    tpot: apart.flatMap(([one, other]) => gap(one.tpotMs, other.tpotMs) ?? []),
    ttftMean: apart.flatMap(([one, other]) => gap(one.ttftMeanMs, other.ttftMeanMs) ?? []),
  };
}

/** Sources that carry the same run round it differently. */
const COPY = 1e-3;

function gap(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : Math.max(one, other) / Math.min(one, other) - 1;
}
