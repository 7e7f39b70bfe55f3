/** A quantity that is predicted: the likely value and both ends of its interval. */
export interface Estimate {
  readonly low: number;
  readonly likely: number;
  readonly high: number;
}

/** `likely` ± `halfWidth`, never below 0. */
export function around(likely: number, halfWidth: number): Estimate {
  return { low: Math.max(0, likely - halfWidth), likely, high: likely + halfWidth };
}

export function plus(...estimates: readonly Estimate[]): Estimate {
  return estimates.reduce((sum, { low, likely, high }) => ({
    low: sum.low + low,
    likely: sum.likely + likely,
    high: sum.high + high,
  }));
}
