import type { Claim } from '../../inspect/claim.js';
import { numberAt, textAt, valueAt } from '../../inspect/field.js';
import type { Inspected } from '../../inspect/inspected.js';
import type { Workload } from '../../inspect/workload.js';
import { error, type ManifestCheck, warning } from './manifest-check.js';

const WAVE = 'argocd.argoproj.io/sync-wave';

/** Most pods of a workload that may exist at once, the surge of an update included. */
function mostPods({ scalers }: Inspected, workload: Workload): number {
  const own = scalers
    .filter((scaler) => scaler.workloads.includes(workload))
    .map((scaler) => scaler.maxReplicas);
  const replicas = Math.max(workload.replicas ?? 1, ...own);
  const recreate = textAt(workload.object, 'spec', 'strategy', 'type') === 'Recreate';
  const surge = valueAt(workload.object, 'spec', 'strategy', 'rollingUpdate', 'maxSurge') ?? '25%';
  return replicas + (workload.kind === 'Deployment' && !recreate && !/^0%?$/.test(String(surge)) ? 1 : 0);
}

function singleNode({ accessModes }: Claim): boolean {
  return (
    accessModes.length > 0 &&
    accessModes.every((mode) => mode === 'ReadWriteOnce' || mode === 'ReadWriteOncePod')
  );
}

export const storageChecks: readonly ManifestCheck[] = [
  {
    id: 'storage/access-mode',
    title: 'a volume of one node serves pods of one node',
    why: 'A ReadWriteOnce volume is attached to one node: the second replica, or the new pod of an update, waits with Multi-Attach for ever.',
    source: 'Kubernetes docs, persistent volumes; ollama-operator#5',
    inputs: ['claims', 'scalers'],
    traps: [35],
    run: (inspected) =>
      inspected.claims
        .filter(singleNode)
        .flatMap((claim) =>
          claim.workloads
            .filter((workload) => mostPods(inspected, workload) > 1)
            .map(({ subject }) =>
              error(
                subject,
                `up to ${Math.max(2, ...claim.workloads.map((each) => mostPods(inspected, each)))} pods share ${claim.subject}, which is ${claim.accessModes.join(', ')}`,
                'use ReadWriteMany or ReadOnlyMany, or one replica with strategy Recreate',
              ),
            ),
        ),
  },
  {
    id: 'storage/sync-wave',
    title: 'no wave waits for a volume that waits for its first pod',
    why: 'A volume with WaitForFirstConsumer binds when a pod uses it; Argo CD waits for it to bind before it makes that pod.',
    source: 'argo-cd#12840, argo-cd#29201',
    inputs: ['claims'],
    traps: [32],
    run: ({ claims }) =>
      claims.flatMap(({ subject, annotations, workloads }) => {
        const wave = Number(annotations[WAVE] ?? 0);
        const later = workloads.filter(
          ({ object }) => Number(textAt(object, 'metadata', 'annotations', WAVE) ?? 0) > wave,
        );
        return later.length > 0 && later.length === workloads.length
          ? [
              error(
                subject,
                `wave ${wave} waits for the volume, and ${later.map((each) => each.subject).join(', ')} comes later`,
                `remove ${WAVE} from the claim`,
              ),
            ]
          : [];
      }),
  },
  {
    id: 'storage/prune',
    title: 'a GitOps prune cannot delete the weights',
    why: 'A claim that leaves the manifests, by a renamed folder or a failed build, takes hundreds of gigabytes with it.',
    source: 'Argo CD docs, sync options; Flux docs, garbage collection',
    inputs: ['claims'],
    run: ({ claims }) =>
      claims
        .filter(({ annotations }) => {
          const argo = (annotations['argocd.argoproj.io/sync-options'] ?? '')
            .split(',')
            .includes('Prune=false');
          return !argo || annotations['kustomize.toolkit.fluxcd.io/prune'] !== 'disabled';
        })
        .map(({ subject }) =>
          warning(
            subject,
            'a prune deletes the volume with its data',
            'annotate it with argocd.argoproj.io/sync-options: Prune=false and kustomize.toolkit.fluxcd.io/prune: disabled',
          ),
        ),
  },
  {
    id: 'storage/ownership',
    title: 'the kubelet does not change the owner of every weight file',
    why: 'With fsGroup each start walks the whole volume, minutes for hundreds of gigabytes, before the container may start.',
    source: 'kubernetes#69699, kubernetes#130192',
    inputs: ['workloads'],
    traps: [39],
    run: ({ workloads }) =>
      workloads
        .filter(({ pod }) =>
          pod.volumes.some(({ kind }) => kind === 'persistentVolumeClaim' || kind === 'claimTemplate'),
        )
        .filter(({ pod }) => numberAt(pod.spec, 'securityContext', 'fsGroup') !== undefined)
        .filter(({ pod }) => textAt(pod.spec, 'securityContext', 'fsGroupChangePolicy') !== 'OnRootMismatch')
        .map(({ subject }) =>
          warning(
            subject,
            'fsGroup changes the owner of every file at each start',
            'set fsGroupChangePolicy: OnRootMismatch',
          ),
        ),
  },
];
