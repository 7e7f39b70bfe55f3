import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from './api.js';
import type { KubeObject } from './kube-object.js';
import { createNodes } from './stage.js';

/**
 * Does what `kubectl drain --ignore-daemonsets` does: cordons the node and evicts its pods against their disruption
 * budgets until none is left.
 * @throws with the API server's refusal where a pod could not be evicted in time
 */
export async function drainNode(api: Api, node: KubeObject, timeoutMs = 45_000): Promise<number> {
  const start = Date.now();
  await api.merge(node, { spec: { unschedulable: true } });
  for (;;) {
    const pods = (await api.list('v1', 'Pod')).filter(
      (pod) => pod.spec.nodeName === node.metadata.name && isEvictable(pod),
    );
    if (pods.length === 0) return Date.now() - start;
    const refusals: string[] = [];
    for (const pod of pods.filter(({ metadata }) => !metadata.deletionTimestamp)) {
      const { name, namespace } = pod.metadata;
      const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } };
      const { status, failure } = await api.request(
        'POST',
        `/api/v1/namespaces/${namespace}/pods/${name}/eviction`,
        eviction,
      );
      if (failure && status !== 404) refusals.push(`${namespace}/${name}: ${failure}`);
    }
    if (Date.now() - start > timeoutMs)
      throw new Error(`drain of ${node.metadata.name} does not end: ${refusals.join('; ')}`);
    await sleep(200);
  }
}

export async function uncordon(api: Api, node: KubeObject): Promise<void> {
  await api.merge(node, { spec: { unschedulable: null } });
}

/** Adds an empty node that is like another one. */
export async function addTwin(api: Api, node: KubeObject, name: string): Promise<KubeObject> {
  const { labels, annotations } = node.metadata;
  const twin = {
    ...node,
    metadata: { name, annotations, labels: { ...labels, 'kubernetes.io/hostname': name } },
  };
  await createNodes(api, [twin]);
  return twin;
}

function isEvictable({ metadata, status }: KubeObject): boolean {
  const daemon = metadata.ownerReferences?.some(({ kind }) => kind === 'DaemonSet');
  return !daemon && !['Succeeded', 'Failed'].includes(status?.phase);
}
