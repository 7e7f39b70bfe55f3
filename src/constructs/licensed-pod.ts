import type { IContainer, IPodTemplateSpec } from 'kubernetes-models/v1';
import { DO_NOT_DISRUPT } from '../kubernetes/annotations.js';
import { imageReference } from '../kubernetes/image.js';
import { nodeAffinity } from '../kubernetes/node-affinity.js';
import { containerSecurity, podSecurity } from '../kubernetes/security-context.js';
import { spreadOverNodes } from '../kubernetes/spread.js';
import { tolerations } from '../kubernetes/tolerations.js';
import type { LicensedPlan } from '../plan/licensed-plan.js';

/** Endpoint removal must reach every proxy before the container is asked to stop. */
const PRE_STOP_SECONDS = 15;
const SPARE_SECONDS = 15;
const STARTUP_PERIOD_SECONDS = 10;
/** Init container that waits for a licence server. */
export const LICENCE_WAIT = 'wait-for-licence';
const LICENCE_FOLDER_VOLUME = 'licence';
/** Bounded, so that a missing licence server shows as a failed start and not as a pod that hangs. */
const WAIT_FOR_LICENCE =
  'i=0; until nc -z -w 2 "$0" "$1"; do i=$((i+1)); if [ "$i" -ge 120 ]; then echo "no licence server at $0:$1" >&2; exit 1; fi; sleep 5; done';

/** Pod of a licensed container: what was given, in a closed pod; nothing of the vendor's is assumed. */
export function licensedPod(
  plan: LicensedPlan,
  labels: Readonly<Record<string, string>>,
  selector: Readonly<Record<string, string>>,
) {
  const { licence, platform, accelerator, user, storage, resources } = plan;
  return {
    metadata: {
      labels: { ...labels },
      annotations: {
        ...DO_NOT_DISRUPT,
        ...platform.podAnnotations,
        'berth.dev/read-only-root-filesystem': 'off: the vendor does not say where the container writes',
        'berth.dev/licensed-by': plan.vendor,
        'berth.dev/licence-kind': licence.kind,
        ...(plan.eulaAcceptedBy !== null && { 'berth.dev/terms-accepted-by': plan.eulaAcceptedBy }),
      },
    },
    spec: {
      serviceAccountName: plan.name,
      automountServiceAccountToken: false,
      ...(plan.imagePullSecret !== null && { imagePullSecrets: [{ name: plan.imagePullSecret }] }),
      enableServiceLinks: false,
      securityContext: podSecurity(user),
      runtimeClassName: accelerator.runtimeClass ?? undefined,
      schedulerName: platform.schedulerName ?? undefined,
      terminationGracePeriodSeconds: PRE_STOP_SECONDS + plan.shutdownSeconds + SPARE_SECONDS,
      tolerations: tolerations(accelerator.tolerationKeys),
      affinity: nodeAffinity(accelerator),
      topologySpreadConstraints: spreadOverNodes(selector),
      ...(licence.kind === 'licence-server' && { initContainers: [waitForLicence(licence)] }),
      containers: [container(plan)],
      volumes: [
        ...(storage === null ? [] : [{ name: 'model', persistentVolumeClaim: { claimName: 'model' } }]),
        { name: 'tmp', emptyDir: { sizeLimit: `${Math.ceil(resources.ephemeralStorageGib / 2)}Gi` } },
        ...(resources.sharedMemoryGib > 0
          ? [
              {
                name: 'shm',
                emptyDir: { medium: 'Memory' as const, sizeLimit: `${resources.sharedMemoryGib}Gi` },
              },
            ]
          : []),
        ...(licence.kind === 'file'
          ? [
              {
                name: LICENCE_FOLDER_VOLUME,
                secret: {
                  secretName: licence.secret.secretName,
                  defaultMode: 0o440,
                  items: [{ key: licence.secret.key, path: fileName(licence.mountPath) }],
                },
              },
            ]
          : []),
      ],
    },
  } satisfies IPodTemplateSpec;
}

