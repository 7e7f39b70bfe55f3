import { afterAll, expect, inject, it } from 'vitest';
import { addTwin } from './drain.js';
import { findEnvironments } from './environments.js';
import { deviceOf } from './fleet.js';
import { openGuard } from './guard.js';
import type { Json, KubeObject, ObjectMeta } from './kube-object.js';
import { planeApi } from './plane-context.js';
import { kwokFlags } from './plane-flags.js';
import { podTemplates } from './pod-templates.js';
import { freePorts } from './ports.js';
import { recordResults } from './results.js';
import { stageEnvironment, strike, waitUntilGone } from './stage.js';
import { createStateFolder } from './state-folder.js';
import { isNodeBound } from './volumes.js';
import { waitUntil } from './wait.js';
import { isReady, podsOf } from './workloads.js';

const api = planeApi();
const guard = openGuard(createStateFolder());
const { kubeconfig, kwokBinary } = inject('plane');
// Where the volume is bound to the node, no other node can take over: that loss is the price of the choice.
const environment = findEnvironments().find(({ objects }) => {
  const servers = podTemplates(objects).filter(
    ({ owner, template }) => owner.kind === 'Deployment' && deviceOf(template.spec),
  );
  return (
    servers.length > 0 &&
    !objects.some(({ kind, spec }) => kind === 'PersistentVolumeClaim' && isNodeBound(spec))
  );
});

afterAll(async () => {
  await guard.close();
  if (environment) await strike(api, environment, 'loss-');
});

it('replaces the server of a node that dies, and takes its address out of the Service', async () => {
  if (!environment) throw new Error('no environment has a GPU Deployment on shared storage');
  await waitUntilGone(api, environment.namespaces);
  // One node is kept alive by a kwok of its own, so that killing that is the node's power cut.
  const port = (await freePorts(1))[0] as number;
  const args = ['tether', kwokBinary, 'kwok', ...kwokFlags(kubeconfig, port, 'doomed')];
  guard.start('kwok', { command: kwokBinary, args });
  const prepare = (node: KubeObject, index: number) => (index === 0 ? managedBy(node, 'doomed') : node);
  const stage = await stageEnvironment(api, environment, { name: 'loss', prepare });
  const home = stage.nodes[0] as KubeObject;
  const lost = (await podsOf(api, stage.workloads)).filter(
    (pod) => isReady(pod) && pod.spec.nodeName === home.metadata.name,
  );
  expect(lost.length).toBeGreaterThan(0);
  await addTwin(api, managedBy(home, 'fake'), 'loss-twin');

  await guard.kill('kwok');
  const start = Date.now();
  await waitUntil('node noticed', async () => !isReady((await api.get(home)).body) || 'still Ready');
  const noticedSeconds = Math.round((Date.now() - start) / 1000);
  const wanted = new Map<string, number>();
  for (const workload of stage.workloads)
    wanted.set(workload.metadata.name, (await api.get(workload)).body.spec.replicas ?? 1);
  await waitUntil(
    'replacements',
    async () => {
      const alive = (await podsOf(api, stage.workloads)).filter(
        (pod) => isReady(pod) && pod.spec.nodeName !== home.metadata.name,
      );
      const missing = lost.filter((pod) => {
        const siblings = alive.filter(({ metadata }) => sameOwner(metadata, pod.metadata));
        return siblings.length < (wanted.get(workloadOf(pod)) ?? 1);
      });
      return missing.length === 0 || missing.map(({ metadata }) => metadata.name).join(', ');
    },
    { timeoutMs: 90_000 },
  );
  const replacedSeconds = Math.round((Date.now() - start) / 1000);
  recordResults({
    notes: [`node loss: noticed after ${noticedSeconds} s, servers replaced after ${replacedSeconds} s`],
  });

  const slices = await api.list('discovery.k8s.io/v1', 'EndpointSlice', lost[0]?.metadata.namespace);
  const serving = slices
    .flatMap(({ endpoints }) => endpoints ?? [])
    .filter(({ conditions }: Json) => conditions.ready);
  const names: readonly string[] = serving.map(({ targetRef }: Json) => targetRef?.name);
  expect(names.filter((name) => lost.some(({ metadata }) => metadata.name === name))).toEqual([]);
});

function managedBy(node: KubeObject, kwok: string): KubeObject {
  return { ...node, metadata: { ...node.metadata, annotations: { 'kwok.x-k8s.io/node': kwok } } };
}

function sameOwner(a: ObjectMeta, b: ObjectMeta): boolean {
  return a.ownerReferences?.[0]?.uid === b.ownerReferences?.[0]?.uid;
}

// A ReplicaSet is called after its Deployment, with a hash.
function workloadOf({ metadata }: KubeObject): string {
  return (metadata.ownerReferences?.[0]?.name ?? '').replace(/-[^-]+$/, '');
}
