import type { KubernetesObject } from '../../../src/inspect/types.js';

/** Everything of the base set stands here. */
export const NAMESPACE = 'chat-production';
const HOME = '/home/vllm';
const IMAGE = 'vllm/vllm-openai:v0.32.0';

export const labels = {
  'app.kubernetes.io/name': 'vllm',
  'app.kubernetes.io/instance': 'chat',
  'app.kubernetes.io/component': 'server',
};
export const jobLabels = {
  ...labels,
  'app.kubernetes.io/name': 'weights',
  'app.kubernetes.io/component': 'weights',
};
export const metadata = { name: 'server', namespace: NAMESPACE, labels };

const podSecurity = {
  runAsNonRoot: true,
  runAsUser: 2000,
  runAsGroup: 0,
  fsGroup: 0,
  fsGroupChangePolicy: 'OnRootMismatch',
  seccompProfile: { type: 'RuntimeDefault' },
};
const containerSecurity = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const userEnvironment = [
  { name: 'HOME', value: HOME },
  { name: 'USER', value: 'vllm' },
  { name: 'LOGNAME', value: 'vllm' },
];
const health = { path: '/health', port: 'http' };

export const deployment: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata,
  spec: {
    progressDeadlineSeconds: 4800,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
    selector: { matchLabels: labels },
    template: {
      metadata: { labels, annotations: { 'karpenter.sh/do-not-disrupt': 'true' } },
      spec: {
        serviceAccountName: 'server',
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        securityContext: podSecurity,
        terminationGracePeriodSeconds: 345,
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: 'kubernetes.io/hostname',
            whenUnsatisfiable: 'ScheduleAnyway',
            labelSelector: { matchLabels: labels },
          },
        ],
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [
                {
                  matchExpressions: [
                    { key: 'nvidia.com/gpu.product', operator: 'In', values: ['NVIDIA-H100-80GB-HBM3'] },
                  ],
                },
              ],
            },
          },
        },
        initContainers: [
          {
            name: 'wait-for-weights',
            image: IMAGE,
            command: ['python3', '-c', 'wait()'],
            securityContext: containerSecurity,
            volumeMounts: [{ name: 'weights', mountPath: '/models', readOnly: true }],
          },
        ],
        containers: [
          {
            name: 'server',
            image: IMAGE,
            args: [
              '/models/qwen3-32b',
              '--served-model-name',
              'qwen3-32b',
              '--port',
              '8000',
              '--tensor-parallel-size',
              '2',
              '--max-model-len',
              '32768',
              '--max-num-seqs',
              '64',
              '--max-num-queued-reqs',
              '128',
              '--shutdown-timeout',
              '300',
            ],
            ports: [{ name: 'http', containerPort: 8000 }],
            env: [
              ...userEnvironment,
              { name: 'HF_HOME', value: `${HOME}/.cache/huggingface` },
              { name: 'VLLM_CACHE_ROOT', value: `${HOME}/.cache/vllm` },
              { name: 'HF_HUB_OFFLINE', value: '1' },
              { name: 'VLLM_ENGINE_READY_TIMEOUT_S', value: '900' },
              { name: 'VLLM_API_KEY', valueFrom: { secretKeyRef: { name: 'client-keys', key: 'key' } } },
            ],
            resources: {
              requests: { cpu: '8', memory: '56Gi', 'ephemeral-storage': '15Gi', 'nvidia.com/gpu': 2 },
              limits: { memory: '56Gi', 'ephemeral-storage': '15Gi', 'nvidia.com/gpu': 2 },
            },
            startupProbe: { httpGet: health, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 90 },
            livenessProbe: { httpGet: health, periodSeconds: 10, timeoutSeconds: 10, failureThreshold: 10 },
            readinessProbe: { httpGet: health, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 2 },
            lifecycle: { preStop: { sleep: { seconds: 15 } } },
            securityContext: containerSecurity,
            volumeMounts: [
              { name: 'weights', mountPath: '/models', readOnly: true },
              { name: 'home', mountPath: HOME },
              { name: 'tmp', mountPath: '/tmp' },
              { name: 'shm', mountPath: '/dev/shm' },
            ],
          },
        ],
        volumes: [
          { name: 'weights', persistentVolumeClaim: { claimName: 'weights' } },
          { name: 'home', emptyDir: { sizeLimit: '10Gi' } },
          { name: 'tmp', emptyDir: { sizeLimit: '2Gi' } },
          { name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: '16Gi' } },
        ],
      },
    },
  },
};

export const job: KubernetesObject = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'weights-5f2a91cc', namespace: NAMESPACE, labels: jobLabels },
  spec: {
    backoffLimit: 6,
    template: {
      metadata: { labels: jobLabels },
      spec: {
        restartPolicy: 'Never',
        serviceAccountName: 'weights',
        automountServiceAccountToken: false,
        securityContext: podSecurity,
        containers: [
          {
            name: 'download',
            image: IMAGE,
            command: ['python3', '-c', 'download()'],
            args: ['--repository=Qwen/Qwen3-32B', '--folder=/models/qwen3-32b'],
            env: userEnvironment,
            securityContext: containerSecurity,
            volumeMounts: [{ name: 'weights', mountPath: '/models' }],
          },
        ],
        volumes: [{ name: 'weights', persistentVolumeClaim: { claimName: 'weights' } }],
      },
    },
  },
};
