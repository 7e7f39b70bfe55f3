import { parse } from 'yaml';
import type { DistChange } from './dist-changes.js';
import { type FieldChange, fieldChanges } from './field-changes.js';

/** One Kubernetes object that a synth would add, change or remove. */
export interface ObjectChange {
  readonly change: DistChange['kind'];
  /** Folder of its environment. */
  readonly folder: string;
  readonly kind: string;
  readonly name: string;
  /** For a changed object: where it differs. */
  readonly fields: readonly FieldChange[];
}

/** What changes, by object; and the files that hold no object or whose object stays the same. */
export interface DistDifference {
  readonly objects: readonly ObjectChange[];
  readonly otherFiles: readonly string[];
}

/** Reads changed files as objects. */
export function objectChanges(changes: readonly DistChange[]): DistDifference {
  const objects: ObjectChange[] = [];
  const otherFiles: string[] = [];
  for (const change of changes) {
    const object = objectChange(change);
    if (object === undefined) otherFiles.push(change.path);
    else objects.push(object);
  }
  return { objects, otherFiles };
}

function objectChange({ kind: change, path, before, after }: DistChange): ObjectChange | undefined {
  if (!path.endsWith('.yaml') || path.endsWith('/kustomization.yaml')) return undefined;
  const [old, now] = [read(before), read(after)];
  const shown = now ?? old;
  if (shown === undefined) return undefined;
  const fields = change === 'changed' ? fieldChanges(old, now) : [];
  if (change === 'changed' && fields.length === 0) return undefined;
  const folder = path.slice(0, path.lastIndexOf('/'));
  return { change, folder, kind: shown.kind, name: shown.metadata.name, fields };
}

/** Undefined for what is no Kubernetes object: somebody may have put anything there. */
function read(text: string | undefined): { kind: string; metadata: { name: string } } | undefined {
  try {
    const value = parse(text ?? '');
    const isObject = typeof value?.kind === 'string' && typeof value?.metadata?.name === 'string';
    return isObject ? value : undefined;
  } catch {
    return undefined;
  }
}
