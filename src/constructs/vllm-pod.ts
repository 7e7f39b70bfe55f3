import type { IContainer, IPodTemplateSpec } from 'kubernetes-models/v1';
import { DO_NOT_DISRUPT } from '../kubernetes/annotations.js';
import { type NodeCondition, nodeAffinity } from '../kubernetes/node-affinity.js';
import type { PodUser } from '../kubernetes/security-context.js';
import { containerSecurity, podSecurity, userEnvironment } from '../kubernetes/security-context.js';
import { spreadOverNodes } from '../kubernetes/spread.js';
import { tolerations } from '../kubernetes/tolerations.js';
import { vllmProbes } from './vllm-probes.js';
import { waitForWeights } from './wait-for-weights.js';

/** What one pod of a vLLM server is made of. */
export interface VllmPodProps {
  readonly labels: Readonly<Record<string, string>>;
  /** Labels that select the pods of this server. */
  readonly selector: Readonly<Record<string, string>>;
  /** Image whose entry point is `vllm serve`. */
  readonly image: string;
  /** Arguments after `vllm serve`, the model's path first. */
  readonly args: readonly string[];

  /**
   * Environment beside what every server gets.
   *
   * @default - none.
   */
  readonly env?: readonly { readonly name: string; readonly value: string }[];

  /** Variable that carries the client key, and the Secret that holds it; null where the server asks for none. */
  readonly apiKey: { readonly env: string; readonly secretName: string; readonly key: string } | null;
  readonly port: number;
  readonly user: PodUser;
  readonly serviceAccountName: string;

  /**
   * Secret by which nodes pull the image.
   *
   * @default - none.
   */
  readonly imagePullSecret?: string;

  /** Extended resource, e.g. `nvidia.com/gpu`, and how many of it one pod gets. */
  readonly acceleratorResource: string;
  readonly acceleratorCount: number;
  /** Node label and the values that will do; null for any node that has the resource. */
  readonly nodeLabel: { readonly key: string; readonly values: readonly string[] } | null;
  /**
   * Further conditions on the node's labels.
   *
   * @default - none.
   */
  readonly nodeConditions?: readonly NodeCondition[];

  readonly tolerationKeys: readonly string[];

  /**
   * Scheduler that the accelerator's device plugin needs.
   *
   * @default - the cluster's own.
   */
  readonly schedulerName?: string;

  /**
   * Further annotations of the pod, e.g. what keeps an autoscaler from moving it.
   *
   * @default - none.
   */
  readonly podAnnotations?: Readonly<Record<string, string>>;

  readonly runtimeClass: string | null;

  readonly cpus: number;
  /** Host memory without shared memory, GiB. */
  readonly memoryGib: number;
  /** Size of /dev/shm, GiB; 0 leaves the container runtime's own 64 MiB. Counts as memory of the pod. */
  readonly sharedMemoryGib: number;
  /** Limit of everything that the pod writes to its node, GiB. */
  readonly ephemeralStorageGib: number;
  /** Part of it for the home folder with the compile caches, GiB. */
  readonly cacheGib: number;

  /**
   * Part of it for /tmp, GiB.
   *
   * @default 2
   */
  readonly tmpGib?: number;

  readonly startupBudgetSeconds: number;
  readonly startupPeriodSeconds: number;
  readonly preStopSeconds: number;
  readonly terminationGraceSeconds: number;

  /** PersistentVolumeClaim with the weights, mounted read-only. */
  readonly claimName: string;
  readonly mountPath: string;
  /** Folder below `mountPath` whose marker the pod waits for. */
  readonly folder: string;
  /** Longest wait for it. */
  readonly weightsDeadlineSeconds: number;
}

