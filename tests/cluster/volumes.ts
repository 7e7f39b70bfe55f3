import type { Api } from './api.js';
import type { Json, KubeObject } from './kube-object.js';
import { operatorClaims } from './nim-operator.js';
import { podTemplates } from './pod-templates.js';

const PROVISIONER = 'proving-ground.berth.dev/simulated';
const SELECTED_NODE = 'volume.kubernetes.io/selected-node';
const DEFAULT_CLASS = 'simulated-default';

/**
 * A StorageClass for each that the claims name. A claim that one node only can mount gets a class that waits for its
 * first pod and binds to that pod's node, as local volumes do.
 */
export function storageClasses(objects: readonly KubeObject[]): readonly KubeObject[] {
  const nodeBound = new Map<string, boolean>();
  for (const spec of claimSpecs(objects)) {
    const name = spec.storageClassName ?? DEFAULT_CLASS;
    nodeBound.set(name, (nodeBound.get(name) ?? true) && isNodeBound(spec));
  }
  return [...nodeBound].map(([name, local]) => ({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: {
      name,
      ...(name === DEFAULT_CLASS && {
        annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
      }),
    },
    provisioner: PROVISIONER,
    reclaimPolicy: 'Retain',
    volumeBindingMode: local ? 'WaitForFirstConsumer' : 'Immediate',
  }));
}

/** One round of a provisioner: makes the volume of each claim that waits for one. Returns how many it made. */
export async function provisionVolumes(api: Api, namespace: string): Promise<number> {
  const claims = (await api.list('v1', 'PersistentVolumeClaim', namespace)).filter(
    ({ status }) => status?.phase === 'Pending',
  );
  let made = 0;
  for (const claim of claims) {
    const node = claim.metadata.annotations?.[SELECTED_NODE];
    if (isNodeBound(claim.spec) && !node) continue; // no pod yet
    const { status, failure } = await api.create(volumeFor(claim, node));
    if (failure && status !== 409) throw new Error(`volume of ${claim.metadata.name}: ${failure}`);
    made += 1;
  }
  return made;
}

export function isNodeBound(spec: Json): boolean {
  return (spec.accessModes as readonly string[]).every((mode) => mode.startsWith('ReadWriteOnce'));
}

function volumeFor(claim: KubeObject, node: string | undefined): KubeObject {
  const { accessModes, storageClassName, resources, volumeMode } = claim.spec;
  const { name, namespace, uid } = claim.metadata;
  const terms = [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] }];
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: `pv-${uid}` },
    spec: {
      accessModes,
      storageClassName,
      ...(volumeMode && { volumeMode }),
      capacity: { storage: resources.requests.storage },
      persistentVolumeReclaimPolicy: 'Retain',
      claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name, namespace, uid },
      ...(node
        ? { local: { path: '/simulated' }, nodeAffinity: { required: { nodeSelectorTerms: terms } } }
        : { nfs: { server: 'simulated', path: '/' } }),
    },
  };
}

function claimSpecs(objects: readonly KubeObject[]): readonly Json[] {
  const claims = [...objects, ...operatorClaims(objects)]
    .filter(({ kind }) => kind === 'PersistentVolumeClaim')
    .map(({ spec }) => spec);
  const ephemeral = podTemplates(objects).flatMap(({ template }) =>
    (template.spec.volumes ?? []).flatMap(
      (volume: Json) => volume.ephemeral?.volumeClaimTemplate?.spec ?? [],
    ),
  );
  const perReplica = objects.flatMap(({ spec }) =>
    (spec?.volumeClaimTemplates ?? spec?.leaderWorkerTemplate?.volumeClaimTemplates ?? []).map(
      (template: Json) => template.spec,
    ),
  );
  return [...claims, ...ephemeral, ...perReplica];
}
