import type { AcceleratorProfile } from '../catalog/accelerator.js';
import type { EngineFamily } from '../catalog/engine.js';
import type { Lock } from '../selection/resolved.js';
import type { ImagePlan } from './plan.js';

/** First driver branch that runs CUDA 13, which the engine's default image is built for. */
const CUDA_13_DRIVER = 580;

/**
 * The engine's image by exact version tag, with the digest where the lock file knows it.
 * NVIDIA nodes whose driver is older than 580 take the CUDA 12.9 build of the same version.
 */
export function engineImage(
  family: EngineFamily,
  version: string,
  accelerator: AcceleratorProfile,
  lock: Lock,
  options: { readonly repository?: string | undefined; readonly driver?: string | undefined },
): ImagePlan | null {
  const repository = options.repository ?? family.images[accelerator.vendor];
  if (repository === undefined) return null;
  const oldDriver = options.driver !== undefined && Number.parseInt(options.driver, 10) < CUDA_13_DRIVER;
  const tag = `v${version}${accelerator.vendor === 'nvidia' && oldDriver ? '-cu129' : ''}`;
  return { repository, tag, digest: lock.images[`${repository}:${tag}`] ?? null };
}
