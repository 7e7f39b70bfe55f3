import * as z from 'zod';
import { GatewayClients, GatewaySettings, ProviderRoutes } from '../../src/selection/gateway-settings.js';
import { ProviderAccounts, translatorsOf } from '../../src/selection/provider-account.js';
import type { Needs, Section } from '../../src/selection/scheme.js';

/** Keys that the scheme adds to a selection. */
export const ClosedCloudSection = z.strictObject({
  providers: ProviderAccounts,
  routes: ProviderRoutes,
  clients: GatewayClients,
  gateway: GatewaySettings.prefault({}).describe('The gateway itself.'),
});
export type ClosedCloudSection = z.infer<typeof ClosedCloudSection>;

/** The profiles that the accounts name. */
export function closedCloudNeeds(section: Section): Needs {
  const { providers } = section as ClosedCloudSection;
  return {
    serving: 'nothing',
    instead: "name the provider's model in routes.<name>.targets",
    everyProvider: Object.values(providers).some(({ endpoint }) => endpoint !== undefined),
    translators: translatorsOf(providers),
    providers: Object.entries(providers).flatMap(([name, { profile }]) =>
      profile === undefined ? [] : [{ id: profile, path: ['providers', name, 'profile'] }],
    ),
  };
}
