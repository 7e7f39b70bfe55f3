import * as z from 'zod';
import type { Needs, Section } from '../../src/selection/scheme.js';
import { ClosedCloudSection, closedCloudNeeds } from '../closed-cloud/section.js';

const { providers, routes, clients, gateway } = ClosedCloudSection.shape;

/** Keys that the scheme adds to a selection; the last four are those of a gateway, for `hosting: api`. */
export const OpenCloudSection = z.strictObject({
  hosting: z
    .enum(['cluster', 'api'])
    .describe(
      '`cluster`: vLLM on GPU pools of a managed Kubernetes, cluster.kind says whose; `api`: an open model behind a provider’s API.',
    ),
  providers: providers.optional().describe(String(providers.description)),
  routes: routes.optional().describe(String(routes.description)),
  clients: clients.optional().describe(String(clients.description)),
  gateway: gateway.optional().describe(String(gateway.description)),
});
export type OpenCloudSection = z.infer<typeof OpenCloudSection>;

/** A server of its own, or the entry of a model that a provider serves and the accounts there. */
export function openCloudNeeds(section: Section): Needs {
  const { hosting, ...rest } = section as OpenCloudSection;
  if (hosting === 'cluster') return { serving: 'server' };
  const named = { ...rest, providers: rest.providers ?? {} };
  return {
    ...closedCloudNeeds(named),
    serving: 'model',
    instead: 'hosting is api: the provider decides on what it runs',
  };
}
