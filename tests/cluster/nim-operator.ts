import type { Api } from './api.js';
import { type Json, type KubeObject, objectId } from './kube-object.js';
import type { PodTemplate } from './pod-templates.js';

// As NVIDIA/k8s-nim-operator makes them (manifests/deployment.yaml, nimcache_controller.go; newest state read in 2026-11):
// neither of the two has a seccomp profile, and the server's container has no security context at all.
const KEY = 'NGC_API_KEY';

/** The pods that NVIDIA's operator makes for one of its objects; none for other kinds. */
export function operatorTemplates(owner: KubeObject): readonly PodTemplate[] {
  const made = { owner, role: 'pods', realController: false } as const;
  if (owner.kind === 'NIMService')
    return [{ ...made, pods: owner.spec.replicas ?? 1, template: serverTemplate(owner) }];
  if (owner.kind === 'NIMCache') return [{ ...made, pods: 1, template: cacheTemplate(owner) }];
  return [];
}

/** Claims that the operator makes for caches. */
export function operatorClaims(objects: readonly KubeObject[]): readonly KubeObject[] {
  return objects
    .filter(({ kind, spec }) => kind === 'NIMCache' && spec.storage.pvc?.create)
    .map(({ metadata, spec: { storage } }) => ({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: claimName(metadata.name), namespace: metadata.namespace },
      spec: {
        accessModes: [storage.pvc.volumeAccessMode],
        ...(storage.pvc.storageClass && { storageClassName: storage.pvc.storageClass }),
        resources: { requests: { storage: storage.pvc.size } },
      },
    }));
}

/**
 * Does what the operator does for each NIMCache and NIMService: claim and download Job, Deployment and Service.
 * @returns the workloads made
 */
export async function simulateNimOperator(
  api: Api,
  objects: readonly KubeObject[],
): Promise<readonly KubeObject[]> {
  const made: KubeObject[] = [];
  for (const owner of objects.filter((object) => operatorTemplates(object).length > 0)) {
    const { uid } = (await api.get(owner)).body.metadata;
    const { apiVersion, kind, metadata } = owner;
    const ownerReferences = [{ apiVersion, kind, name: metadata.name, uid: uid ?? '', controller: true }];
    const claims = operatorClaims([owner]);
    const workload = kind === 'NIMService' ? deployment(owner) : job(owner);
    for (const object of [...claims, workload, ...(kind === 'NIMService' ? [service(owner)] : [])]) {
      // The namespace warns of what restricted would refuse, which is why it enforces baseline.
      const { status, failure } = await api.create({
        ...object,
        metadata: { ...object.metadata, ownerReferences },
      });
      if (status > 299) throw new Error(`${objectId(object)}: ${failure}`);
    }
    made.push(workload);
  }
  return made;
}

function deployment(owner: KubeObject): KubeObject {
  const { name, namespace } = owner.metadata;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels: serviceLabels(owner) },
    spec: {
      replicas: owner.spec.replicas ?? 1,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: 0 } },
      selector: { matchLabels: { app: name } },
      template: serverTemplate(owner),
    },
  };
}

function service(owner: KubeObject): KubeObject {
  const { name, namespace } = owner.metadata;
  const { type, port } = owner.spec.expose.service;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, labels: serviceLabels(owner) },
    spec: { type, selector: { app: name }, ports: [{ name: 'api', port, targetPort: 'api' }] },
  };
}

function job(owner: KubeObject): KubeObject {
  const { name, namespace } = owner.metadata;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: `${name}-job`, namespace },
    spec: { backoffLimit: 5, ttlSecondsAfterFinished: 600, template: cacheTemplate(owner) },
  };
}

function serverTemplate(owner: KubeObject): Json {
  const { name } = owner.metadata;
  const { image, authSecret, env = [], expose, storage, resources, startupProbe, ...spec } = owner.spec;
  const { port } = expose.service;
  const health = (path: string) => ({
    initialDelaySeconds: 15,
    periodSeconds: 10,
    httpGet: { path, port: 'api' },
  });
  return {
    metadata: { labels: { app: name, ...serviceLabels(owner) } },
    spec: {
      ...placed(spec),
      ...(image.pullSecrets && { imagePullSecrets: image.pullSecrets.map((one: string) => ({ name: one })) }),
      securityContext: { runAsUser: spec.userID, runAsGroup: spec.groupID, fsGroup: spec.groupID },
      containers: [
        {
          name: `${name}-ctr`,
          image: `${image.repository}:${image.tag}`,
          imagePullPolicy: image.pullPolicy,
          ports: [{ name: 'api', protocol: 'TCP', containerPort: port }],
          env: [
            { name: 'NIM_CACHE_PATH', value: '/model-store' },
            { name: KEY, valueFrom: { secretKeyRef: { name: authSecret, key: KEY } } },
            { name: 'NIM_SERVER_PORT', value: `${port}` },
            ...env,
          ],
          resources,
          livenessProbe: health('/v1/health/live'),
          readinessProbe: health('/v1/health/ready'),
          startupProbe: startupProbe?.probe ?? health('/v1/health/ready'),
          volumeMounts: [
            { name: 'model-store', mountPath: '/model-store' },
            { name: 'dshm', mountPath: '/dev/shm' },
          ],
        },
      ],
      volumes: [
        { name: 'dshm', emptyDir: { medium: 'Memory', sizeLimit: storage.sharedMemorySizeLimit } },
        storage.nimCache
          ? {
              name: 'model-store',
              persistentVolumeClaim: { claimName: claimName(storage.nimCache.name) },
            }
          : { name: 'model-store', emptyDir: {} },
      ],
    },
  };
}

function cacheTemplate(owner: KubeObject): Json {
  const { name } = owner.metadata;
  const { ngc } = owner.spec.source;
  const { userID, groupID } = owner.spec;
  return {
    metadata: { labels: { app: 'k8s-nim-operator', 'app.kubernetes.io/name': name } },
    spec: {
      ...placed(owner.spec),
      restartPolicy: 'Never',
      ...(ngc.pullSecret && { imagePullSecrets: [{ name: ngc.pullSecret }] }),
      securityContext: { runAsUser: userID, fsGroup: groupID, runAsNonRoot: true },
      containers: [
        {
          name: 'nim-cache',
          image: ngc.modelPuller,
          command: ['download-to-cache'],
          envFrom: [{ secretRef: { name: ngc.authSecret } }],
          env: [{ name: 'NIM_CACHE_PATH', value: '/model-store' }],
          volumeMounts: [{ name: 'nim-cache-volume', mountPath: '/model-store' }],
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ['ALL'] },
            runAsNonRoot: true,
            runAsUser: userID,
            runAsGroup: groupID,
          },
        },
      ],
      volumes: [{ name: 'nim-cache-volume', persistentVolumeClaim: { claimName: claimName(name) } }],
    },
  };
}

function placed({ nodeSelector, tolerations, runtimeClassName }: Json): Json {
  return {
    ...(nodeSelector && { nodeSelector }),
    ...(tolerations && { tolerations }),
    ...(runtimeClassName && { runtimeClassName }),
  };
}

function serviceLabels({ metadata: { name }, spec }: KubeObject): Json {
  return {
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/part-of': 'nim-service',
    'app.kubernetes.io/managed-by': 'k8s-nim-operator',
    ...spec.labels,
  };
}

function claimName(cache: string): string {
  return `${cache}-pvc`;
}