/** Pod of a vLLM server: offline, read-only weights, no token, Pod Security `restricted`. */
export function vllmPod(props: VllmPodProps) {
  const { user } = props;
  return {
    metadata: {
      labels: { ...props.labels },
      annotations: {
        ...DO_NOT_DISRUPT,
        ...props.podAnnotations,
        'berth.dev/read-only-root-filesystem':
          'off: nvidia-cdi-hook writes into the root filesystem of GPU containers',
      },
    },
    spec: {
      serviceAccountName: props.serviceAccountName,
      automountServiceAccountToken: false,
      ...(props.imagePullSecret !== undefined && { imagePullSecrets: [{ name: props.imagePullSecret }] }),
      // A Service called vllm would set VLLM_PORT, which the engine reads as a port number.
      enableServiceLinks: false,
      securityContext: podSecurity(user),
      runtimeClassName: props.runtimeClass ?? undefined,
      terminationGracePeriodSeconds: props.terminationGraceSeconds,
      tolerations: tolerations(props.tolerationKeys),
      affinity: nodeAffinity(props),
      schedulerName: props.schedulerName,
      topologySpreadConstraints: spreadOverNodes(props.selector),
      initContainers: [
        waitForWeights({
          image: props.image,
          mountPath: props.mountPath,
          folder: props.folder,
          deadlineSeconds: props.weightsDeadlineSeconds,
        }),
      ],
      containers: [serverContainer(props)],
      volumes: [
        { name: 'weights', persistentVolumeClaim: { claimName: props.claimName, readOnly: true } },
        { name: 'home', emptyDir: { sizeLimit: `${props.cacheGib}Gi` } },
        { name: 'tmp', emptyDir: { sizeLimit: `${props.tmpGib ?? 2}Gi` } },
        ...(props.sharedMemoryGib > 0
          ? [
              {
                name: 'shm',
                emptyDir: { medium: 'Memory' as const, sizeLimit: `${props.sharedMemoryGib}Gi` },
              },
            ]
          : []),
      ],
    },
  } satisfies IPodTemplateSpec;
}

function serverContainer(props: VllmPodProps) {
  const { user, apiKey } = props;
  const memory = `${props.memoryGib + props.sharedMemoryGib}Gi`;
  const storage = `${props.ephemeralStorageGib}Gi`;
  const accelerators = { [props.acceleratorResource]: props.acceleratorCount };
  return {
    name: 'server',
    image: props.image,
    imagePullPolicy: 'IfNotPresent',
    args: [...props.args],
    ports: [{ name: 'http', containerPort: props.port }],
    env: [
      ...userEnvironment(user),
      { name: 'HF_HOME', value: `${user.home}/.cache/huggingface` },
      { name: 'VLLM_CACHE_ROOT', value: `${user.home}/.cache/vllm` },
      { name: 'TRITON_CACHE_DIR', value: `${user.home}/.cache/triton` },
      { name: 'TORCHINDUCTOR_CACHE_DIR', value: `${user.home}/.cache/torchinductor` },
      { name: 'HF_HUB_OFFLINE', value: '1' },
      { name: 'TRANSFORMERS_OFFLINE', value: '1' },
      { name: 'VLLM_NO_USAGE_STATS', value: '1' },
      { name: 'DO_NOT_TRACK', value: '1' },
      ...(props.env ?? []),
      ...(apiKey
        ? [{ name: apiKey.env, valueFrom: { secretKeyRef: { name: apiKey.secretName, key: apiKey.key } } }]
        : []),
    ],
    resources: {
      // No CPU limit: a throttled API server shows as slow first tokens.
      requests: { cpu: `${props.cpus}`, memory, 'ephemeral-storage': storage, ...accelerators },
      limits: { memory, 'ephemeral-storage': storage, ...accelerators },
    },
    ...vllmProbes(props),
    // Endpoint removal must reach every proxy before the engine stops taking requests.
    lifecycle: { preStop: { sleep: { seconds: props.preStopSeconds } } },
    securityContext: containerSecurity(false),
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [
      { name: 'weights', mountPath: props.mountPath, readOnly: true },
      { name: 'home', mountPath: user.home },
      { name: 'tmp', mountPath: '/tmp' },
      ...(props.sharedMemoryGib > 0 ? [{ name: 'shm', mountPath: '/dev/shm' }] : []),
    ],
  } satisfies IContainer;
}
