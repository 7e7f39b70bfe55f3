import type { Json, KubeObject } from './kube-object.js';
import { operatorTemplates } from './nim-operator.js';

/** One pod template of a manifest and how many pods come of it. */
export interface PodTemplate {
  readonly owner: KubeObject;
  /** `server`, `leader`, `worker`: tells the templates of one owner apart. */
  readonly role: 'pods' | 'leader' | 'workers';
  readonly template: { readonly metadata?: Json; readonly spec: Json };
  /** Pods that run at once when the environment is at rest. */
  readonly pods: number;
  /** False where the kind's controller cannot run here, so that the tests make its pods. */
  readonly realController: boolean;
}

/** All pod templates of a set of objects. @throws for a kind with containers that is not known here */
export function podTemplates(objects: readonly KubeObject[]): readonly PodTemplate[] {
  return objects.flatMap((owner): readonly PodTemplate[] => {
    const real = (template: Json, pods: number): PodTemplate => ({
      owner,
      role: 'pods',
      template,
      pods,
      realController: true,
    });
    switch (owner.kind) {
      case 'Deployment':
      case 'StatefulSet':
        return [real(owner.spec.template, replicas(owner, objects))];
      case 'DaemonSet':
        return [real(owner.spec.template, 0)];
      case 'Job':
        return [real(owner.spec.template, owner.spec.parallelism ?? 1)];
      case 'CronJob':
        return [real(owner.spec.jobTemplate.spec.template, 0)];
      case 'Pod':
        return [real(owner, 1)];
      case 'LeaderWorkerSet':
        return leaderWorkerTemplates(owner, replicas(owner, objects));
      case 'NIMService':
      case 'NIMCache':
        return operatorTemplates(owner);
      default:
        if (hasContainers(owner))
          throw new Error(
            `${owner.kind}/${owner.metadata.name} has containers, but no simulation of its controller`,
          );
        return [];
    }
  });
}

/** Replicas at rest: what the manifest says, else what its autoscaler keeps at least. */
export function replicas(workload: KubeObject, objects: readonly KubeObject[]): number {
  const scaler = objects.find(
    ({ kind, spec }) =>
      kind === 'ScaledObject' &&
      spec.scaleTargetRef.name === workload.metadata.name &&
      (spec.scaleTargetRef.kind ?? 'Deployment') === workload.kind,
  );
  return workload.spec.replicas ?? Math.max(1, scaler?.spec.minReplicaCount ?? 1);
}

/** Amount of each extended resource (GPUs) that one pod takes. */
export function extendedResources(spec: Json): Readonly<Record<string, number>> {
  const totals: Record<string, number> = {};
  for (const container of spec.containers ?? []) {
    for (const [name, amount] of Object.entries(container.resources?.limits ?? {})) {
      if (name.includes('/')) totals[name] = (totals[name] ?? 0) + Number(amount);
    }
  }
  return totals;
}

function leaderWorkerTemplates(owner: KubeObject, groups: number): readonly PodTemplate[] {
  const { size = 1, leaderTemplate, workerTemplate } = owner.spec.leaderWorkerTemplate;
  const simulated = { owner, realController: false };
  return [
    { ...simulated, role: 'leader', template: leaderTemplate ?? workerTemplate, pods: groups },
    { ...simulated, role: 'workers', template: workerTemplate, pods: groups * (size - 1) },
  ];
}

function hasContainers(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value.containers) || Object.values(value).some(hasContainers);
}
