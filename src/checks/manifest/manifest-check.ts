import type { Inspected } from '../../inspect/inspected.js';
import type { Check, Finding } from '../check.js';

/** A check that reads Kubernetes objects and nothing else, ours or anybody's. */
export type ManifestCheck = Check<Inspected>;

type Found = Omit<Finding, 'check'>;

/** Fails for certain, or opens a door. */
export function error(subject: string, message: string, ...remedy: readonly string[]): Found {
  return { severity: 'error', subject, message, remedy };
}

/** Fails under load, on the next upgrade, or on some clusters. */
export function warning(subject: string, message: string, ...remedy: readonly string[]): Found {
  return { severity: 'warning', subject, message, remedy };
}
