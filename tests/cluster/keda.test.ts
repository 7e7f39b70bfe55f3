import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type EngineMetrics, serveEngineMetrics } from './engine-metrics.js';
import { findEnvironments } from './environments.js';
import { openGuard } from './guard.js';
import { startKeda, unregisterKeda } from './keda.js';
import type { Json } from './kube-object.js';
import { planeApi } from './plane-context.js';
import { freePorts } from './ports.js';
import { startPrometheus } from './prometheus.js';
import { recordResults } from './results.js';
import { findScalers, type Scaler } from './scaled-object.js';
import { applyEnvironment, type Stage, stageEnvironment, strike, waitUntilGone } from './stage.js';
import { createStateFolder } from './state-folder.js';
import { waitUntil } from './wait.js';
import { isReady, podsOf } from './workloads.js';

const api = planeApi();
const { keda: files, kubeconfig, ca, prometheus: program, hpaClockSpeed } = inject('plane');
const guard = openGuard(createStateFolder());
const scalers = findScalers(findEnvironments());
const scaler = scalers[0] as Scaler;
if (!scaler) throw new Error('dist has no ScaledObject: the loop would prove nothing');
const engines: EngineMetrics[] = [];
let stage: Stage;

/** A window of the autoscaler in this world's time, and what else may pass until a change is seen. */
const within = (windowSeconds: number) => ({
  timeoutMs: (windowSeconds / hpaClockSpeed) * 1000 + 60_000,
  everyMs: 500,
});

beforeAll(async () => {
  const [port] = (await freePorts(1)) as [number];
  for (const { model } of scalers) engines.push(await serveEngineMetrics(model));
  const targets = scalers.map(({ object }, index) => ({
    port: engines[index]?.port ?? 0,
    labels: { namespace: object.metadata.namespace ?? '', job: 'server', pod: `server-${index}` },
  }));
  await startPrometheus(guard, { program, port, targets });
  await startKeda(api, guard, { files, kubeconfig, ca, prometheusPort: port });
  for (const { environment } of scalers) await waitUntilGone(api, environment.namespaces);
  // KEDA's webhook advises here; what it refuses fails.
  for (const warning of await applyEnvironment(api, scaler.environment)) note(`webhook: ${warning}`);
  stage = await stageEnvironment(api, scaler.environment, { name: 'keda', spare: 1 });
});

// KEDA takes its finalizers off the ScaledObjects, so it goes last.
afterAll(async () => {
  for (const { environment } of scalers) await strike(api, environment, 'keda-');
  for (const { environment } of scalers)
    await waitUntilGone(api, environment.namespaces).catch(() => undefined);
  await unregisterKeda(api);
  await Promise.all(engines.map((engine) => engine.close()));
  await guard.close();
});

it('takes every emitted ScaledObject: Ready, each query answered', async () => {
  for (const { environment } of scalers.slice(1)) await applyEnvironment(api, environment);
  for (const { object, signals } of scalers) {
    await waitUntil(`ScaledObject of ${object.metadata.namespace}`, async () => {
      const { status } = (await api.get(object)).body;
      const failing = Object.entries(status?.health ?? {}).filter(
        ([, health]) => (health as Json).status !== 'Happy',
      );
      if (failing.length > 0) return JSON.stringify(failing);
      const answered = Object.keys(status?.health ?? {}).length >= signals.length;
      return (condition(status, 'Ready') === 'True' && answered) || JSON.stringify(status?.conditions);
    });
  }
  for (const { environment } of scalers.slice(1)) await strike(api, environment);
});

it(
  'scales up for real when requests wait, one new server ready',
  patience(scaler.upWindowSeconds),
  async () => {
    const { minReplicaCount: least } = scaler.object.spec;
    await replicasBecome(least);
    const start = Date.now();
    play(waiting(), tooMany());
    await replicasBecome(least + 1, scaler.upWindowSeconds);
    const upSeconds = seconds(start);
    await waitUntil('new server ready', async () => {
      const ready = (await podsOf(api, stage.workloads)).filter(
        (pod) => isReady(pod) && pod.metadata.ownerReferences?.[0]?.kind === 'ReplicaSet',
      );
      return ready.length >= least + 1 || `${ready.length} ready`;
    });
    note(`scaled up ${least} → ${least + 1} after ${upSeconds} s`);
  },
);

