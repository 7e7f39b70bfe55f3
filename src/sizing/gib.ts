/** Bytes of one GiB. The engine prints "GiB" (old versions "GB") and means this. */
export const GIB = 2 ** 30;
/** Bytes of one MiB. */
export const MIB = 2 ** 20;

/** To two decimals: what a person reads and what the engine's own log prints. */
export function round2(value: number): number {
  return Math.round(value * 100) / 100;
}
