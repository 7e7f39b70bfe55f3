/** What the owner of one cluster of each kind answers, so that the smallest example comes out. */
export const answers: Readonly<Record<string, Readonly<Record<string, unknown>> & { accelerator: string }>> =
  {
    aks: {
      accelerator: 'a100-80-sxm',
      mode: 'cluster-autoscaler',
      storageClass: { nodeBound: 'managed-csi-premium' },
    },
    'alibaba-ack': { accelerator: 'a10', mode: 'managed', storageClass: { nodeBound: 'alicloud-disk-essd' } },
    'alibaba-apsara-stack': {
      accelerator: 'a100-80-sxm',
      resource: 'nvidia.com/gpu',
      nodeLabel: { key: 'nvidia.com/gpu.product', values: ['NVIDIA-A100-SXM4-80GB'] },
      dnsAddresses: ['10.0.0.10/32'],
      driver: '580',
      storageClass: { nodeBound: 'alicloud-disk-cloud-sperf' },
    },
    'baidu-cce': { accelerator: 'a800-80-sxm', storageClass: { shared: 'cfs' } },
    coreweave: {
      accelerator: 'h100-sxm',
      machine: 'gd-8xh100ib-i128',
      storageClass: { shared: 'shared-vast' },
    },
    eks: {
      accelerator: 'l40s',
      mode: 'karpenter',
      storageClass: { shared: 'efs-sc' },
      identity: { annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/chat' } },
      pool: { ec2: { role: 'gpu-nodes', discovery: 'main', image: 'bottlerocket@v1.20.4' } },
    },
    gke: {
      accelerator: 'l4',
      mode: 'standard',
      storageClass: { nodeBound: 'premium-rwo' },
      pool: { zones: ['us-central1-a'] },
    },
    'huawei-cce': {
      accelerator: 'a100-80-sxm',
      mode: 'gpu',
      machine: 'the-owners-machine',
      storageClass: { shared: 'csi-sfsturbo' },
    },
    'ibm-iks-roks': {
      accelerator: 'l40s',
      mode: 'roks',
      storageClass: { shared: 'ibmc-vpc-file-1000-iops' },
    },
    openshift: {
      accelerator: 'l40s',
      mode: 'self-managed',
      driver: '580',
      storageClass: { shared: 'ocs-cephfs' },
    },
    'oracle-oke': { accelerator: 'a10', machine: 'VM.GPU.A10.1', storageClass: { nodeBound: 'oci-bv' } },
    'rke2-k3s': {
      accelerator: 'l4',
      mode: 'k3s',
      runtimeClass: 'nvidia',
      storageClass: { nodeBound: 'local-path' },
    },
    'tencent-tce': {
      accelerator: 'a100-80-sxm',
      nodeLabel: { key: 'nvidia.com/gpu.product', values: ['NVIDIA-A100-SXM4-80GB'] },
      driver: '580',
      storageClass: { nodeBound: 'cbs' },
    },
    'tencent-tke': { accelerator: 'a10', mode: 'native-node', storageClass: { nodeBound: 'cbs' } },
    upstream: { accelerator: 'l40s', mode: 'any', driver: '580', storageClass: { shared: 'cephfs' } },
    'volcengine-vke': { accelerator: 'a10', storageClass: { nodeBound: 'ebs-essd' } },
  };
