import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusedPods, secondApplyDifferences, strictDryRun } from './api-checks.js';
import { findEnvironments } from './environments.js';
import { planeApi } from './plane-context.js';
import { applyAll, danglingReferences, prerequisites } from './prerequisites.js';
import { keptObjects, leftOvers, removeEnvironment } from './removal.js';
import { recordResults } from './results.js';
import { simulatedPods } from './simulated-controllers.js';
import { type Stage, stageEnvironment, strike } from './stage.js';
import { waitUntil } from './wait.js';
import { drainEveryNode, nodeBoundClaims, replaceUsersOf, rollOutOnFullNodes } from './workload-checks.js';
import { isReady, podsOf } from './workloads.js';

const api = planeApi();
const environments = findEnvironments();

// Each test stands on the one before: an environment goes through a cluster once, from first sight to removal.
describe.each(environments.map((environment) => [environment.id, environment] as const))(
  '%s',
  (id, environment) => {
    const { objects } = environment;
    const nodes = id.replaceAll('/', '-');
    let stage: Stage | undefined;

    beforeAll(async () => {
      const namespaces = objects.filter(({ kind }) => kind === 'Namespace');
      expect(await applyAll(api, [...namespaces, ...prerequisites(objects)])).toEqual([]);
      recordResults({ environments: 1 });
    });
    afterAll(() => strike(api, environment, nodes));

    it('is taken object by object by a strict dry run, every field kept', async () => {
      const { refused, dropped } = await strictDryRun(api, objects);
      recordResults({ objects: objects.length, refused: refused.length, droppedFields: dropped.length });
      expect({ refused, dropped }).toEqual({ refused: [], dropped: [] });
    });

    it('names no ConfigMap, claim or ServiceAccount that is not there', () => {
      expect(danglingReferences(objects)).toEqual([]);
    });

    it('applies twice without a difference', async () => {
      expect(await applyAll(api, objects)).toEqual([]);
      const differences = await secondApplyDifferences(api, objects);
      recordResults({ secondApplyDiffs: differences.length });
      expect(differences).toEqual([]);
    });

    it('makes pods that Pod Security restricted admits, baseline where only a simulated controller makes them', async () => {
      expect(await refusedPods(api, environment)).toEqual([]);
    });

    it('gets every pod scheduled and ready and every Job done on just enough GPUs', async () => {
      stage = await stageEnvironment(api, environment, { name: nodes });
      const pods = await podsOf(api, stage.workloads);
      const done = pods.filter((pod) => isReady(pod) || pod.status?.phase === 'Succeeded');
      const { count: simulated, kinds: simulatedKinds } = simulatedPods(objects);
      const notes =
        simulated > 0
          ? [`${id}: ${simulated} pods by a simulated controller (${simulatedKinds.join(', ')})`]
          : [];
      recordResults({ podsReady: done.length, simulated, simulatedKinds, notes });
      expect(done.length).toBeGreaterThan(0);
      expect(pods.length).toBe(done.length);
    });

    it('keeps the pods of a node-bound volume on its node', async () => {
      for (const claim of await nodeBoundClaims(api, staged(stage))) {
        const { node, users } = await replaceUsersOf(api, staged(stage), claim);
        expect(users.length).toBeGreaterThan(1);
        expect(new Set(users)).toEqual(new Set([node]));
      }
    });

    it('rolls out a change of every server while all GPUs are taken', async () => {
      for (const rollout of await rollOutOnFullNodes(api, staged(stage))) {
        expect(rollout.mostPods, rollout.workload).toBeLessThanOrEqual(rollout.replicas);
        expect(rollout.mostDevices, rollout.workload).toBeLessThanOrEqual(rollout.totalDevices);
      }
    });

    it('lets each of its nodes be drained against the disruption budgets', async () => {
      expect(await drainEveryNode(api, staged(stage))).toBeGreaterThan(0);
    });

    it('is removed without a trace, volumes kept', async () => {
      const claims = keptObjects(environment).filter(({ kind }) => kind === 'PersistentVolumeClaim');
      await removeEnvironment(api, environment);
      await waitUntil(
        `nothing of ${id} left`,
        async () => (await leftOvers(api, environment)).join(', ') || true,
        { timeoutMs: 30_000 },
      );
      for (const claim of claims) expect((await api.get(claim)).body.status?.phase).toBe('Bound');
    });
  },
);

function staged(stage: Stage | undefined): Stage {
  if (!stage) throw new Error('its pods were never all ready: see the test before');
  return stage;
}
