import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addTwin, drainNode, uncordon } from './drain.js';
import { findEnvironments } from './environments.js';
import { deviceOf } from './fleet.js';
import { heldDevices, takeFreeGpus, totalDevices } from './gpu-accounting.js';
import { type KubeObject, objectId } from './kube-object.js';
import { planeApi } from './plane-context.js';
import { keptObjects, leftOvers, removeEnvironment } from './removal.js';
import { recordResults } from './results.js';
import { simulatedPodCount } from './simulated-controllers.js';
import { type Stage, stageEnvironment, strike, waitUntilReady } from './stage.js';
import { isNodeBound } from './volumes.js';
import { waitUntil } from './wait.js';
import { isReady, isWhole, podsOf } from './workloads.js';

const api = planeApi();
const FILLERS = 'proving-ground-fillers';

describe.each(findEnvironments().map((environment) => [environment.id, environment] as const))(
  '%s on simulated nodes',
  (id, environment) => {
    let stage: Stage;
    const slug = id.replaceAll('/', '-');

    beforeAll(async () => {
      stage = await stageEnvironment(api, environment, { name: slug });
    });
    afterAll(async () => {
      if (stage) await strike(api, stage);
      else await strike(api, { environment, nodes: await nodesNamed(slug) });
    });

    it('gets every pod scheduled and ready, every Job done, on just enough GPUs', async () => {
      const ready = (await podsOf(api, stage.workloads)).filter(
        (pod) => isReady(pod) || pod.status?.phase === 'Succeeded',
      );
      const simulated = simulatedPodCount(environment.objects);
      recordResults({
        podsReady: ready.length,
        simulated,
        notes: simulated > 0 ? [`${id}: ${simulated} pods made by a simulated controller`] : [],
      });
      expect(ready.length).toBeGreaterThan(0);
      expect(
        (await podsOf(api, stage.workloads)).filter(
          (pod) => !ready.some(({ metadata }) => metadata.uid === pod.metadata.uid),
        ),
      ).toEqual([]);
    });

    it('keeps the pods of a node-bound volume on its node', async () => {
      for (const claim of await boundClaims(stage)) {
        const volume = (
          await api.get({
            apiVersion: 'v1',
            kind: 'PersistentVolume',
            metadata: { name: claim.spec.volumeName },
          })
        ).body;
        const node = volume.spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0]
          .values[0] as string;
        const users = (await podsOf(api, stage.workloads)).filter((pod) => mounts(pod, claim.metadata.name));
        expect(users.map(({ spec }) => spec.nodeName)).toEqual(users.map(() => node));
        const servers = users.filter((pod) => isReady(pod));
        if (servers.length === 0) continue;
        const home = stage.nodes.find(({ metadata }) => metadata.name === node) as KubeObject;
        const twin = await addTwin(api, home, `${slug}-twin-${claim.metadata.name}`);
        for (const server of servers) await api.remove(server);
        await waitUntilReady(api, stage);
        await api.remove(twin);
        const back = (await podsOf(api, stage.workloads)).filter(
          (pod) => mounts(pod, claim.metadata.name) && isReady(pod),
        );
        expect(back.map(({ spec }) => spec.nodeName)).toEqual(back.map(() => node));
        expect(back.length).toBe(servers.length);
      }
    });

    it('rolls out a change of every server while all GPUs are taken', async () => {
      await takeFreeGpus(api, stage.nodes, FILLERS);
      const total = totalDevices(stage.nodes);
      for (const workload of gpuWorkloads(stage)) {
        const annotations = { 'proving-ground/rollout': new Date().toISOString() };
        const patched = await api.merge(workload, { spec: { template: { metadata: { annotations } } } });
        expect(patched.failure).toBeUndefined();
        let mostPods = 0;
        await waitUntil(
          `rollout of ${objectId(workload)}`,
          async () => {
            const { body } = await api.get(workload);
            const pods = (await api.list('v1', 'Pod')).filter(({ metadata }) => !metadata.deletionTimestamp);
            expect(heldDevices(pods)).toBeLessThanOrEqual(total);
            mostPods = Math.max(mostPods, ownPods(pods, workload).length);
            return (
              isWhole({ ...body, kind: workload.kind }) ||
              JSON.stringify(body.status?.conditions?.map(({ message }: { message: string }) => message))
            );
          },
          { timeoutMs: 90_000, everyMs: 100 },
        );
        expect(mostPods).toBeLessThanOrEqual((await api.get(workload)).body.spec.replicas ?? 1);
      }
      await api.remove({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: FILLERS } });
      await waitUntil(
        'fillers gone',
        async () => (await api.list('v1', 'Pod', FILLERS)).length === 0 || 'still there',
      );
    });

    it('lets each of its nodes be drained against the disruption budgets', async () => {
      for (const node of stage.nodes) {
        const pods = (await podsOf(api, stage.workloads)).filter(
          (pod) => pod.spec.nodeName === node.metadata.name && isReady(pod),
        );
        if (pods.length === 0) continue;
        const owners = pods.map(({ metadata }) => metadata.ownerReferences?.[0]?.uid);
        // Two pods of one workload on a node can leave one after the other only where the first finds another place.
        const twin =
          new Set(owners).size < owners.length
            ? await addTwin(api, node, `${node.metadata.name}-twin`)
            : undefined;
        await drainNode(api, node);
        await uncordon(api, node);
        await waitUntilReady(api, stage);
        if (twin) {
          await drainNode(api, twin);
          await api.remove(twin);
          await waitUntilReady(api, stage);
        }
      }
    });

    it('is removed without a trace, volumes kept', async () => {
      await removeEnvironment(api, stage);
      const claims = keptObjects(environment).filter(({ kind }) => kind === 'PersistentVolumeClaim');
      await waitUntil(`nothing of ${id} left`, async () => (await leftOvers(api, stage)).join(', ') || true, {
        timeoutMs: 30_000,
      });
      for (const claim of claims) expect((await api.get(claim)).body.status?.phase).toBe('Bound');
    });
  },
);

function gpuWorkloads({ workloads }: Stage): readonly KubeObject[] {
  return workloads.filter(
    ({ kind, spec }) => ['Deployment', 'StatefulSet'].includes(kind) && deviceOf(spec.template.spec),
  );
}

async function boundClaims({ environment }: Stage): Promise<readonly KubeObject[]> {
  const claims = environment.objects.filter(
    ({ kind, spec }) => kind === 'PersistentVolumeClaim' && isNodeBound(spec),
  );
  return (await Promise.all(claims.map((claim) => api.get(claim))))
    .map(({ body }) => body)
    .filter(({ spec }) => spec.volumeName);
}

function mounts({ spec }: KubeObject, claim: string): boolean {
  return (spec.volumes ?? []).some(
    (volume: { persistentVolumeClaim?: { claimName: string } }) =>
      volume.persistentVolumeClaim?.claimName === claim,
  );
}

function ownPods(
  pods: readonly KubeObject[],
  { metadata: { name, namespace }, kind }: KubeObject,
): readonly KubeObject[] {
  const isOwner = (owner: { kind: string; name: string }) =>
    kind === 'Deployment'
      ? owner.kind === 'ReplicaSet' && owner.name.replace(/-[^-]+$/, '') === name
      : owner.kind === kind && owner.name === name;
  return pods.filter(
    (pod) => pod.metadata.namespace === namespace && pod.metadata.ownerReferences?.some(isOwner),
  );
}

async function nodesNamed(prefix: string): Promise<readonly KubeObject[]> {
  return (await api.list('v1', 'Node')).filter(({ metadata }) => metadata.name.startsWith(prefix));
}
