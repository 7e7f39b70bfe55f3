import { type Container, readContainer } from './container.js';
import { type Fields, fieldsAt, flagAt, listAt, textAt, textMapAt, valueAt } from './field.js';
import { isGpuResource } from './gpu-resource.js';
import { parseQuantity } from './quantity.js';
import type { Labels } from './selector.js';

export interface Volume {
  readonly name: string;
  /** Field that says what it is, e.g. `emptyDir`, `persistentVolumeClaim`; `claimTemplate` from a StatefulSet or LeaderWorkerSet. */
  readonly kind: string;
  /** As written: the API takes any text, the kubelet only `Memory` and `HugePages…`. */
  readonly medium?: string;
  readonly sizeLimitBytes?: number;
  readonly claim?: string;
  readonly readOnly: boolean;
  readonly fields: Fields;
}

/** A pod template, or a bare Pod. */
export interface PodTemplate {
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly spec: Fields;
  readonly containers: readonly Container[];
  readonly initContainers: readonly Container[];
  readonly volumes: readonly Volume[];
  /** Devices of one pod, over its containers. */
  readonly gpus: number;
  readonly gpuResources: readonly string[];
  readonly terminationGraceSeconds: number;
  /** Node labels that the pod asks for, by key, from nodeSelector and required affinity terms. */
  readonly nodeLabels: Readonly<Record<string, readonly string[]>>;
}

export function readPod(template: unknown, claimTemplates: readonly string[] = []): PodTemplate {
  const spec = fieldsAt(template, 'spec');
  const containers = listAt(spec, 'containers').map((container) => readContainer(container, false));
  const resources = containers.flatMap((container) =>
    Object.entries({ ...container.requests, ...container.limits }).filter(([name]) => isGpuResource(name)),
  );
  const grace = valueAt(spec, 'terminationGracePeriodSeconds');
  return {
    labels: textMapAt(template, 'metadata', 'labels'),
    annotations: textMapAt(template, 'metadata', 'annotations'),
    spec,
    containers,
    initContainers: listAt(spec, 'initContainers').map((container) => readContainer(container, true)),
    volumes: [
      ...listAt(spec, 'volumes').map(readVolume),
      ...claimTemplates.map((name) => ({ name, kind: 'claimTemplate', readOnly: false, fields: {} })),
    ],
    gpus: resources.reduce((sum, [, count]) => sum + count, 0),
    gpuResources: [...new Set(resources.map(([name]) => name))],
    terminationGraceSeconds: typeof grace === 'number' ? grace : 30,
    nodeLabels: nodeLabels(spec),
  };
}

/** The volume that holds a path inside a container, and whether it can be written there. */
export function volumeAt(pod: PodTemplate, container: Container, path: string) {
  const mount = container.mounts
    .filter(({ path: at }) => path === at || path.startsWith(at === '/' ? at : `${at}/`))
    .sort((a, b) => b.path.length - a.path.length)[0];
  const volume = pod.volumes.find(({ name }) => name === mount?.volume);
  if (!mount || !volume) return undefined;
  return { mount, volume, writable: !mount.readOnly && !volume.readOnly };
}

function readVolume(volume: unknown): Volume {
  const fields = fieldsAt(volume);
  const kind = Object.keys(fields).find((key) => key !== 'name') ?? 'emptyDir';
  const source = fields[kind];
  return {
    name: textAt(volume, 'name') ?? '',
    kind,
    medium: textAt(source, 'medium'),
    sizeLimitBytes: parseQuantity(valueAt(source, 'sizeLimit')),
    claim: kind === 'persistentVolumeClaim' ? textAt(source, 'claimName') : undefined,
    readOnly:
      (flagAt(source, 'readOnly') ?? false) ||
      ['configMap', 'secret', 'projected', 'downwardAPI', 'image'].includes(kind),
    fields,
  };
}

function nodeLabels(spec: Fields): Record<string, readonly string[]> {
  const labels: Record<string, string[]> = {};
  for (const [key, value] of Object.entries(textMapAt(spec, 'nodeSelector'))) labels[key] = [value];
  const required = [
    'affinity',
    'nodeAffinity',
    'requiredDuringSchedulingIgnoredDuringExecution',
    'nodeSelectorTerms',
  ];
  for (const term of listAt(spec, ...required)) {
    for (const expression of listAt(term, 'matchExpressions')) {
      const key = textAt(expression, 'key') ?? '';
      const values = listAt(expression, 'values').filter(
        (value): value is string => typeof value === 'string',
      );
      labels[key] = [...(labels[key] ?? []), ...values];
    }
  }
  return labels;
}
