import type { ExposurePlan, Plan, ServerPlan } from '../../src/plan/plan.js';

const CLIENT_KEY = { secretName: 'client-keys', key: 'key' };
const HUB_TOKEN = { secretName: 'hub-token', key: 'token' };

/** A plan as the open-private template makes it: one GPU, shared volume, autoscaling and monitoring, not exposed. */
export function planFixture(server: Partial<ServerPlan> = {}, plan: Partial<Plan> = {}): Plan {
  return {
    planVersion: 1,
    name: 'chat',
    environment: 'production',
    namespace: 'chat-production',
    scheme: 'open-private',
    selection: 'selections/chat.yaml',
    kubernetes: '1.36',
    servers: [{ ...singleGpu(), ...server }],
    gateways: [],
    exposure: null,
    secrets: [],
    settings: [],
    assumptions: [],
    omitted: [],
    overrides: [],
    findings: [],
    alternatives: [],
    notices: [],
    parts: [],
    ...plan,
  };
}

/** Eight GPUs in one pod, with shared memory. */
export function eightGpus(): Partial<ServerPlan> {
  const base = singleGpu();
  return {
    args: engineArgs(8),
    accelerator: { ...base.accelerator, count: 8 },
    resources: { ...base.resources, cpus: 20, memoryGib: 100, sharedMemoryGib: 16 },
  };
}

/** No shared storage class: one replica, on the node that its volume is bound to. */
export function nodeBound(): Partial<ServerPlan> {
  const { weights } = singleGpu();
  return {
    weights: { ...weights, kind: 'node-bound', storageClass: 'local-nvme' },
    calls: null,
    replicas: { min: 1, max: 1 },
    scaling: null,
    rollout: 'recreate',
  };
}

/** A gated repository: the download needs a token. */
export function gated(): Partial<ServerPlan> {
  const { weights, model } = singleGpu();
  return { weights: { ...weights, token: HUB_TOKEN }, model: { ...model, gated: true } };
}

/** Weights from a mirror of the hub. */
export function mirrored(endpoint: string): Partial<ServerPlan> {
  const { weights, model } = singleGpu();
  return {
    model: { ...model, source: 'mirror' },
    weights: { ...weights, endpoint, hosts: [new URL(endpoint).host] },
  };
}

/** Clients must present a key. */
export function withKeys(): Partial<ServerPlan> {
  return { apiKey: { env: 'VLLM_API_KEY', secret: CLIENT_KEY } };
}

/** A cluster without any add-on. */
export function withoutCapabilities(): Partial<ServerPlan> {
  return { scaling: null, monitoring: null };
}

/** Own Gateway of a class, with TLS from an issuer. */
export const byGateway: ExposurePlan = {
  mode: 'internal',
  via: 'gateway-api',
  host: 'llm.example.internal',
  paths: ['/v1/chat/completions', '/v1/models'],
  timeoutSeconds: 3600,
  tls: { secretName: 'server-tls', issuer: { name: 'corp-ca', kind: 'ClusterIssuer' } },
  gateway: { className: 'envoy' },
  ingress: null,
};

/** Ingress of a class, with TLS from an issuer. */
export const byIngress: ExposurePlan = {
  ...byGateway,
  via: 'ingress',
  gateway: null,
  ingress: { className: 'nginx-internal' },
};

/** Secrets that External Secrets writes. */
export const storedSecrets: Plan['secrets'] = [
  {
    ...CLIENT_KEY,
    purpose: 'bearer key of the clients',
    via: 'external',
    ref: { store: 'vault', storeKind: 'ClusterSecretStore', remoteKey: 'llm/clients', property: 'key' },
  },
];

