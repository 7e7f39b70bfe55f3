import type { Change } from '../project/resolve.js';

/** A change that brings the finding, and one beside it that does not. */
export interface Pair {
  readonly check: string;
  readonly severity: string;
  readonly fails: Change;
  readonly says: string;
  readonly passes: Change;
}

const ack = {
  'env.cluster.kind': 'alibaba-ack',
  'env.cluster.mode': 'managed',
  'env.cluster.accelerator': 'a10',
  precision: 'bf16',
};
const exposed = (annotations?: Record<string, string>) => ({
  expose: {
    mode: 'internal',
    host: 'llm.example.internal',
    via: 'gateway-api',
    tls: { secretName: 'tls' },
    clientKeys: { secretRef: { name: 'k', key: 'k' } },
  },
  ...(annotations && { 'env.cluster.loadBalancer': { annotations } }),
});
const eks = { 'env.cluster.kind': 'eks', 'env.cluster.mode': 'karpenter' };
const gke = { 'env.cluster.kind': 'gke', 'env.cluster.mode': 'standard', 'env.cluster.accelerator': 'l4' };
const vswitch = 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-vswitch-id';

export const pairs: readonly Pair[] = [
  {
    check: 'provider/driver-floor',
    severity: 'warning',
    fails: ack,
    says: 'v0.32.0-cu129',
    passes: { ...ack, 'env.cluster.driver': '580.126.09' },
  },
  {
    check: 'provider/shared-gpu',
    severity: 'error',
    fails: { ...ack, 'env.cluster.resource': 'aliyun.com/gpu-mem' },
    says: 'aliyun.com/gpu-mem',
    passes: ack,
  },
  {
    check: 'provider/shared-gpu',
    severity: 'error',
    fails: { ...ack, 'env.cluster.nodeLabel': { key: 'ack.node.gpu.schedule', values: ['share'] } },
    says: 'ack.node.gpu.schedule=share',
    passes: { ...ack, 'env.cluster.nodeLabel': { key: 'pool', values: ['gpu'] } },
  },
  {
    check: 'provider/public-lb',
    severity: 'error',
    fails: { ...ack, ...exposed() },
    says: 'public address',
    passes: { ...ack, ...exposed({ [vswitch]: 'vsw-1' }) },
  },
  {
    check: 'provider/lb-timeout',
    severity: 'warning',
    fails: { 'env.cluster.kind': 'oracle-oke', 'env.cluster.machine': 'BM.GPU.A100-v2.8', ...exposed() },
    says: 'for 60 s',
    passes: {
      'env.cluster.kind': 'oracle-oke',
      'env.cluster.machine': 'BM.GPU.A100-v2.8',
      ...exposed({ 'service.beta.kubernetes.io/oci-load-balancer-connection-idle-timeout': '900' }),
    },
  },
  {
    check: 'provider/netpol-enforced',
    severity: 'question',
    fails: { ...eks, 'env.cluster.capabilities': [] },
    says: 'enableNetworkPolicy',
    passes: eks,
  },
  {
    check: 'provider/dns-egress',
    severity: 'error',
    fails: { 'env.cluster.kind': 'alibaba-apsara-stack' },
    says: 'ask for names',
    passes: { 'env.cluster.kind': 'alibaba-apsara-stack', 'env.cluster.dnsAddresses': ['10.0.0.10/32'] },
  },
  {
    check: 'provider/storage-class-exists',
    severity: 'error',
    fails: { ...eks, 'env.cluster.storageClass': { shared: 'gp3' } },
    says: 'offers ReadWriteOnce',
    passes: { ...eks, 'env.cluster.storageClass': { shared: 'efs-sc' } },
  },
  {
    check: 'provider/storage-class-exists',
    severity: 'question',
    fails: { ...eks, 'env.cluster.storageClass': undefined, 'env.sizing.replicas': { min: 1, max: 1 } },
    says: 'no storage class',
    passes: {
      ...eks,
      'env.cluster.storageClass': { nodeBound: 'gp3' },
      'env.sizing.replicas': { min: 1, max: 1 },
    },
  },
  {
    check: 'provider/gpu-label-known',
    severity: 'error',
    fails: { 'env.cluster.kind': 'coreweave', 'env.cluster.accelerator': 'l4' },
    says: 'no label and no machine',
    passes: {
      'env.cluster.kind': 'coreweave',
      'env.cluster.accelerator': 'l4',
      'env.cluster.machine': 'gd-1xl4',
    },
  },
  {
    check: 'provider/identity',
    severity: 'error',
    fails: { ...ack, 'env.cluster.identity': { annotations: { 'eks.amazonaws.com/role-arn': 'r' } } },
    says: 'no annotation of',
    passes: {
      ...ack,
      'env.cluster.identity': {
        annotations: { 'pod-identity.alibabacloud.com/role-name': 'r' },
        component: true,
      },
    },
  },
  {
    check: 'provider/identity',
    severity: 'question',
    fails: {
      ...ack,
      'env.cluster.identity': { annotations: { 'pod-identity.alibabacloud.com/role-name': 'r' } },
    },
    says: 'ack-pod-identity-webhook',
    passes: {
      ...ack,
      'env.cluster.identity': {
        annotations: { 'pod-identity.alibabacloud.com/role-name': 'r' },
        component: true,
      },
    },
  },
  {
    check: 'provider/price-age',
    severity: 'warning',
    fails: {
      ...eks,
      'env.cluster.accelerator': 'a10g',
      'env.cluster.region': 'cn-north-1',
      'env.cluster.machine': 'g5.xlarge',
    },
    says: '2024-11-06',
    passes: {
      ...eks,
      'env.cluster.accelerator': 'a10g',
      'env.cluster.region': 'us-east-1',
      'env.cluster.machine': 'g5.xlarge',
    },
  },
  {
    check: 'provider/mode',
    severity: 'question',
    fails: { 'env.cluster.kind': 'eks' },
    says: '3 modes',
    passes: eks,
  },
  {
    check: 'provider/mode',
    severity: 'error',
    fails: { ...eks, 'env.cluster.mode': 'spot' },
    says: "no mode 'spot'",
    passes: eks,
  },
  {
    check: 'provider/mode',
    severity: 'error',
    fails: { ...ack, 'env.cluster.pool': { nodeClass: 'gpu' } },
    says: 'cluster.pool is set',
    passes: { ...eks, 'env.cluster.pool': { nodeClass: 'gpu' } },
  },
  {
    check: 'provider/mode',
    severity: 'error',
    fails: { ...eks, 'env.cluster.pool': {} },
    says: 'names no node class',
    passes: { ...eks, 'env.cluster.pool': { nodeClass: 'gpu' } },
  },
  {
    check: 'provider/mode',
    severity: 'error',
    fails: { ...gke, 'env.cluster.pool': { nodeClass: 'gpu' } },
    says: 'Google Kubernetes Engine has none',
    passes: { ...gke, 'env.cluster.pool': { zones: ['us-central1-a'] } },
  },
  {
    check: 'provider/mainland-registry',
    severity: 'warning',
    fails: { ...ack, 'env.cluster.region': 'cn-hangzhou' },
    says: 'docker.io',
    passes: {
      ...ack,
      'env.cluster.region': 'cn-hangzhou',
      'env.cluster.registryMirror': 'registry.example.cn/docker.io',
    },
  },
  {
    check: 'provider/mainland-hub',
    severity: 'warning',
    fails: { ...ack, 'env.cluster.region': 'cn-hangzhou' },
    says: 'huggingface.co',
    passes: { ...ack, 'env.cluster.region': 'cn-hangzhou', 'weights.source': 'modelscope' },
  },
];
