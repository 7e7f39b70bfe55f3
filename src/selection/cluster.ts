import * as z from 'zod';
import { Id } from '../catalog/facts.js';

/** Add-ons whose custom resources Berth emits. What a cluster lacks is left out and said so. */
export const CAPABILITIES = [
  'keda',
  'prometheus-operator',
  'external-secrets',
  'gateway-api',
  'cert-manager',
  'ingress',
  'network-policy',
  'lws',
] as const;
export const Capability = z.enum(CAPABILITIES);
export type Capability = z.infer<typeof Capability>;

/** Kubernetes minors that Berth emits for and tests against. */
export const KUBERNETES_VERSIONS = ['1.34', '1.35', '1.36', '1.37'] as const;

/** The cluster of one environment, or one file of clusters/. Every key is optional: what is not said is asked for or left out. */
export const Cluster = z.strictObject({
  kubernetes: z.enum(KUBERNETES_VERSIONS).optional(),
  kind: Id.optional(),
  accelerator: Id.optional(),
  gpusPerNode: z.int().min(1).optional(),
  /** Nodes with accelerators. */
  nodes: z.int().min(1).optional(),
  /** Allocatable memory of such a node, GiB. */
  nodeMemoryGib: z.number().positive().optional(),
  storageClass: z
    .strictObject({
      /** ReadWriteMany, reachable from every node. */
      shared: z.string().min(1).optional(),
      /** ReadWriteOnce, bound to the node of its first pod (WaitForFirstConsumer). */
      nodeBound: z.string().min(1).optional(),
      /** Read speed of the weights volume, GiB/s. @default 0.5, and the plan says so */
      readGibPerSecond: z.number().positive().optional(),
    })
    .optional(),
  capabilities: z.array(Capability).optional(),
  prometheus: z
    .strictObject({
      /** Where KEDA reads the metrics, e.g. http://prometheus.monitoring:9090. */
      address: z.url().optional(),
      namespace: z.string().min(1).optional(),
      /** Labels that its PodMonitor and rule selectors want, e.g. release: kube-prometheus-stack. */
      labels: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
  gateway: z
    .strictObject({
      /** GatewayClass: Berth emits its own Gateway. */
      className: z.string().min(1).optional(),
      /** An existing Gateway, whose owner keeps its TLS. */
      name: z.string().min(1).optional(),
      namespace: z.string().min(1).optional(),
    })
    .optional(),
  ingress: z
    .strictObject({ className: z.string().min(1).optional(), namespace: z.string().min(1).optional() })
    .optional(),
  /** RuntimeClass of GPU pods. @default - none: the container runtime's default already sees the GPUs */
  runtimeClass: z.string().min(1).optional(),
  /** CUDA driver branch of the nodes, e.g. 570: older than 580 takes the engine's CUDA 12 image. */
  driver: z.string().regex(/^\d{3}(\.\d+)*$/).optional(),
  /** Taint keys of the GPU nodes beside nvidia.com/gpu. */
  taints: z.array(z.string().min(1)).optional(),
  gitops: z.enum(['argocd', 'flux', 'none']).optional(),
});
export type Cluster = z.infer<typeof Cluster>;
