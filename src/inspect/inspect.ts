import type { EngineTable } from '../catalog/engine.js';
import { readClaim } from './claim.js';
import { readDisruptionBudget } from './disruption-budget.js';
import { readEngine } from './engine.js';
import { fieldsAt, listAt, textAt, textMapAt } from './field.js';
import type { Inspected, Server } from './inspected.js';
import { readMonitor } from './monitor.js';
import { readNetworkPolicy } from './network-policy.js';
import { readDashboardQueries, readRules } from './query.js';
import { readRoute } from './route.js';
import { readScaler, type Scaler } from './scaler.js';
import { readManagedSecret, readSecretReferences, readTlsReferences } from './secret-reference.js';
import { readService } from './service.js';
import type { KubernetesObject } from './types.js';
import { namespaceOf, readWorkloads, type Workload } from './workload.js';

/**
 * Reads what a set of Kubernetes objects deploys, ours or anybody's: what was written, never what was meant.
 * @param engines Table of an engine version, or of its nearest patch; undefined for versions that none describes.
 */
export function inspect(
  manifests: readonly KubernetesObject[],
  engines: (version: string) => EngineTable | undefined,
): Inspected {
  const objects = manifests.flatMap(itemsOf);
  const workloads = objects.flatMap(readWorkloads);
  const services = objects.flatMap((object) => readService(object, workloads));
  const scalers = objects.flatMap((object) => readScaler(object, workloads));
  const rules = objects.flatMap(readRules);
  return {
    objects,
    namespaces: readNamespaces(objects),
    workloads,
    servers: workloads.flatMap((workload) => readServers(workload, scalers, engines)),
    services,
    claims: objects.flatMap((object) => readClaim(object, workloads)),
    budgets: objects.flatMap((object) => readDisruptionBudget(object, workloads)),
    networkPolicies: objects.flatMap((object) => readNetworkPolicy(object, workloads)),
    scalers,
    monitors: objects.flatMap((object) => readMonitor(object, workloads, services)),
    rules,
    queries: [
      ...rules.map(({ query }) => query),
      ...scalers.flatMap(({ triggers }) => triggers.flatMap(({ query }) => query ?? [])),
      ...objects.flatMap(readDashboardQueries),
    ],
    routes: objects.flatMap(readRoute),
    secretReferences: [...workloads.flatMap(readSecretReferences), ...objects.flatMap(readTlsReferences)],
    managedSecrets: objects.flatMap(readManagedSecret),
  };
}

/** A `List` is its items, as kubectl takes it. What has no kind or metadata is no object. */
function itemsOf(value: unknown): readonly KubernetesObject[] {
  if (textAt(value, 'kind') === 'List') return listAt(value, 'items').flatMap(itemsOf);
  const isObject = textAt(value, 'kind') !== undefined && textAt(value, 'apiVersion') !== undefined;
  return isObject && Object.keys(fieldsAt(value, 'metadata')).length > 0 ? [value as KubernetesObject] : [];
}

function readServers(
  workload: Workload,
  scalers: readonly Scaler[],
  engines: (version: string) => EngineTable | undefined,
): readonly Server[] {
  const own = scalers.filter((scaler) => scaler.workloads.includes(workload));
  return workload.pod.containers.flatMap((container) => {
    const engine = readEngine(container, engines);
    if (!engine) return [];
    const maxReplicas = Math.max(...own.map((scaler) => scaler.maxReplicas), workload.replicas ?? 1);
    return [
      {
        workload,
        container,
        engine,
        subject: `${workload.subject} container ${container.name}`,
        scalers: own,
        maxReplicas,
      },
    ];
  });
}

function readNamespaces(objects: readonly KubernetesObject[]): Inspected['namespaces'] {
  const namespaces = new Map<string, Readonly<Record<string, string>> | undefined>();
  for (const object of objects) {
    if (object.kind === 'Namespace') {
      namespaces.set(textAt(object, 'metadata', 'name') ?? '', textMapAt(object, 'metadata', 'labels'));
    } else if (!namespaces.has(namespaceOf(object))) namespaces.set(namespaceOf(object), undefined);
  }
  return [...namespaces].map(([name, labels]) => ({ name, labels }));
}
