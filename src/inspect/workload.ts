import type { Container, EnvironmentVariable } from './container.js';
import { fieldsAt, listAt, numberAt, textAt, valueAt } from './field.js';
import { type PodTemplate, readPod } from './pod.js';
import type { KubernetesObject } from './types.js';

/** Something that makes pods from a template. A LeaderWorkerSet is read as two: its leader and its workers. */
export interface Workload {
  readonly object: KubernetesObject;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** `Deployment/server`, `LeaderWorkerSet/server (leader)`: what findings call it. */
  readonly subject: string;
  readonly role?: 'leader' | 'worker';
  /** As written; undefined where a scaler owns it, or where the kind has none. */
  readonly replicas?: number;
  readonly pod: PodTemplate;
}

/** Namespace of an object; objects without one land where they are applied, all in the same place. */
export function namespaceOf(object: KubernetesObject): string {
  return textAt(object, 'metadata', 'namespace') ?? 'default';
}

export function subjectOf(object: KubernetesObject): string {
  return `${object.kind}/${textAt(object, 'metadata', 'name') ?? ''}`;
}

/** Kinds whose pod template stands at `spec.template`. */
const TEMPLATED = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job']);

export function readWorkloads(object: KubernetesObject): readonly Workload[] {
  const { kind } = object;
  const base = {
    object,
    kind,
    name: textAt(object, 'metadata', 'name') ?? '',
    namespace: namespaceOf(object),
    subject: subjectOf(object),
    replicas: numberAt(object, 'spec', 'replicas'),
  };
  if (kind === 'Pod') return [{ ...base, pod: readPod(object) }];
  if (kind === 'CronJob') {
    return [{ ...base, pod: readPod(valueAt(object, 'spec', 'jobTemplate', 'spec', 'template')) }];
  }
  if (kind === 'LeaderWorkerSet') return readLeaderWorkerSet(base);
  if (!TEMPLATED.has(kind)) return [];
  return [
    { ...base, pod: readPod(valueAt(object, 'spec', 'template'), claimTemplates(valueAt(object, 'spec'))) },
  ];
}

/** Labels and variables as the controller adds them: https://lws.sigs.k8s.io/docs/reference/labels-annotations-and-environment-variables/ */
function readLeaderWorkerSet(base: Omit<Workload, 'pod'>): readonly Workload[] {
  const template = fieldsAt(base.object, 'spec', 'leaderWorkerTemplate');
  const claims = claimTemplates(template);
  const size = numberAt(template, 'size') ?? 1;
  const read = (role: 'leader' | 'worker', source: unknown): Workload => {
    const pod = readPod(source, claims);
    const index: Record<string, string> =
      role === 'leader' ? { 'leaderworkerset.sigs.k8s.io/worker-index': '0' } : {};
    const labels = { ...pod.labels, 'leaderworkerset.sigs.k8s.io/name': base.name, ...index };
    const rank = role === 'leader' ? { value: '0' } : { from: 'field' as const };
    const added: readonly EnvironmentVariable[] = [
      { name: 'LWS_GROUP_SIZE', value: `${size}` },
      { name: 'LWS_WORKER_INDEX', ...rank },
      { name: 'LWS_LEADER_ADDRESS', from: 'field' },
    ];
    const withAdded = (container: Container) => ({ ...container, env: [...added, ...container.env] });
    const containers = pod.containers.map(withAdded);
    const initContainers = pod.initContainers.map(withAdded);
    return {
      ...base,
      role,
      subject: `${base.subject} (${role})`,
      pod: { ...pod, labels, containers, initContainers },
    };
  };
  const workers = read('worker', template.workerTemplate);
  const leader = read('leader', template.leaderTemplate ?? template.workerTemplate);
  return size === 1 ? [leader] : [leader, workers];
}

function claimTemplates(spec: unknown): readonly string[] {
  return listAt(spec, 'volumeClaimTemplates').flatMap((claim) => textAt(claim, 'metadata', 'name') ?? []);
}
