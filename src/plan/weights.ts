import type { ResolvedSelection } from '../selection/resolved.js';
import type { SecretKey, WeightsPlan } from './plan.js';

/**
 * Hosts that a download reaches, by source, and where that is said. Hugging Face redirects file bodies to storage hosts
 * of other domains; a fixed copy of the list goes stale, so the plan prints where it comes from.
 */
const HUBS = {
  huggingface: {
    hosts: downloadHosts(resolved).hosts,
    prune: 'keep',
  };
}

/** GiB of a volume for these files: 5 % for file systems and partial downloads, then the profile's headroom. */
export function volumeGib(filesGib: number, headroom: number): number {
  return Math.ceil(filesGib * 1.05 * (1 + headroom)) + 2;
}
