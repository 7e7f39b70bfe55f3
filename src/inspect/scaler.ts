import { type Fields, fieldsAt, listAt, numberAt, textAt, valueAt } from './field.js';
import { type Query, readQuery } from './query.js';
import type { KubernetesObject } from './types.js';
import { namespaceOf, subjectOf, type Workload } from './workload.js';

export interface Trigger {
  readonly type: string;
  /** Values as written: KEDA takes texts only. */
  readonly metadata: Fields;
  /** @default AverageValue */
  readonly metricType: string;
  readonly authenticationRef?: string;
  /** The query of a Prometheus trigger. */
  readonly query?: Query;
}

/** What changes the number of a workload's pods. */
export interface Scaler {
  readonly object: KubernetesObject;
  readonly kind: 'ScaledObject' | 'HorizontalPodAutoscaler';
  readonly subject: string;
  readonly namespace: string;
  readonly target: { readonly apiVersion: string; readonly kind: string; readonly name: string };
  /** Workloads of the set that it names. */
  readonly workloads: readonly Workload[];
  /** KEDA starts at 0 where nothing is said, a plain HorizontalPodAutoscaler at 1. */
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly triggers: readonly Trigger[];
  readonly cooldownSeconds: number;
  readonly fallback?: Fields;
  /** `behavior` of the HorizontalPodAutoscaler that does the work. */
  readonly behavior: Fields;
}

export function readScaler(object: KubernetesObject, workloads: readonly Workload[]): readonly Scaler[] {
  const keda = object.kind === 'ScaledObject';
  if (!keda && object.kind !== 'HorizontalPodAutoscaler') return [];
  const namespace = namespaceOf(object);
  const reference = fieldsAt(object, 'spec', 'scaleTargetRef');
  const target = {
    apiVersion: textAt(reference, 'apiVersion') ?? 'apps/v1',
    kind: textAt(reference, 'kind') ?? 'Deployment',
    name: textAt(reference, 'name') ?? '',
  };
  const same = (each: Workload) =>
    each.kind === target.kind && each.name === target.name && each.namespace === namespace;
  return [
    {
      object,
      kind: keda ? 'ScaledObject' : 'HorizontalPodAutoscaler',
      subject: subjectOf(object),
      namespace,
      target,
      workloads: workloads.filter(same),
      minReplicas: numberAt(object, 'spec', keda ? 'minReplicaCount' : 'minReplicas') ?? (keda ? 0 : 1),
      maxReplicas: numberAt(object, 'spec', keda ? 'maxReplicaCount' : 'maxReplicas') ?? 100,
      triggers: keda
        ? listAt(object, 'spec', 'triggers').map((trigger) => readTrigger(object, trigger))
        : hpaTriggers(object),
      cooldownSeconds: numberAt(object, 'spec', 'cooldownPeriod') ?? 300,
      fallback:
        keda && valueAt(object, 'spec', 'fallback') ? fieldsAt(object, 'spec', 'fallback') : undefined,
      behavior: keda
        ? fieldsAt(object, 'spec', 'advanced', 'horizontalPodAutoscalerConfig', 'behavior')
        : fieldsAt(object, 'spec', 'behavior'),
    },
  ];
}

function readTrigger(object: KubernetesObject, trigger: unknown): Trigger {
  const type = textAt(trigger, 'type') ?? '';
  const query = textAt(trigger, 'metadata', 'query');
  const name = textAt(trigger, 'name') ?? type;
  return {
    type,
    metadata: fieldsAt(trigger, 'metadata'),
    metricType: textAt(trigger, 'metricType') ?? 'AverageValue',
    authenticationRef: textAt(trigger, 'authenticationRef', 'name'),
    query:
      type === 'prometheus' && query !== undefined ? readQuery(object, 'scaler', name, query) : undefined,
  };
}

/** Resource metrics of a HorizontalPodAutoscaler, named as KEDA's triggers are. */
function hpaTriggers(object: KubernetesObject): readonly Trigger[] {
  return listAt(object, 'spec', 'metrics').map((metric) => ({
    type:
      textAt(metric, 'resource', 'name') ??
      textAt(metric, 'containerResource', 'name') ??
      (textAt(metric, 'type') ?? '').toLowerCase(),
    metadata: {},
    metricType: 'AverageValue',
  }));
}
