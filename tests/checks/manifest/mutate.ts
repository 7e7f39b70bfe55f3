import type { KubernetesObject } from '../../../src/inspect/types.js';
import { editPod, type PodEdit } from './pod-edit.js';
import { remove, set } from './pointer.js';

/** One step on one object: `on` a kind (and name), then a JSON pointer, or an edit of its pod, its query or its rules. */
export interface Edit extends PodEdit {
  readonly on: string;
  readonly name?: string;
  readonly at?: string;
  readonly value?: unknown;
  readonly remove?: boolean;
  /** Query of the first trigger. */
  readonly query?: string;
  readonly rule?: { readonly add?: object; readonly remove?: string };
}

/** A mistake, as data: the same words serve every list of faults. */
export interface Mutation {
  readonly edit?: readonly Edit[];
  /** Objects to add; they take the namespace of the set. */
  readonly add?: Partial<KubernetesObject> | readonly Partial<KubernetesObject>[];
  /** Kinds to leave out. */
  readonly drop?: readonly string[];
}

/** The objects with a mistake planted. Throws where a step finds nothing to change. */
export function mutate(
  objects: readonly KubernetesObject[],
  { edit, add, drop }: Mutation,
): KubernetesObject[] {
  const result = structuredClone(objects.filter(({ kind }) => !drop?.includes(kind)));
  for (const step of edit ?? []) {
    const target = result.find(
      ({ kind, metadata }) => kind === step.on && (step.name ?? metadata.name) === metadata.name,
    );
    if (!target) throw new Error(`no ${step.on} ${step.name ?? ''} to change`);
    apply(target, step);
  }
  const namespace = result.find(({ kind }) => kind === 'Namespace')?.metadata.name;
  for (const each of [add ?? []].flat()) {
    const object = structuredClone(each) as KubernetesObject;
    result.push({ ...object, metadata: { namespace, ...object.metadata } });
  }
  return result;
}

function apply(target: KubernetesObject, step: Edit): void {
  if (step.at !== undefined) {
    if (step.remove) remove(target, step.at);
    else set(target, step.at, step.value);
  }
  if (step.query !== undefined) set(target, '/spec/triggers/0/metadata/query', step.query);
  if (step.rule) editRules(target, step.rule);
  editPod(target, step);
}

function editRules(target: KubernetesObject, { add, remove: name }: NonNullable<Edit['rule']>): void {
  const { groups } = target.spec as { groups: { rules: { alert?: string }[] }[] };
  if (add) groups[0]?.rules.push(structuredClone(add));
  if (name === undefined) return;
  const group = groups.find(({ rules }) => rules.some(({ alert }) => alert === name));
  if (!group) throw new Error(`no rule ${name} to remove`);
  group.rules = group.rules.filter(({ alert }) => alert !== name);
}
