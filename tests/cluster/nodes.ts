import type { GpuProduct } from './gpu-products.js';
import type { KubeObject } from './kube-object.js';

/** GPUs of a simulated node. */
export const NODE_SIZES = [1, 4, 8] as const;
export type NodeSize = (typeof NODE_SIZES)[number];

// CPUs and memory of usual servers with so many GPUs.
const HOSTS: Record<NodeSize | 0, { readonly cpu: string; readonly memory: string }> = {
  0: { cpu: '32', memory: '128Gi' },
  1: { cpu: '32', memory: '256Gi' },
  4: { cpu: '96', memory: '1Ti' },
  8: { cpu: '192', memory: '2Ti' },
};

export interface NodeProps {
  readonly name: string;
  /** @default none: a node without GPUs, labels of GPUs and taint */
  readonly gpu?: { readonly product: GpuProduct; readonly count: NodeSize };
  /** An extended resource of another vendor; its node is tainted with the resource's name. @default none */
  readonly device?: { readonly resource: string; readonly count: number };
  /** @default none beyond the usual ones */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A node that kwok keeps alive: labels and taint as GPU feature discovery and the GPU operator leave them. */
export function simulatedNode({ name, gpu, device, labels = {} }: NodeProps): KubeObject {
  const host = HOSTS[gpu?.count ?? (device ? 8 : 0)];
  const devices = gpu
    ? { 'nvidia.com/gpu': String(gpu.count) }
    : device
      ? { [device.resource]: String(device.count) }
      : {};
  const resources = { ...host, pods: '110', 'ephemeral-storage': '7Ti', ...devices };
  const taintKey = gpu ? 'nvidia.com/gpu' : device?.resource;
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      annotations: { 'kwok.x-k8s.io/node': 'fake' },
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'topology.kubernetes.io/region': 'simulated',
        'topology.kubernetes.io/zone': 'simulated-a',
        ...(gpu && gpuLabels(gpu.product, gpu.count)),
        ...labels,
      },
    },
    spec: taintKey ? { taints: [{ key: taintKey, value: 'present', effect: 'NoSchedule' }] } : {},
    status: { capacity: resources, allocatable: resources },
  };
}

/** The labels that GPU feature discovery writes on a node without sharing or MIG. */
export function gpuLabels(product: GpuProduct, count: number): Readonly<Record<string, string>> {
  const [major = '', minor = ''] = product.compute.split('.');
  return {
    'nvidia.com/gpu.present': 'true',
    'nvidia.com/gpu.product': product.label,
    'nvidia.com/gpu.memory': String(product.memoryMib),
    'nvidia.com/gpu.count': String(count),
    'nvidia.com/gpu.replicas': '1',
    'nvidia.com/gpu.sharing-strategy': 'none',
    'nvidia.com/gpu.family': product.family,
    'nvidia.com/gpu.compute.major': major,
    'nvidia.com/gpu.compute.minor': minor,
    'nvidia.com/mig.capable': String(Number(major) >= 8 && product.memoryMib > 40_000),
    'nvidia.com/mig.strategy': 'none',
    'nvidia.com/cuda.driver-version.major': '580',
    'nvidia.com/cuda.driver-version.full': '580.95.05',
    'nvidia.com/cuda.runtime-version.full': '13.0',
  };
}
