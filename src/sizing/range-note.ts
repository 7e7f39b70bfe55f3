import { atLeast } from './engine-version.js';
import type { Overhead } from './overhead.js';
import { NEWEST_MEASURED_ENGINE } from './overhead-constants.js';

/** Which measured constants the numbers rest on, and whether the version lies beyond them. */
export function rangeNote(version: string, { constants, graphsInsideBudget }: Overhead): string {
  const beyond = !atLeast(NEWEST_MEASURED_ENGINE, version);
  const used = beyond
    ? `constants of ${constants.engines} for ${version}: no start of a newer version than ${NEWEST_MEASURED_ENGINE} was measured`
    : `constants of ${constants.engines}`;
  return `${used}; CUDA graphs ${graphsInsideBudget ? 'inside' : 'on top of'} the budget (${constants.source})`;
}
