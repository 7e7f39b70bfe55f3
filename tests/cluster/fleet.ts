import { GPU_PRODUCTS } from './gpu-products.js';
import { type Json, type KubeObject, objectId } from './kube-object.js';
import { nodeRequirements, ownersLabels, satisfies } from './node-affinity.js';
import { gpuLabels, NODE_SIZES, type NodeProps, simulatedNode } from './nodes.js';
import { extendedResources, type PodTemplate } from './pod-templates.js';

const NVIDIA = 'nvidia.com/gpu';

interface Shape extends Omit<NodeProps, 'name'> {
  readonly size: number;
  readonly resource: string;
}

export interface FleetProps {
  readonly templates: readonly PodTemplate[];
  /** Start of the nodes' names. */
  readonly name: string;
  /** GPU nodes of each kind beyond what the pods at rest fill. @default 0 */
  readonly spare?: number;
}

/**
 * The smallest set of simulated nodes that holds all pods at rest: for each GPU template the smallest node of the
 * product table that satisfies its node affinity, as many as its pods fill, and two nodes without GPUs.
 * @throws where no product satisfies a template
 */
export function fleet({ templates, name, spare = 0 }: FleetProps): readonly KubeObject[] {
  const needs = templates.filter(({ template, pods }) => pods > 0 && deviceOf(template.spec) !== undefined);
  const kinds = new Map<string, { shape: Shape; nodes: number }>();
  for (const { owner, template, pods } of needs) {
    const [resource, count] = deviceOf(template.spec) as [string, number];
    const shape = smallestShape(template.spec, resource, count);
    if (!shape)
      throw new Error(
        `${objectId(owner)}: no known GPU node satisfies its node affinity and ${count} × ${resource}`,
      );
    // A second template may take part of any node of its product, so it never counts on sharing one.
    const key = JSON.stringify([shape.gpu?.product.label ?? shape.resource, shape.labels]);
    const perNode = needsOwnNode(template.spec) ? 1 : Math.floor(shape.size / count);
    const known = kinds.get(key);
    kinds.set(key, {
      shape: known && known.shape.size > shape.size ? known.shape : shape,
      nodes: (known?.nodes ?? 0) + Math.ceil(pods / perNode),
    });
  }
  const gpuNodes = [...kinds.values()].flatMap(({ shape: { gpu, device, labels }, nodes }, kind) =>
    Array.from({ length: nodes + spare }, (_, index) =>
      simulatedNode({ name: `${name}-gpu-${kind}-${index}`, gpu, device, labels }),
    ),
  );
  return [...gpuNodes, ...[0, 1].map((index) => simulatedNode({ name: `${name}-cpu-${index}` }))];
}

/** The resource that a plug-in hands out to the pod, and how many. */
export function deviceOf(spec: Json): readonly [string, number] | undefined {
  return Object.entries(extendedResources(spec)).find(([resource]) => !resource.includes('kubernetes.io/'));
}

function smallestShape(spec: Json, resource: string, count: number): Shape | undefined {
  for (const size of NODE_SIZES.filter((candidate) => candidate >= count)) {
    for (const requirements of nodeRequirements(spec)) {
      const labels = ownersLabels(requirements);
      const known = { 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64', ...labels };
      if (resource !== NVIDIA) {
        if (satisfies(known, requirements))
          return { size, resource, labels, device: { resource, count: size } };
        continue;
      }
      const product = GPU_PRODUCTS.find((candidate) =>
        satisfies({ ...known, ...gpuLabels(candidate, size) }, requirements),
      );
      if (product) return { size, resource, labels, gpu: { product, count: size } };
    }
  }
  return undefined;
}

function needsOwnNode(spec: Json): boolean {
  const hard = spec.topologySpreadConstraints?.some(
    (rule: Json) =>
      rule.topologyKey === 'kubernetes.io/hostname' && rule.whenUnsatisfiable !== 'ScheduleAnyway',
  );
  return Boolean(
    hard || spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.length,
  );
}
