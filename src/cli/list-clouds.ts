import type { Catalog } from '../catalog/catalog.js';
import { entries, type Listing } from './listing.js';

/** Kinds of clusters: ids for `cluster.kind` in a selection. */
export function clusters(catalog: Catalog): Listing {
  const records = entries(catalog.ids('clusters'), catalog.clusterKind).map((one) => ({
    id: one.id,
    name: one.name,
    place: one.place,
    modes: one.modes,
    resources: one.gpu.resources,
    policyEnforced: one.network.policyEnforced,
    externalSecrets: one.identity.externalSecrets.provider,
    notVerified: one.notVerified.length,
  }));
  return {
    head: ['id', 'place', 'network policies hold', 'secrets from', 'not verified', 'name'],
    align: 'llllrl',
    rows: records.map((one) => [
      one.id,
      one.place,
      one.policyEnforced ?? '?',
      one.externalSecrets ?? 'none',
      String(one.notVerified),
      one.name,
    ]),
    records,
  };
}

/** Clouds that answer requests themselves. */
export function providers(catalog: Catalog): Listing {
  const records = entries(catalog.ids('providers'), catalog.provider).map((one) => ({
    id: one.id,
    name: one.name,
    wires: [...new Set(one.endpoints.map(({ wire }) => wire))],
    hosts: [...new Set(one.endpoints.map(({ host }) => host))],
    jurisdictions: [...new Set(one.endpoints.map(({ jurisdiction }) => jurisdiction))],
    models: one.models.length,
    prices: one.prices.length,
    retired: [...one.retired.models.map(({ id }) => id), ...one.retired.hosts.map(({ host }) => host)],
  }));
  return {
    head: ['id', 'wire', 'under the law of', 'models', 'prices', 'first host'],
    align: 'lllrrl',
    rows: records.map((one) => [
      one.id,
      one.wires.join(' '),
      one.jurisdictions.map((word) => word ?? '?').join(' '),
      String(one.models),
      String(one.prices),
      one.hosts[0] ?? '?',
    ]),
    records,
  };
}
