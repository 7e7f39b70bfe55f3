import { listAt, numberAt, textAt, textMapAt, valueAt } from './field.js';
import { type Labels, mapMatches } from './selector.js';
import type { KubernetesObject } from './types.js';
import { namespaceOf, subjectOf, type Workload } from './workload.js';

export interface ServicePort {
  readonly name?: string;
  readonly port: number;
  /** Name or number. @default - the port itself */
  readonly targetPort: string | number;
}

export interface Service {
  readonly object: KubernetesObject;
  readonly subject: string;
  readonly name: string;
  readonly namespace: string;
  readonly type: string;
  readonly labels: Labels;
  readonly selector: Labels;
  readonly ports: readonly ServicePort[];
  /** Workloads whose pods it sends to. */
  readonly workloads: readonly Workload[];
}

export function readService(object: KubernetesObject, workloads: readonly Workload[]): readonly Service[] {
  if (object.kind === 'NIMService') return [serviceOfOperator(object)];
  if (object.kind !== 'Service' || object.apiVersion !== 'v1') return [];
  const namespace = namespaceOf(object);
  const selector = textMapAt(object, 'spec', 'selector');
  return [
    {
      object,
      subject: subjectOf(object),
      name: textAt(object, 'metadata', 'name') ?? '',
      namespace,
      type: textAt(object, 'spec', 'type') ?? 'ClusterIP',
      labels: textMapAt(object, 'metadata', 'labels'),
      selector,
      ports: listAt(object, 'spec', 'ports').map((port) => {
        const number = numberAt(port, 'port') ?? 0;
        const target = valueAt(port, 'targetPort');
        return {
          name: textAt(port, 'name'),
          port: number,
          targetPort: typeof target === 'string' || typeof target === 'number' ? target : number,
        };
      }),
      workloads: workloads.filter(
        (each) => each.namespace === namespace && mapMatches(selector, each.pod.labels),
      ),
    },
  ];
}

/** NVIDIA's operator makes a Service of the NIMService's own name (k8s-nim-operator v3.1.2); its pods are the operator's. */
function serviceOfOperator(object: KubernetesObject): Service {
  const port = numberAt(object, 'spec', 'expose', 'service', 'port') ?? 8000;
  return {
    object,
    subject: subjectOf(object),
    name: textAt(object, 'metadata', 'name') ?? '',
    namespace: namespaceOf(object),
    type: textAt(object, 'spec', 'expose', 'service', 'type') ?? 'ClusterIP',
    labels: {},
    selector: {},
    ports: [{ port, targetPort: port }],
    workloads: [],
  };
}
