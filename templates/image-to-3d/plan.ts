import { type Problem, UserError } from '../../src/error.js';
import { emptyPlan } from '../../src/plan/bare-plan.js';
import type { ImageTo3dPlan } from '../../src/plan/image-to-3d-plan.js';
import { networkPlan } from '../../src/plan/network.js';
import { nodeSelection } from '../../src/plan/node-selection.js';
import { omissions } from '../../src/plan/omitted.js';
import type { Plan, SecretPlan } from '../../src/plan/plan.js';
import { platformPlan } from '../../src/plan/platform.js';
import { secretKey, secretOf } from '../../src/plan/secrets.js';
import type { ResolvedSelection } from '../../src/selection/resolved.js';
import type { ImageTo3dSection } from './section.js';

/** Files of the repository by variant; each 8.58 GB (file tree of the hub, stable_zero123.ckpt). */
const REPOSITORY = 'stabilityai/stable-zero123';
const FILES = { research: 'stable_zero123.ckpt', 'commercial-c': 'stable_zero123_c.ckpt' } as const;
const VOLUME_GIB = 20;
/** Port that ComfyUI is started on. */
const COMFYUI_PORT = 8188;

/** Views of an object from one picture, as a service or as a batch. */
export function planImageTo3d(resolved: ResolvedSelection): Plan {
  const section = resolved.section as ImageTo3dSection;
  refuseHalf(resolved, section);
  const token = secretOf(
    resolved,
    section.checkpoint.token.secretRef,
    'hub-token',
    'token',
    'download of the checkpoint',
  );
  return {
    ...emptyPlan(resolved),
    imageTo3d: imageTo3dPlan(resolved, section, token),
    secrets: [token],
    assumptions: [
      'the model turns one picture of 256 × 256 into the same object from another side; a mesh comes of an optimisation around it',
      'pictures have no background (RGBA): taking it away is not part of this',
      ...(section.run === 'service'
        ? [
            'ComfyUI asks nobody for a key: only pods of this namespace and of expose.allowFrom reach it; POST /prompt takes a workflow, GET /history and /view give its results',
            'each pod has a queue and results of its own',
          ]
        : []),
    ],
    // ComfyUI and batches have no metrics: nothing is left out there.
    omitted: omissions(resolved).filter(({ what }) => !/^(monitoring|dashboard)/.test(what)),
  };
}

function imageTo3dPlan(
  resolved: ResolvedSelection,
  section: ImageTo3dSection,
  token: SecretPlan,
): ImageTo3dPlan {
  const { cluster } = resolved;
  const { variant, acknowledged, program, gpu, checkpoint } = section;
  const card = {
    id: cluster.accelerator ?? '',
    kubernetes: { resource: gpu.resource, productLabelKey: 'nvidia.com/gpu.product', productLabels: [] },
  };
  const { taintKeys, ...nodes } = nodeSelection(resolved, card, 1);
  const { downloadImage, revision = null } = checkpoint;
  const other = variant === 'research' ? FILES['commercial-c'] : FILES.research;
  return {
    run: section.run,
    variant,
    licence: { id: acknowledged.licence, acknowledgedBy: acknowledged.by, purpose: acknowledged.purpose },
    ...program,
    imagePullSecret: cluster.imagePullSecretName ?? null,
    accelerator: {
      ...nodes,
      id: card.id,
      name: card.id === '' ? gpu.resource : card.id,
      count: 1,
      tolerationKeys: [...new Set([...taintKeys, ...(cluster.taints ?? [])])],
      runtimeClass: cluster.runtimeClass ?? null,
    },
    acceleratorMemoryGb: gpu.memoryGb,
    resources: section.resources,
    port: COMFYUI_PORT,
    replicas: section.replicas ?? 1,
    pictures: section.pictures ?? null,
    deadlineSeconds: section.run === 'job' ? (section.deadlineSeconds ?? null) : null,
    checkpoint: {
      repository: REPOSITORY,
      revision,
      file: FILES[variant],
      exclude: [other, '*.png', '*.jpg', '*.gif', '*.mp4'],
      token: secretKey(token),
      downloadImage,
      volumeGib: VOLUME_GIB,
      shared: cluster.storageClass?.shared !== undefined,
      storageClass: cluster.storageClass?.shared ?? cluster.storageClass?.nodeBound ?? null,
      folder: `stable-zero123-${variant}-${revision?.slice(0, 8) ?? 'unpinned'}`,
    },
    network: networkPlan(resolved, null, false),
    platform: platformPlan(resolved),
  };
}

/** @throws UserError where a batch lacks its pictures or its end, or where it is not the one acknowledged licence. */
function refuseHalf({ placeOf, keyPrefix }: ResolvedSelection, section: ImageTo3dSection): void {
  const { run, variant, acknowledged, pictures, deadlineSeconds } = section;
  const problems: Problem[] = [];
  const wanted = variant === 'research' ? 'stability-nc' : 'stability-community';
  if (acknowledged.licence !== wanted)
    problems.push({
      place: placeOf(['acknowledged', 'licence']),
      message: `${keyPrefix}acknowledged.licence is ${acknowledged.licence}, and variant ${variant} stands under ${wanted}`,
      fix: `read ${wanted} (\`berth explain ${wanted}\`), then set acknowledged.licence: ${wanted}`,
    });
  if (run === 'job' && pictures === undefined)
    problems.push({
      place: placeOf(['run']),
      message: `missing key '${keyPrefix}pictures': a batch reads its pictures from a volume`,
      fix: 'set pictures: { claimName, mountPath }',
    });
  if (run === 'job' && deadlineSeconds === undefined)
    problems.push({
      place: placeOf(['run']),
      message: `missing key '${keyPrefix}deadlineSeconds': a batch that hangs would hold its card for ever`,
      fix: 'set deadlineSeconds to the longest time that one batch may take',
    });
  if (problems.length > 0) throw new UserError('the views cannot be planned', problems);
}
