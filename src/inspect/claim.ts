import { textAt, textMapAt, textsAt, valueAt } from './field.js';
import { parseQuantity } from './quantity.js';
import type { KubernetesObject } from './types.js';
import { namespaceOf, subjectOf, type Workload } from './workload.js';

/** A PersistentVolumeClaim and the workloads that mount it. */
export interface Claim {
  readonly subject: string;
  readonly name: string;
  readonly namespace: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly accessModes: readonly string[];
  readonly storageClass?: string;
  readonly sizeBytes?: number;
  readonly workloads: readonly Workload[];
}

export function readClaim(object: KubernetesObject, workloads: readonly Workload[]): readonly Claim[] {
  if (object.kind !== 'PersistentVolumeClaim') return [];
  const name = textAt(object, 'metadata', 'name') ?? '';
  const namespace = namespaceOf(object);
  return [
    {
      subject: subjectOf(object),
      name,
      namespace,
      annotations: textMapAt(object, 'metadata', 'annotations'),
      accessModes: textsAt(object, 'spec', 'accessModes'),
      storageClass: textAt(object, 'spec', 'storageClassName'),
      sizeBytes: parseQuantity(valueAt(object, 'spec', 'resources', 'requests', 'storage')),
      workloads: workloads.filter(
        (each) => each.namespace === namespace && each.pod.volumes.some(({ claim }) => claim === name),
      ),
    },
  ];
}
