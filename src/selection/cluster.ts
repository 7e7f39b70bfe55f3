import * as z from 'zod';
import { Id } from '../catalog/facts.js';
import { mustBe } from '../catalog/issue-message.js';
import { cloudShape } from './cluster-cloud.js';

/** Add-ons whose custom resources Berth emits. What a cluster lacks is left out and said so. */
export const CAPABILITIES = [
  'keda',
  'prometheus-operator',
  'grafana',
  'external-secrets',
  'gateway-api',
  'cert-manager',
  'ingress',
  'network-policy',
  'lws',
  'nim-operator',
  'istio',
] as const;
export const Capability = z.enum(CAPABILITIES);
export type Capability = z.infer<typeof Capability>;

/** Kubernetes minors that Berth emits for and tests against. */
export const KUBERNETES_VERSIONS = ['1.34', '1.35', '1.36', '1.37'] as const;

const positive = z.int().min(1);
const name = z.string().min(1);

const StorageClass = z.strictObject({
  shared: name.optional().describe('Class of ReadWriteMany volumes, reachable from every node.'),
  nodeBound: name
    .optional()
    .describe('Class of ReadWriteOnce volumes, bound to the node of the first pod (WaitForFirstConsumer).'),
  encrypted: z
    .boolean()
    .optional()
    .describe('True where volumes, and the disks of the nodes, are encrypted at rest.'),
  readGibPerSecond: z
    .number()
    .positive()
    .optional()
    .describe('Read speed of the weights volume, GiB/s. Default: 0.5.'),
});

const Prometheus = z.strictObject({
  address: z.url().optional().describe('Where KEDA reads metrics, e.g. http://prometheus.monitoring:9090.'),
  namespace: name.optional().describe('Namespace of the Prometheus that scrapes. Default: monitoring.'),
  labels: z
    .record(z.string(), z.string())
    .optional()
    .describe('Labels that its PodMonitor and rule selectors want, e.g. release: kube-prometheus-stack.'),
});

const Grafana = z.strictObject({
  namespace: name
    .optional()
    .describe(
      "Namespace whose ConfigMaps its sidecar reads. Default: the environment's own, for a sidecar that reads all.",
    ),
  folder: name.optional().describe('Folder for the dashboards. Default: the general one.'),
});

const Gateway = z.strictObject({
  className: name.optional().describe('GatewayClass: Berth emits its own Gateway.'),
  name: name.optional().describe('A Gateway that exists, whose owner keeps its TLS.'),
  namespace: name.optional().describe('Namespace of that Gateway and of its proxy pods.'),
});

const Ingress = z.strictObject({
  className: name.optional().describe('IngressClass.'),
  namespace: name.optional().describe("Namespace of the controller's pods."),
});

/** The cluster of one environment, or one file of clusters/. Every key is optional: what is not said is asked for or left out. */
export const Cluster = z.strictObject({
  kubernetes: z.enum(KUBERNETES_VERSIONS).optional().describe('Minor of the API server, in quotes.'),
  kind: Id.optional().describe(
    'Kind of the cluster, e.g. upstream, eks, gke; `berth list clusters` shows them.',
  ),
  accelerator: Id.optional().describe('Catalogue id of its accelerators, e.g. h100-sxm.'),
  gpusPerNode: positive.optional().describe('Accelerators of one node.'),
  nodes: positive.optional().describe('Nodes with accelerators.'),
  nodeMemoryGib: z.number().positive().optional().describe('Allocatable memory of such a node, GiB.'),
  storageClass: StorageClass.optional().describe('Storage for the weights.'),
  capabilities: z.array(Capability).optional().describe('Add-ons that the cluster has. Default: none.'),
  prometheus: Prometheus.optional().describe('The Prometheus that scrapes and that KEDA asks.'),
  grafana: Grafana.optional().describe('The Grafana whose sidecar loads dashboards from ConfigMaps.'),
  gateway: Gateway.optional().describe('Entry by Gateway API.'),
  ingress: Ingress.optional().describe('Entry by Ingress.'),
  runtimeClass: name
    .optional()
    .describe("RuntimeClass of GPU pods. Default: none, where the runtime's default sees the GPUs."),
  region: name
    .optional()
    .describe("The cloud's own word for where the nodes are, e.g. eu-central-1 or cn-beijing."),
  site: z
    .enum(['data-centre', 'server-room', 'office'])
    .optional()
    .describe(
      'Where its machines stand: driver licences of gaming cards ask. A public cloud is a data centre.',
    ),
  driver: z
    .string()
    .regex(/^\d{3}(\.\d+)*$/, mustBe('a driver version in quotes such as "580" or "570.172.08"'))
    .optional()
    .describe('CUDA driver of the nodes, in quotes: older than 580 takes the CUDA 12 image.'),
  taints: z.array(name).optional().describe('Taint keys of the GPU nodes beside nvidia.com/gpu.'),
  gitops: z.enum(['argocd', 'flux', 'none']).optional().describe('What applies the manifests.'),
  ...cloudShape,
});
export type Cluster = z.infer<typeof Cluster>;
