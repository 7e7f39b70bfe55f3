import type { ProviderAccount } from '../../selection/provider-account.js';
import type { ResolvedSelection } from '../../selection/resolved.js';
import type { SecretPlan } from '../plan.js';
import { secretOf } from '../secrets.js';

/** One Secret for each account's key, whether the selection names it or a store fills it; by the account's name. */
export function accountSecrets(
  resolved: Pick<ResolvedSelection, 'cluster'>,
  providers: Readonly<Record<string, ProviderAccount>>,
): Record<string, SecretPlan> {
  return Object.fromEntries(
    Object.entries(providers).flatMap(([name, { key }]): [string, SecretPlan][] =>
      key === undefined
        ? []
        : [
            [
              name,
              secretOf(resolved, key.secretRef, `provider-${name}`, 'key', `key of the account ${name}`),
            ],
          ],
    ),
  );
}
