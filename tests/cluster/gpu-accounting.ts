import type { Api } from './api.js';
import { deviceOf } from './fleet.js';
import { type KubeObject, objectId } from './kube-object.js';

/** Occupies every GPU of these nodes that no pod holds, in a namespace of its own. Returns how many were free. */
export async function takeFreeGpus(
  api: Api,
  nodes: readonly KubeObject[],
  namespace: string,
): Promise<number> {
  await api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  const pods = await api.list('v1', 'Pod');
  let taken = 0;
  for (const node of nodes) {
    for (const [resource, free] of freeDevices(node, pods)) {
      if (free === 0) continue;
      const container = {
        name: 'filler',
        image: 'registry.k8s.io/pause:3.10',
        resources: { limits: { [resource]: String(free) } },
      };
      const name = `filler-${node.metadata.name}`;
      const filler: KubeObject = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name, namespace },
        spec: { nodeName: node.metadata.name, containers: [container] },
      };
      const { failure } = await api.apply(filler);
      if (failure) throw new Error(`${objectId(filler)}: ${failure}`);
      taken += free;
    }
  }
  return taken;
}

/** GPUs held by pods that sit on a node and have not ended. */
export function heldDevices(pods: readonly KubeObject[]): number {
  return pods
    .filter(({ spec, status }) => spec.nodeName && !['Succeeded', 'Failed'].includes(status?.phase))
    .reduce((sum, { spec }) => sum + (deviceOf(spec)?.[1] ?? 0), 0);
}

export function totalDevices(nodes: readonly KubeObject[]): number {
  return nodes.flatMap(devices).reduce((sum, [, count]) => sum + count, 0);
}

function freeDevices(node: KubeObject, pods: readonly KubeObject[]): readonly (readonly [string, number])[] {
  const here = pods.filter(({ spec }) => spec.nodeName === node.metadata.name);
  return devices(node).map(([resource, count]) => [resource, count - heldDevices(here)]);
}

function devices({ status }: KubeObject): readonly (readonly [string, number])[] {
  return Object.entries((status?.allocatable ?? {}) as Record<string, string>)
    .filter(([resource]) => resource.includes('/'))
    .map(([resource, count]) => [resource, Number(count)]);
}
