import type { EngineTable } from '../catalog/engine.js';
import { atLeast } from './engine-version.js';

/** Defaults that changed before the oldest table (0.19.1). Source: engine/arg_utils.py of the versions named. */
const OLD_GPU_MEMORY_UTILIZATION = 0.9;

/**
 * The table that sizes a version for which the catalogue may have none: the flags do not matter here, only defaults do.
 * Manifests need the version's own table; sizes do not.
 *
 * @param nearest The table of the version's own minor, or of the nearest minor that has one.
 */
export function engineForSizing(version: string, nearest: EngineTable): EngineTable {
  if (version === nearest.version) return nearest;
  const defaults = atLeast(version, '0.19.0')
    ? nearest.defaults
    : { ...nearest.defaults, gpu_memory_utilization: OLD_GPU_MEMORY_UTILIZATION };
  return { ...nearest, version, defaults };
}
