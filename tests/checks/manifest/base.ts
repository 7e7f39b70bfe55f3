import type { KubernetesObject } from '../../../src/inspect/types.js';
import { rules } from './base-rules.js';

/** Everything of the base set stands here. */
export const NAMESPACE = 'chat-production';
const HOME = '/home/vllm';
const IMAGE = 'vllm/vllm-openai:v0.32.0';

const labels = {
  'app.kubernetes.io/name': 'vllm',
  'app.kubernetes.io/instance': 'chat',
  'app.kubernetes.io/component': 'server',
};
const jobLabels = {
  ...labels,
  'app.kubernetes.io/name': 'weights',
  'app.kubernetes.io/component': 'weights',
};
const metadata = { name: 'server', namespace: NAMESPACE, labels };

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
const metrics = 'namespace="chat-production",model_name="qwen3-32b"';

const deployment: KubernetesObject = {
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

const job: KubernetesObject = {
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

const network = (name: string, spec: object): KubernetesObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: NAMESPACE },
  spec,
});
const namespacePeer = (name: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});

/** A set in which no check finds anything: two GPUs, scaled, watched, closed and exposed by a Gateway. */
export function base(): KubernetesObject[] {
  return structuredClone([
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: NAMESPACE, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
    },
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'server', namespace: NAMESPACE },
      automountServiceAccountToken: false,
    },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name: 'weights',
        namespace: NAMESPACE,
        annotations: {
          'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
          'kustomize.toolkit.fluxcd.io/prune': 'disabled',
        },
      },
      spec: {
        accessModes: ['ReadWriteMany'],
        storageClassName: 'cephfs',
        resources: { requests: { storage: '50Gi' } },
      },
    },
    job,
    deployment,
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { selector: labels, ports: [{ name: 'http', port: 8000, targetPort: 'http' }] },
    },
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata,
      spec: {
        maxUnavailable: 1,
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
        selector: { matchLabels: labels },
      },
    },
    network('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
    network('server-from-clients', {
      podSelector: { matchLabels: labels },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [namespacePeer('gateway'), namespacePeer('monitoring')],
          ports: [{ port: 8000, protocol: 'TCP' }],
        },
      ],
    }),
    network('weights-to-hub', {
      podSelector: { matchLabels: jobLabels },
      policyTypes: ['Egress'],
      egress: [
        { to: [namespacePeer('kube-system')], ports: [{ port: 53, protocol: 'UDP' }] },
        {
          to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.169.254/32'] } }],
          ports: [{ port: 443, protocol: 'TCP' }],
        },
      ],
    }),
    {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      metadata,
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'server' },
        minReplicaCount: 1,
        maxReplicaCount: 4,
        pollingInterval: 15,
        cooldownPeriod: 1200,
        fallback: { failureThreshold: 3, replicas: 1, behavior: 'currentReplicasIfHigher' },
        advanced: {
          horizontalPodAutoscalerConfig: {
            behavior: {
              scaleUp: {
                stabilizationWindowSeconds: 60,
                policies: [{ type: 'Pods', value: 1, periodSeconds: 300 }],
              },
              scaleDown: {
                stabilizationWindowSeconds: 600,
                policies: [{ type: 'Pods', value: 1, periodSeconds: 120 }],
              },
            },
          },
        },
        triggers: [
          {
            type: 'prometheus',
            name: 'waiting',
            metadata: {
              serverAddress: 'http://prometheus.monitoring:9090',
              query: `sum(vllm:num_requests_waiting_by_reason{${metrics},reason="capacity"})`,
              threshold: '5',
              ignoreNullValues: 'false',
            },
          },
          {
            type: 'prometheus',
            name: 'running',
            metadata: {
              serverAddress: 'http://prometheus.monitoring:9090',
              query: `sum(vllm:num_requests_running{${metrics}})`,
              threshold: '48',
              ignoreNullValues: 'false',
            },
          },
        ],
      },
    },
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata,
      spec: {
        selector: { matchLabels: labels },
        podMetricsEndpoints: [{ port: 'http', path: '/metrics', interval: '15s' }],
      },
    },
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata,
      spec: { groups: [{ name: 'server', rules: rules(metrics) }] },
    },
    {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: 'client-keys', namespace: NAMESPACE },
      spec: {
        refreshInterval: '1h0m0s',
        secretStoreRef: { name: 'vault', kind: 'ClusterSecretStore' },
        target: { name: 'client-keys' },
        data: [{ secretKey: 'key', remoteRef: { key: 'llm/clients' } }],
      },
    },
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata,
      spec: {
        gatewayClassName: 'envoy',
        listeners: [
          {
            name: 'https',
            port: 443,
            protocol: 'HTTPS',
            hostname: 'llm.example.internal',
            tls: { certificateRefs: [{ name: 'server-tls' }] },
          },
        ],
      },
    },
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata,
      spec: {
        parentRefs: [{ name: 'server', sectionName: 'https' }],
        hostnames: ['llm.example.internal'],
        rules: [
          {
            matches: [{ path: { type: 'Exact', value: '/v1/chat/completions' } }],
            timeouts: { request: '0s', backendRequest: '0s' },
            backendRefs: [{ name: 'server', port: 8000 }],
          },
        ],
      },
    },
  ]);
}
