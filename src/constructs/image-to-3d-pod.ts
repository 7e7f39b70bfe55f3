import type { IContainer, IPodTemplateSpec } from 'kubernetes-models/v1';
import { DO_NOT_DISRUPT } from '../kubernetes/annotations.js';
import { nodeAffinity } from '../kubernetes/node-affinity.js';
import { containerSecurity, podSecurity } from '../kubernetes/security-context.js';
import { spreadOverNodes } from '../kubernetes/spread.js';
import { tolerations } from '../kubernetes/tolerations.js';
import type { ImageTo3dPlan } from '../plan/image-to-3d-plan.js';
import { waitForWeights } from './wait-for-weights.js';

/** Where both pods mount the volume of the checkpoint. */
export const WEIGHTS_MOUNT = '/weights';
/** Longest wait for the checkpoint: its download's own deadline. */
const WAIT_SECONDS = 3600;

/** Pod of ComfyUI or of a batch: the checkpoint is read-only, and nothing in it has a way out. */
export function imageTo3dPod(
  plan: ImageTo3dPlan,
  labels: Readonly<Record<string, string>>,
  selector: Readonly<Record<string, string>>,
) {
  const { user, accelerator, platform, run, checkpoint, pictures, licence } = plan;
  return {
    metadata: {
      labels: { ...labels },
      annotations: {
        ...DO_NOT_DISRUPT,
        ...platform.podAnnotations,
        'berth.dev/read-only-root-filesystem': 'off: the program writes beside itself',
        'berth.dev/licence': `${licence.id}, ${licence.purpose}`,
        'berth.dev/terms-accepted-by': licence.acknowledgedBy,
      },
    },
    spec: {
      ...(run === 'job' && { restartPolicy: 'Never' as const }),
      serviceAccountName: 'views',
      automountServiceAccountToken: false,
      ...(plan.imagePullSecret !== null && { imagePullSecrets: [{ name: plan.imagePullSecret }] }),
      enableServiceLinks: false,
      securityContext: podSecurity(user),
      runtimeClassName: accelerator.runtimeClass ?? undefined,
      schedulerName: platform.schedulerName ?? undefined,
      terminationGracePeriodSeconds: 120,
      tolerations: tolerations(accelerator.tolerationKeys),
      affinity: nodeAffinity(accelerator),
      ...(run === 'service' && { topologySpreadConstraints: spreadOverNodes(selector) }),
      initContainers: [
        waitForWeights({
          image: checkpoint.downloadImage,
          mountPath: WEIGHTS_MOUNT,
          folder: checkpoint.folder,
          deadlineSeconds: WAIT_SECONDS,
        }),
      ],
      containers: [program(plan)],
      volumes: [
        { name: 'weights', persistentVolumeClaim: { claimName: 'weights', readOnly: true } },
        { name: 'tmp', emptyDir: { sizeLimit: `${Math.ceil(plan.resources.ephemeralStorageGib / 2)}Gi` } },
        ...(pictures === null
          ? []
          : [{ name: 'pictures', persistentVolumeClaim: { claimName: pictures.claimName } }]),
      ],
    },
  } satisfies IPodTemplateSpec;

  function program({ resources, command, checkpointsPath, port }: ImageTo3dPlan) {
    const memory = `${resources.memoryGib}Gi`;
    const disk = `${resources.ephemeralStorageGib}Gi`;
    const cards = { [accelerator.resource]: accelerator.count };
    return {
      name: 'views',
      image: plan.image,
      imagePullPolicy: 'IfNotPresent',
      command: [...command],
      resources: {
        requests: { cpu: `${resources.cpus}`, memory, 'ephemeral-storage': disk, ...cards },
        limits: { memory, 'ephemeral-storage': disk, ...cards },
      },
      ...(run === 'service' && {
        ports: [{ name: 'http', containerPort: port }],
        ...probes(),
        lifecycle: { preStop: { sleep: { seconds: 15 } } },
      }),
      securityContext: containerSecurity(false),
      terminationMessagePolicy: 'FallbackToLogsOnError',
      volumeMounts: [
        { name: 'weights', mountPath: checkpointsPath, subPath: checkpoint.folder, readOnly: true },
        { name: 'tmp', mountPath: '/tmp' },
        ...(pictures === null ? [] : [{ name: 'pictures', mountPath: pictures.mountPath }]),
      ],
    } satisfies IContainer;
  }
}

/** The one page of ComfyUI that costs nothing and asks for nothing. */
function probes() {
  const page = { httpGet: { path: '/system_stats', port: 'http', scheme: 'HTTP' as const } };
  return {
    startupProbe: { ...page, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 60 },
    readinessProbe: { ...page, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 3 },
    livenessProbe: { ...page, periodSeconds: 10, timeoutSeconds: 10, failureThreshold: 10 },
  } satisfies Partial<IContainer>;
}