function container(plan: LicensedPlan) {
  const { resources, accelerator, licence, storage } = plan;
  const memory = `${resources.memoryGib + resources.sharedMemoryGib}Gi`;
  const disk = `${resources.ephemeralStorageGib}Gi`;
  const accelerators = { [accelerator.resource]: accelerator.count };
  return {
    name: 'server',
    image: imageReference(plan.image),
    imagePullPolicy: 'IfNotPresent',
    ...(plan.command.length > 0 && { command: [...plan.command] }),
    ...(plan.args.length > 0 && { args: [...plan.args] }),
    ports: [
      { name: 'http', containerPort: plan.port },
      ...(plan.metrics !== null && plan.metrics.port !== plan.port
        ? [{ name: 'metrics', containerPort: plan.metrics.port }]
        : []),
    ],
    env: [
      ...plan.env.map((variable) => ({ ...variable })),
      ...(licence.kind === 'env-key'
        ? [
            {
              name: licence.variable,
              valueFrom: { secretKeyRef: { name: licence.secret.secretName, key: licence.secret.key } },
            },
          ]
        : []),
    ],
    resources: {
      requests: { cpu: `${resources.cpus}`, memory, 'ephemeral-storage': disk, ...accelerators },
      limits: { memory, 'ephemeral-storage': disk, ...accelerators },
    },
    ...probes(plan),
    lifecycle: { preStop: { sleep: { seconds: PRE_STOP_SECONDS } } },
    securityContext: containerSecurity(false),
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [
      ...(storage === null ? [] : [{ name: 'model', mountPath: storage.mountPath }]),
      { name: 'tmp', mountPath: '/tmp' },
      ...(resources.sharedMemoryGib > 0 ? [{ name: 'shm', mountPath: '/dev/shm' }] : []),
      ...(licence.kind === 'file'
        ? [{ name: LICENCE_FOLDER_VOLUME, mountPath: folderOf(licence.mountPath), readOnly: true }]
        : []),
    ],
  } satisfies IContainer;
}

/** Where the vendor documents no probes the open port counts: a port that closes is dead, a container that hangs is not seen. */
function probes({ probes: paths, startupBudgetSeconds }: LicensedPlan) {
  const failureThreshold = Math.ceil(startupBudgetSeconds / STARTUP_PERIOD_SECONDS);
  const startup = { periodSeconds: STARTUP_PERIOD_SECONDS, timeoutSeconds: 5, failureThreshold };
  if (paths === null) {
    const open = { tcpSocket: { port: 'http' } };
    return {
      startupProbe: { ...open, ...startup },
      readinessProbe: { ...open, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 2 },
      livenessProbe: { ...open, periodSeconds: 10, timeoutSeconds: 10, failureThreshold: 10 },
    } satisfies Partial<IContainer>;
  }
  const at = (path: string) => ({ httpGet: { path, port: 'http', scheme: 'HTTP' as const } });
  return {
    startupProbe: { ...at(paths.startup), ...startup },
    readinessProbe: { ...at(paths.readiness), periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 2 },
    livenessProbe: { ...at(paths.liveness), periodSeconds: 10, timeoutSeconds: 10, failureThreshold: 10 },
  } satisfies Partial<IContainer>;
}

function waitForLicence({
  host,
  port,
  waitImage,
}: Extract<LicensedPlan['licence'], { kind: 'licence-server' }>) {
  return {
    name: LICENCE_WAIT,
    image: waitImage,
    imagePullPolicy: 'IfNotPresent',
    command: ['sh', '-c', WAIT_FOR_LICENCE],
    args: [host, `${port}`],
    resources: {
      requests: { cpu: '50m', memory: '32Mi', 'ephemeral-storage': '16Mi' },
      limits: { memory: '32Mi', 'ephemeral-storage': '16Mi' },
    },
    securityContext: containerSecurity(true),
    terminationMessagePolicy: 'FallbackToLogsOnError',
  } satisfies IContainer;
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}
