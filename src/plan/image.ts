import type { AcceleratorProfile } from '../catalog/accelerator.js';
import type { EngineFamily } from '../catalog/engine.js';
import type { Lock, ServedSelection } from '../selection/resolved.js';
import type { ImagePlan } from './plan.js';

/** First driver branch that runs CUDA 13, which the engine's default image is built for. */
const CUDA_13_DRIVER = 580;
/** Stands for any driver below it. */
const OLD_DRIVER = '570';
const CUDA_12_SUFFIX = '-cu129';

/**
 * The engine's image by exact version tag, with the digest where the lock file knows it.
 * NVIDIA nodes whose driver is older than 580 take the CUDA 12.9 build of the same version.
 */
export function engineImage(
  family: EngineFamily,
  version: string,
  accelerator: AcceleratorProfile,
  lock: Lock,
  options: {
    readonly repository?: string | undefined;
    readonly driver?: string | undefined;
    /** Registry and path in place of docker.io; digests stay the same. */
    readonly mirror?: string | undefined;
  },
): ImagePlan | null {
  const upstream = options.repository ?? family.images[accelerator.vendor];
  if (upstream === undefined) return null;
  const oldDriver = options.driver !== undefined && Number.parseInt(options.driver, 10) < CUDA_13_DRIVER;
  const tag = `v${version}${accelerator.vendor === 'nvidia' && oldDriver ? CUDA_12_SUFFIX : ''}`;
  return imagePlan({ own: options.repository, published: upstream, tag, lock, mirror: options.mirror });
}

export interface ImageChoice {
  /** The repository that the selection names; it is taken as it is. */
  readonly own: string | undefined;
  /** The publisher's, which the cluster's mirror holds with the same digests. */
  readonly published: string;
  readonly tag: string;
  readonly lock: Lock;
  readonly mirror: string | undefined;
}

/** The selection's own image, else the publisher's, from the cluster's mirror where it has one. */
export function imagePlan({ own, published, tag, lock, mirror }: ImageChoice): ImagePlan {
  const upstream = own ?? published;
  const repository = own ?? mirrored(published, mirror);
  const digest = lock.images[`${repository}:${tag}`] ?? lock.images[`${upstream}:${tag}`] ?? null;
  return { repository, tag, digest };
}

/** Only names without a registry are of docker.io: the first part of the others has a dot, a port or is localhost. */
function mirrored(repository: string, mirror: string | undefined): string {
  const [first = ''] = repository.split('/');
  const named = repository.includes('/') && (/[.:]/.test(first) || first === 'localhost');
  return mirror === undefined || named ? repository : `${mirror}/${repository}`;
}

/**
 * The driver that the image is chosen for: what the selection says, else an old one where the kind of cluster is known to
 * give its nodes an old or an unknown driver. The CUDA 12 image runs on either.
 */
export function assumedDriver({ cluster, clusterKind, serving }: ServedSelection): string | undefined {
  const unsure = clusterKind !== null && clusterKind.driver.cuda13 !== true;
  return cluster.driver ?? (unsure && serving.accelerator.vendor === 'nvidia' ? OLD_DRIVER : undefined);
}

/** Variables without which this image does not find the driver on this kind of cluster. */
export function driverEnvironment({ clusterKind }: ServedSelection, tag: string) {
  return (clusterKind?.driver.environment ?? [])
    .filter(({ images }) => images === 'all' || (images === 'cuda-12' && tag.endsWith(CUDA_12_SUFFIX)))
    .map(({ name, value }) => ({ name, value }));
}
