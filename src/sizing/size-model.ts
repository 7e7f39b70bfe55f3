import type { NearestOptions } from './nearest.js';
import { nearestChoices } from './nearest.js';
import { refuseUnmodelled } from './refuse.js';
import { sizeMemory, sizeOnce } from './size-once.js';
import type { SizeRequest, Sizing } from './types.js';

/**
 * Does the model fit, with how many tokens of cache, and what would fit if it does not.
 *
 * @param options Accelerators that may be offered instead, and how many choices.
 * @throws UserError naming what is missing where the model cannot be sized.
 */
export function sizeModel(request: SizeRequest, options: NearestOptions = {}): Sizing {
  refuseUnmodelled(request);
  const sizing = sizeOnce(request);
  return sizing.fits ? sizing : { ...sizing, ...nearestChoices(request, sizing, options) };
}

/**
 * Does the model fit, and no more: neither what would fit instead nor how fast it is, which take a hundred times as long.
 *
 * @throws UserError naming what is missing where the model cannot be sized.
 */
export function judgeModel(request: SizeRequest): Sizing {
  refuseUnmodelled(request);
  return sizeMemory(request);
}