it('fails when the engine has renamed the metric: no answer, no scaling, and KEDA says so', async () => {
  const before = await replicas();
  engine().rename(waiting().metric, `${waiting().metric}_v2`);
  await waitUntil('fallback', async () => {
    const { status } = (await api.get(scaler.object)).body;
    return condition(status, 'Fallback') === 'True' || JSON.stringify(status?.health);
  });
  expect(await replicas()).toBe(before);
  engine().rename(`${waiting().metric}_v2`, waiting().metric);
  await waitUntil(
    'metric back',
    async () => condition((await api.get(scaler.object)).body.status, 'Fallback') === 'False' || 'Fallback',
  );
});

it('scales down for real when nothing waits', patience(scaler.downWindowSeconds), async () => {
  const { minReplicaCount: least } = scaler.object.spec;
  const start = Date.now();
  play(waiting(), 0);
  await replicasBecome(least, scaler.downWindowSeconds);
  note(`scaled down ${least + 1} → ${least} after ${seconds(start)} s`);
  note(
    `the autoscaler's windows (up ${scaler.upWindowSeconds} s, down ${scaler.downWindowSeconds} s) passed ${hpaClockSpeed} times as fast as the clock; the ScaledObject was as emitted`,
  );
});

it('falls back to the emitted number of replicas when the metrics are gone', async () => {
  await guard.kill('prometheus');
  await waitUntil('fallback', async () => {
    const { status } = (await api.get(scaler.object)).body;
    return condition(status, 'Fallback') === 'True' || JSON.stringify(status?.conditions);
  });
  const { fallback, minReplicaCount } = scaler.object.spec;
  expect(await replicas()).toBe(Math.max(fallback.replicas, minReplicaCount));
});

function patience(windowSeconds: number) {
  return { timeout: 2 * within(windowSeconds).timeoutMs };
}

function engine(): EngineMetrics {
  return engines[0] as EngineMetrics;
}

function waiting() {
  const signal = scaler.signals.find(({ metric }) => metric.includes('waiting'));
  if (!signal) throw new Error('no trigger reads the queue');
  return signal;
}

/** Requests that make the queue per replica twice what the emitted threshold allows. */
function tooMany(): number {
  return waiting().threshold * scaler.object.spec.minReplicaCount * 2;
}

function play(
  { metric, labels: { namespace: _, ...labels } }: { metric: string; labels: Record<string, string> },
  value: number,
): void {
  engine().set(metric, labels, value);
}

async function replicas(): Promise<number> {
  const { name } = scaler.object.spec.scaleTargetRef;
  const workload = scaler.environment.objects.find(
    (object) => object.metadata.name === name && object.spec?.template,
  );
  return (await api.get(workload as never)).body.spec.replicas as number;
}

async function replicasBecome(wanted: number, windowSeconds = 0): Promise<void> {
  await waitUntil(
    `${wanted} replicas`,
    async () => {
      const now = await replicas();
      return now === wanted || `${now}; ${await autoscalerSays()}`;
    },
    within(windowSeconds),
  );
}

async function autoscalerSays(): Promise<string> {
  const [hpa] = await api.list('autoscaling/v2', 'HorizontalPodAutoscaler', scaler.object.metadata.namespace);
  return ((hpa?.status?.conditions ?? []) as readonly Json[])
    .map(({ reason, message }) => `${reason}: ${message}`)
    .join('; ');
}

function condition(status: Json, type: string): string | undefined {
  return (status?.conditions ?? []).find((candidate: Json) => candidate.type === type)?.status;
}

function seconds(start: number): number {
  return Math.round((Date.now() - start) / 1000);
}

function note(text: string): void {
  recordResults({ notes: [`KEDA, ${scaler.environment.id}: ${text}`] });
}
