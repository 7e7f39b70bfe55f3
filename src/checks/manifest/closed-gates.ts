import { listAt, valueAt } from '../../inspect/field.js';
import type { KubernetesObject } from '../../inspect/types.js';
import { type ManifestCheck, warning } from './manifest-check.js';

interface GatedField {
  readonly name: string;
  readonly gate: string;
  readonly isSet: (podSpec: unknown) => boolean;
}

/** Pod fields whose gate is closed by default in every version that has them. Source: kube_features.go of 1.36.3 and 1.37.2. */
const GATED_POD_FIELDS: readonly GatedField[] = [
  {
    name: 'lifecycle.stopSignal',
    gate: 'ContainerStopSignals',
    isSet: (spec) =>
      [...listAt(spec, 'containers'), ...listAt(spec, 'initContainers')].some(
        (container) => valueAt(container, 'lifecycle', 'stopSignal') !== undefined,
      ),
  },
  {
    name: 'schedulingGroup',
    gate: 'GenericWorkload',
    isSet: (spec) => valueAt(spec, 'schedulingGroup') !== undefined,
  },
];

export const closedGateChecks: readonly ManifestCheck[] = [
  {
    id: 'objects/closed-gate',
    title: 'no field stands behind a feature gate that is closed by default',
    why: 'The API server knows the field and drops it without a word: no error, no warning, and a diff shows nothing.',
    source:
      'kube_features.go of Kubernetes 1.36.3 and 1.37.2; stopSignal tried against kube-apiserver 1.36.3',
    inputs: ['objects', 'workloads'],
    run: ({ objects, workloads }) => [
      ...workloads.flatMap(({ subject, pod }) =>
        GATED_POD_FIELDS.filter(({ isSet }) => isSet(pod.spec)).map(({ name, gate }) =>
          dropped(subject, name, gate),
        ),
      ),
      ...objects
        .filter(takesDataFromElsewhere)
        .map(({ kind, metadata }) =>
          dropped(`${kind}/${metadata.name}`, 'dataSourceRef.namespace', 'CrossNamespaceVolumeDataSource'),
        ),
    ],
  },
];

function takesDataFromElsewhere(object: KubernetesObject): boolean {
  return (
    object.kind === 'PersistentVolumeClaim' &&
    valueAt(object, 'spec', 'dataSourceRef', 'namespace') !== undefined
  );
}

function dropped(subject: string, field: string, gate: string) {
  return warning(
    subject,
    `the API server drops ${field} unless its gate ${gate} is opened`,
    'leave the field out',
    `open the gate ${gate} on the API server`,
  );
}
