import type { ServedSelection } from '../selection/resolved.js';
import type { SecretKey, WeightsPlan } from './plan.js';

/**
 * Hosts that a download reaches, by source, and where that is said. Hugging Face redirects file bodies to storage hosts
 * of other domains; a fixed copy of the list goes stale, so the plan prints where it comes from.
 */
export const HUBS = {
  huggingface: {
    hosts: ['huggingface.co', '*.hf.co', '*.xethub.hf.co'],
    from: 'documentation of the hub, huggingface/hub-docs, 2026-07-07',
  },
  modelscope: {
    hosts: ['modelscope.cn', '*.modelscope.cn'],
    from: 'not confirmed by its documentation: watch the first download',
  },
} as const;

/** The hosts that this selection's download reaches, and the ground for saying so. */
export function downloadHosts({ serving: { weights } }: ServedSelection): {
  readonly hosts: readonly string[];
  readonly from: string;
} {
  if (weights.endpoint !== undefined && weights.source !== 'modelscope') {
    return { hosts: [new URL(weights.endpoint).host], from: 'weights.endpoint' };
  }
  return HUBS[weights.source === 'modelscope' ? 'modelscope' : 'huggingface'];
}

/** Copies of the weights in formats that the engine does not read when safetensors are there. */
const OTHER_FORMATS = [
  '*.pth',
  '*.bin',
  '*.pt',
  '*.gguf',
  '*.onnx',
  '*.h5',
  '*.msgpack',
  'onnx/*',
  'original/*',
  'metal/*',
];
/** The vendor's own one-file copies beside sharded safetensors. */
const CONSOLIDATED = 'consolidated*';

/** Where the model's files come from and where they lie. `revision` null: the repository's default branch, said so by a finding. */
export function weightsSource({ serving, lock }: ServedSelection) {
  const { weights, checkpoint } = serving;
  const source = weights.source ?? (weights.endpoint ? 'mirror' : 'huggingface');
  const known = source === 'modelscope' ? checkpoint.modelScope : checkpoint.huggingFace;
  const repository = weights.repository ?? known;
  const lockKey = `${source === 'modelscope' ? 'modelscope' : 'huggingface'}:${repository}`;
  return { source, repository, revision: weights.revision ?? lock.models[lockKey] ?? null } as const;
}

/** Volume, folder and Job of the weights. */
export function weightsPlan(
  resolved: ServedSelection,
  filesGib: number,
  token: SecretKey | null,
): WeightsPlan {
  const { cluster, serving } = resolved;
  const { checkpoint, sizing, weights, model } = serving;
  const { source, revision } = weightsSource(resolved);
  const shared = cluster.storageClass?.shared;
  return {
    kind: shared === undefined ? 'node-bound' : 'shared',
    storageClass: shared ?? cluster.storageClass?.nodeBound ?? null,
    volumeName: 'weights',
    volumeGib: volumeGib(filesGib, sizing.storage.headroom),
    mountPath: '/models',
    folder: `${model.id}-${checkpoint.precision}-${revision?.slice(0, 8) ?? 'unpinned'}`,
    jobName: 'weights',
    revisionSuffix: revision?.slice(0, 8) ?? null,
    endpoint: source === 'mirror' ? (weights.endpoint ?? null) : null,
    exclude: checkpoint.exclude,
    excludeBesideSafetensors: [...OTHER_FORMATS, CONSOLIDATED],
    token,
    hosts: downloadHosts(resolved).hosts,
    prune: 'keep',
  };
}

/** GiB of a volume for these files: 5 % for file systems and partial downloads, then the profile's headroom. */
export function volumeGib(filesGib: number, headroom: number): number {
  return Math.ceil(filesGib * 1.05 * (1 + headroom)) + 2;
}
