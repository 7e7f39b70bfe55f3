/** Who an object belongs to. All three together select the pods of one workload. */
export interface Identity {
  /** What the program is, e.g. `vllm`. */
  readonly name: string;
  /** Which installation of it, e.g. the selection's name: two selections in one namespace never share pods. */
  readonly instance: string;
  /** Its part in the whole, e.g. `server`. */
  readonly component: string;
}

/** Labels that select the pods of one workload. Selectors are immutable: no version in here. */
export function selectorLabels({ name, instance, component }: Identity): Record<string, string> {
  return {
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/instance': instance,
    'app.kubernetes.io/component': component,
  };
}

/** Labels of an object and of its pods: the selector, to which system it belongs, and who wrote it. */
export function labels(identity: Identity, version?: string): Record<string, string> {
  return {
    ...selectorLabels(identity),
    'app.kubernetes.io/part-of': identity.instance,
    'app.kubernetes.io/managed-by': 'berth',
    ...(version !== undefined && { 'app.kubernetes.io/version': version }),
  };
}
