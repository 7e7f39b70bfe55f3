import type { ProviderProfile } from '../catalog/provider.js';
import { liesIn } from '../catalog/territory.js';
import type { Circumstances } from './circumstances.js';
import type { Destination } from './proposal.js';
import { jurisdictionOfRegion } from './region.js';

type Endpoint = ProviderProfile['endpoints'][number];

/** How a selection uses a provider. */
export interface ProviderUse {
  /** Host that is called. @default the provider's usual one */
  readonly host?: string | undefined;
  /** The vendor's word for the region, where the customer picks one. */
  readonly region?: string | undefined;
  readonly key?: string;
  readonly dataClasses?: Destination['dataClasses'];
}

/** A provider of the catalogue as a destination. A host that the catalogue does not know lies nowhere known. */
export function destinationOf(provider: ProviderProfile, use: ProviderUse = {}): Destination {
  const host = use.host ?? provider.endpoints[0]?.host ?? '';
  const endpoint = provider.endpoints.find((one) => matches(one, host));
  const stated = endpoint?.jurisdiction ?? null;
  return {
    name: provider.id,
    place: 'provider',
    host,
    jurisdiction: stated === 'by-region' ? (jurisdictionOfRegion(use.region) ?? stated) : stated,
    elsewhere: provider.endpoints.flatMap(({ host: other, jurisdiction }) =>
      jurisdiction === null || other === host ? [] : [{ host: other, jurisdiction }],
    ),
    ...(use.key !== undefined && { key: use.key }),
    ...(use.dataClasses !== undefined && { dataClasses: use.dataClasses }),
  };
}

/** The provider's endpoint that keeps data.residency, else the usual one. Verified ones first. */
export function endpointFor(
  provider: ProviderProfile,
  { residency }: Pick<Circumstances, 'residency'>,
): Endpoint | undefined {
  const [usual] = provider.endpoints;
  if (residency === undefined) return usual;
  const fitting = provider.endpoints.filter(
    ({ jurisdiction }) => jurisdiction !== null && liesIn(jurisdiction, residency),
  );
  return fitting.find(({ notVerified }) => !notVerified) ?? fitting[0] ?? usual;
}

/** Parts in braces are the customer's: one or more labels of a host's name. */
function matches({ host }: Endpoint, called: string): boolean {
  const literal = (text: string) => text.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
  const pattern = host
    .split(/\{[^}]*\}/)
    .map(literal)
    .join('[-a-z0-9.]+');
  return host === called || new RegExp(`^${pattern}$`).test(called);
}
