import type { KubernetesObject } from '../../../src/inspect/types.js';

interface Named {
  name: string;
  [field: string]: unknown;
}
interface Container extends Named {
  image: string;
  args?: string[];
  env?: Named[];
  volumeMounts?: (Named & { mountPath: string; readOnly?: boolean })[];
  resources?: Record<string, Record<string, unknown>>;
}
interface PodSpec {
  containers: Container[];
  volumes?: Named[];
  affinity?: object;
}

/** Edits of the first container of a workload's pod, in words. */
export interface PodEdit {
  readonly args?: {
    readonly add?: readonly string[];
    readonly remove?: string;
    readonly set?: readonly [string, string];
  };
  readonly env?: { readonly add?: Named; readonly set?: Named; readonly remove?: string };
  readonly mount?: { readonly remove?: string; readonly writable?: string };
  readonly volume?: { readonly add: Named };
  /** Tag of the image. */
  readonly image?: string;
  readonly repository?: string;
  readonly 'rename-resource'?: { readonly from: string; readonly to: string };
  /** The only value of the product label that the pod accepts. */
  readonly 'node-label'?: string;
}

export function editPod(object: KubernetesObject, edit: PodEdit): void {
  const pod = podOf(object);
  const container = pod?.containers[0];
  if (!pod || !container) return;
  if (edit.args) container.args = editArgs(container.args ?? [], edit.args);
  if (edit.env) container.env = editEnv(container.env ?? [], edit.env);
  if (edit.mount) editMounts(pod, container, edit.mount);
  if (edit.volume) pod.volumes = [...(pod.volumes ?? []), structuredClone(edit.volume.add)];
  if (edit.image) container.image = container.image.replace(/[:@][^/]*$/, `:${edit.image}`);
  if (edit.repository) container.image = container.image.replace(/^[^:@]*/, edit.repository);
  const rename = edit['rename-resource'];
  for (const list of rename ? Object.values(container.resources ?? {}) : []) {
    if (!rename || !(rename.from in list)) continue;
    list[rename.to] = list[rename.from];
    delete list[rename.from];
  }
  const label = edit['node-label'];
  if (label) {
    const matchExpressions = [{ key: 'nvidia.com/gpu.product', operator: 'In', values: [label] }];
    pod.affinity = {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] },
      },
    };
  }
}

function podOf({ spec }: KubernetesObject): PodSpec | undefined {
  const own = spec as
    | { template?: { spec: PodSpec }; leaderWorkerTemplate?: { leaderTemplate: { spec: PodSpec } } }
    | undefined;
  return own?.template?.spec ?? own?.leaderWorkerTemplate?.leaderTemplate.spec;
}

function editArgs(args: readonly string[], { add, remove, set }: NonNullable<PodEdit['args']>): string[] {
  const without = (flag: string) => {
    const at = args.findIndex((arg) => arg === flag || arg.startsWith(`${flag}=`));
    if (at < 0) return [...args];
    const hasValue = args[at] === flag && at + 1 < args.length && !args[at + 1]?.startsWith('--');
    return args.toSpliced(at, hasValue ? 2 : 1);
  };
  if (set) return [...without(set[0]), ...set];
  return [...(remove === undefined ? args : without(remove)), ...(add ?? [])];
}

function editEnv(env: readonly Named[], { add, set, remove }: NonNullable<PodEdit['env']>): Named[] {
  const changed = set ?? add;
  const dropped = remove ?? changed?.name;
  return [...env.filter(({ name }) => name !== dropped), ...(changed ? [structuredClone(changed)] : [])];
}

function editMounts(
  pod: PodSpec,
  container: Container,
  { remove, writable }: NonNullable<PodEdit['mount']>,
): void {
  container.volumeMounts = (container.volumeMounts ?? []).filter(({ mountPath }) => mountPath !== remove);
  for (const mount of container.volumeMounts.filter(({ mountPath }) => mountPath === writable)) {
    delete mount.readOnly;
    const claim = pod.volumes?.find(({ name }) => name === mount.name)?.persistentVolumeClaim as
      | { readOnly?: boolean }
      | undefined;
    delete claim?.readOnly;
  }
}
