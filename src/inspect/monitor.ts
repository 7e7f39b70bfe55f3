import { listAt, numberAt, textAt, textMapAt, textsAt, valueAt } from './field.js';
import { type Labels, selectorMatches } from './selector.js';
import type { Service } from './service.js';
import type { KubernetesObject } from './types.js';
import { namespaceOf, subjectOf, type Workload } from './workload.js';

export interface MonitorEndpoint {
  readonly port?: string;
  readonly portNumber?: number;
  readonly path: string;
  /** Labels that relabelling adds to the series, e.g. `namespace`. */
  readonly addedLabels: readonly string[];
}

/** What Prometheus scrapes. */
export interface Monitor {
  readonly kind: 'PodMonitor' | 'ServiceMonitor';
  readonly subject: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly endpoints: readonly MonitorEndpoint[];
  /** Labels of pods or Services that become labels of every series. */
  readonly addedLabels: readonly string[];
  /** A PodMonitor's targets; those behind a ServiceMonitor's Services. */
  readonly workloads: readonly Workload[];
  readonly services: readonly Service[];
}

export function readMonitor(
  object: KubernetesObject,
  workloads: readonly Workload[],
  services: readonly Service[],
): readonly Monitor[] {
  const { kind } = object;
  if (kind !== 'PodMonitor' && kind !== 'ServiceMonitor') return [];
  const namespace = namespaceOf(object);
  const selector = valueAt(object, 'spec', 'selector');
  const names = textsAt(object, 'spec', 'namespaceSelector', 'matchNames');
  const anywhere = valueAt(object, 'spec', 'namespaceSelector', 'any') === true;
  const reaches = (other: string) =>
    anywhere || (names.length > 0 ? names.includes(other) : other === namespace);
  const found = services.filter((each) => reaches(each.namespace) && selectorMatches(selector, each.labels));
  const pods = workloads.filter(
    (each) => reaches(each.namespace) && selectorMatches(selector, each.pod.labels),
  );
  return [
    {
      kind,
      subject: subjectOf(object),
      namespace,
      labels: textMapAt(object, 'metadata', 'labels'),
      endpoints: listAt(object, 'spec', kind === 'PodMonitor' ? 'podMetricsEndpoints' : 'endpoints').map(
        readEndpoint,
      ),
      addedLabels: [
        ...textsAt(object, 'spec', 'podTargetLabels'),
        ...textsAt(object, 'spec', 'targetLabels'),
      ].map((label) => label.replace(/\W/g, '_')),
      services: kind === 'ServiceMonitor' ? found : [],
      workloads: kind === 'PodMonitor' ? pods : [...new Set(found.flatMap((service) => service.workloads))],
    },
  ];
}

function readEndpoint(endpoint: unknown): MonitorEndpoint {
  const relabelings = [...listAt(endpoint, 'relabelings'), ...listAt(endpoint, 'metricRelabelings')];
  return {
    port: textAt(endpoint, 'port'),
    portNumber: numberAt(endpoint, 'portNumber') ?? numberAt(endpoint, 'targetPort'),
    path: textAt(endpoint, 'path') ?? '/metrics',
    addedLabels: relabelings.flatMap((relabeling) => textAt(relabeling, 'targetLabel') ?? []),
  };
}