/** The server of `planFixture()`, to vary parts of it. */
export function singleGpu(): ServerPlan {
  return {
    name: 'server',
    model: {
      id: 'qwen3-32b',
      name: 'Qwen3 32B',
      precision: 'fp8',
      licence: 'Apache-2.0',
      licensing: { verdict: 'allowed', licences: [], objections: [], obligations: [] },
      source: 'huggingface',
      repository: 'Qwen/Qwen3-32B-FP8',
      revision: '0123456789abcdef0123456789abcdef01234567',
      gated: false,
    },
    engine: { name: 'vllm', version: '0.32.0', table: '0.32.0' },
    image: { repository: 'vllm/vllm-openai', tag: 'v0.32.0', digest: null },
    accelerator: {
      id: 'h100-sxm',
      name: 'NVIDIA H100 SXM',
      resource: 'nvidia.com/gpu',
      count: 1,
      nodeLabel: {
        key: 'nvidia.com/gpu.product',
        values: ['NVIDIA-H100-80GB-HBM3', 'NVIDIA-H100-80GB-HBM3-SHARED'],
      },
      nodeConditions: [],
      tolerationKeys: ['nvidia.com/gpu'],
      runtimeClass: null,
    },
    sizing: sizing(),
    args: engineArgs(1),
    env: [{ name: 'VLLM_ENGINE_READY_TIMEOUT_S', value: '900' }],
    apiKey: null,
    servedModelNames: ['qwen3-32b'],
    port: 8000,
    user: { uid: 2000, gid: 0, name: 'vllm', home: '/home/vllm', assigned: false },
    resources: { cpus: 6, memoryGib: 40, sharedMemoryGib: 0, ephemeralStorageGib: 15, cacheGib: 10 },
    lifecycle: {
      startupBudgetSeconds: 900,
      startupPeriodSeconds: 10,
      progressDeadlineSeconds: 4800,
      preStopSeconds: 15,
      shutdownTimeoutSeconds: 300,
      terminationGraceSeconds: 345,
      downloadDeadlineSeconds: 3600,
    },
    weights: {
      kind: 'shared',
      storageClass: 'cephfs',
      volumeName: 'weights',
      volumeGib: 50,
      mountPath: '/models',
      folder: 'qwen3-32b-fp8-01234567',
      jobName: 'weights',
      revisionSuffix: '01234567',
      endpoint: null,
      exclude: ['original/*'],
      excludeBesideSafetensors: ['*.bin', 'consolidated*'],
      token: null,
      hosts: ['huggingface.co', '*.hf.co', '*.xethub.hf.co'],
      prune: 'keep',
    },
    calls: null,
    replicas: { min: 1, max: 4 },
    concurrency: { target: 64, admitted: 256 },
    scaling: {
      serverAddress: 'http://prometheus.monitoring:9090',
      waitingThreshold: 16,
      runningThreshold: 51,
      pollingSeconds: 15,
      cooldownSeconds: 300,
      scaleUpStabilizationSeconds: 60,
      scaleUpPeriodSeconds: 180,
      scaleDownStabilizationSeconds: 900,
      fallbackReplicas: 2,
    },
    monitoring: {
      labels: { release: 'kube-prometheus-stack' },
      scrapeIntervalSeconds: 15,
      serviceLevels: { ttftSeconds: 2, interTokenSeconds: 0.05, availability: 0.995 },
      dashboard: { namespace: null, folder: 'Language models' },
    },
    network: {
      enforced: true,
      ingress: [
        { name: 'from-namespace', why: 'pods of this namespace call the model', from: 'same-namespace' },
        { name: 'from-prometheus', why: 'Prometheus scrapes /metrics', from: { namespace: 'monitoring' } },
      ],
      downloadEgress: true,
    },
    platform: {
      kind: null,
      mode: null,
      podAnnotations: {},
      podLabels: {},
      namespaceLabels: {},
      serviceAccountAnnotations: {},
      schedulerName: null,
      imagePullSecret: null,
      dns: { pods: { namespace: 'kube-system', labels: {}, port: 53 }, addresses: ['169.254.20.10/32'] },
      metadataAddresses: ['169.254.169.254'],
      loadBalancer: {},
    },
    pool: null,
    rollout: 'rolling',
  };
}

function engineArgs(tensorParallelSize: number): string[] {
  return [
    '/models/qwen3-32b-fp8-01234567',
    ...['--served-model-name', 'qwen3-32b'],
    ...['--port', '8000'],
    ...['--tensor-parallel-size', `${tensorParallelSize}`],
    ...['--max-model-len', '32768'],
    ...['--max-num-seqs', '64'],
    ...['--max-num-queued-reqs', '256'],
    ...['--shutdown-timeout', '300'],
  ];
}

function sizing(): ServerPlan['sizing'] {
  return {
    fits: true,
    verdict: 'fits',
    settings: {
      precision: 'fp8',
      gpus: 1,
      tensorParallelSize: 1,
      pipelineParallelSize: 1,
      enableExpertParallel: false,
      gpuMemoryUtilization: 0.92,
      maxModelLen: 32768,
      maxNumSeqs: 64,
      maxNumBatchedTokens: 8192,
      kvCacheDtype: 'auto',
      blockSize: 16,
      enforceEager: false,
      compileCache: 'cold',
      engine: '0.32.0',
    },
    perGpu: {
      totalGib: 79.19,
      budgetGib: 72.85,
      weightsGib: 32,
      activationGib: 2,
      nonTorchGib: 1,
      cudaGraphGib: 1,
      kvCacheGib: 36.85,
    },
    kvBytesPerTokenPerGpu: 262_144,
    stateBytesPerSequencePerGpu: 0,
    kvCacheTokens: 150_000,
    maxConcurrency: 4.6,
    kvCacheGibRange: [35, 38],
    graphsInsideBudget: false,
    missingGib: 0,
    missingGibRange: [0, 0],
    blockers: [],
    nearest: [],
    nearestBarely: [],
    host: {
      memoryGib: 40,
      sharedMemoryGib: 0,
      cpus: 6,
      filesGib: 33,
      startupSeconds: 180,
      readGibPerSecond: 0.5,
    },
    throughput: null,
    assumptions: [],
  };
}
