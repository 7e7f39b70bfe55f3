import type { ResolvedSelection } from '../selection/resolved.js';
import type { SecretRef } from '../selection/secret.js';
import type { SecretKey, SecretPlan } from './plan.js';

/**
 * A Secret of the namespace for a reference: the existing one, or the one that External Secrets will write.
 *
 * @param ownName Name of the Secret to write where the reference points into a store.
 */
export function secretPlan(ref: SecretRef, ownName: string, ownKey: string, purpose: string): SecretPlan {
  return 'name' in ref
    ? { secretName: ref.name, key: ref.key, purpose, via: 'existing', ref }
    : { secretName: ownName, key: ownKey, purpose, via: 'external', ref };
}

/** The part of a `SecretPlan` that pods refer to. */
export function secretKey(plan: SecretPlan): SecretKey {
  return { secretName: plan.secretName, key: plan.key };
}

/** A store's value becomes a Secret of the namespace where the cluster can read stores, else the user makes that Secret. */
export function secretOf(
  { cluster }: Pick<ResolvedSelection, 'cluster'>,
  ref: SecretRef,
  name: string,
  key: string,
  purpose: string,
): SecretPlan {
  const plan = secretPlan(ref, name, key, purpose);
  const canRead = cluster.capabilities?.includes('external-secrets') ?? false;
  return plan.via === 'external' && !canRead ? { ...plan, via: 'existing' } : plan;
}

/** The Secrets that External Secrets is to write, and where it reads each value. */
export function storedValues(secrets: readonly SecretPlan[]) {
  return secrets.flatMap(({ via, ref, secretName, key }) =>
    via === 'external' && 'store' in ref ? [{ ...ref, secretName, key }] : [],
  );
}
