import * as z from 'zod';
import { Id } from '../catalog/facts.js';

const name = z.string().min(1);
const texts = z.record(name, z.string());

const Pool = z.strictObject({
  nodeClass: name
    .optional()
    .describe('Node class that exists, whose owner keeps images, network and roles. Or `ec2`.'),
  ec2: z
    .strictObject({
      role: name.describe('IAM role of the nodes, by name.'),
      discovery: name.describe('Value of the tag karpenter.sh/discovery on subnets and security groups.'),
      image: z
        .string()
        .regex(/^[a-z0-9]+@(?!latest$)[\w.-]+$/)
        .describe('Alias of the node image with its version, e.g. bottlerocket@v1.40.0.'),
      diskGib: z.int().min(100).optional().describe('Disk of a node, GiB. Default: 200.'),
    })
    .optional()
    .describe('Berth emits an EC2NodeClass (EKS with Karpenter).'),
  capacity: z
    .array(z.enum(['on-demand', 'spot', 'reserved']))
    .min(1)
    .optional()
    .describe('What the nodes may be. Default: on-demand; spot nodes go with two minutes of notice.'),
  zones: z.array(name).min(1).optional().describe('Zones of the nodes, those of the weights volume.'),
});

/** What a kind of cluster leaves open, answered: keys of `cluster`. */
export const cloudShape = {
  mode: Id.optional().describe('Way to run nodes, where the kind has several, e.g. karpenter.'),
  machine: name.optional().describe('Machine type of the GPU nodes, e.g. g6e.12xlarge.'),
  nodeLabel: z
    .strictObject({
      key: name.describe('Key of the label.'),
      values: z.array(name).min(1).describe('Values that will do.'),
    })
    .optional()
    .describe("Label of the GPU nodes, where the kind's own is unknown."),
  resource: name
    .optional()
    .describe("Resource that stands for whole cards, where the kind's own is unknown, e.g. nvidia.com/gpu."),
  dnsAddresses: z
    .array(z.union([z.cidrv4(), z.cidrv6()]))
    .optional()
    .describe('Resolvers outside of pods, as CIDRs, e.g. 169.254.20.10/32.'),
  registryMirror: name
    .optional()
    .describe('Registry and path that stand in place of docker.io, e.g. registry.example.cn/docker.io.'),
  imagePullSecretName: name
    .optional()
    .describe('Secret of type dockerconfigjson by which nodes pull images. Default: none.'),
  loadBalancer: z
    .strictObject({
      annotations: texts.describe('Annotations of the Service of an own Gateway.'),
    })
    .optional()
    .describe('What the load balancer of an own Gateway needs to stay inside.'),
  identity: z
    .strictObject({
      annotations: texts.describe('Annotations of the ServiceAccounts: role, client id, principal.'),
      component: z
        .boolean()
        .optional()
        .describe('The component that hands the credentials in runs in this cluster.'),
    })
    .optional()
    .describe('How pods sign in to the cloud without a key.'),
  pool: Pool.optional().describe(
    'Nodes that the cluster makes for this, where its kind has objects for that.',
  ),
};
