import { templates } from '../../templates/registry.js';
import type { Catalog } from '../catalog/catalog.js';
import { manifestChecks } from '../checks/manifest/all.js';
import { planChecks } from '../checks/plan/all.js';
import { clusters, providers } from './list-clouds.js';
import { entries, type Listing } from './listing.js';

type Lister = (catalog: Catalog) => Listing;

/** Every list by the word that asks for it. */
export const LISTS: Readonly<Record<string, Lister>> = {
  models,
  accelerators,
  clusters,
  providers,
  engines,
  profiles,
  licences,
  schemes,
  checks,
};

function models(catalog: Catalog): Listing {
  const records = entries(catalog.ids('models'), catalog.model).map((model) => ({
    id: model.id,
    name: model.name,
    released: model.released,
    parameters: model.parameters.total,
    context: model.context.max,
    licence: model.licence,
    precisions: [...new Set(model.checkpoints.map(({ precision }) => precision))],
    task: model.task,
    notVerified: model.notVerified.length,
  }));
  return {
    head: ['id', 'parameters', 'context', 'precisions', 'licence', 'not verified'],
    align: 'lrrllr',
    rows: records.map((one) => [
      one.id,
      one.parameters === null ? '?' : `${(one.parameters / 1e9).toFixed(1)} B`,
      String(one.context),
      one.precisions.join(' '),
      one.licence,
      open(one.notVerified),
    ]),
    records,
  };
}

function accelerators(catalog: Catalog): Listing {
  const records = entries(catalog.ids('accelerators'), catalog.accelerator).map((one) => ({
    id: one.id,
    name: one.name,
    vendor: one.vendor,
    memoryGb: one.memory.marketedGb,
    runtimeGib: one.memory.runtimeGib,
    memoryBandwidthGBs: one.memoryBandwidthGBs,
    resource: one.kubernetes.resource,
    notVerified: one.notVerified.length,
  }));
  return {
    head: ['id', 'vendor', 'label GB', 'usable GiB', 'GB/s', 'resource', 'not verified'],
    align: 'llrrrlr',
    rows: records.map((one) => [
      one.id,
      one.vendor,
      ...[one.memoryGb, one.runtimeGib, one.memoryBandwidthGBs].map((value) => String(value ?? '?')),
      one.resource ?? '?',
      open(one.notVerified),
    ]),
    records,
  };
}

/** How many facts of an entry nobody has confirmed; `berth explain` names them. */
function open(count: number): string {
  return count === 0 ? '' : String(count);
}

function engines({ engineVersions, engineFamily }: Catalog): Listing {
  const records = engineVersions().map((version) => ({
    id: `vllm@${version}`,
    version,
    default: version === engineFamily.defaultVersion,
  }));
  return {
    head: ['id', ''],
    rows: records.map((one) => [one.id, one.default ? 'default' : '']),
    records,
  };
}

function profiles(catalog: Catalog): Listing {
  const records = entries(catalog.ids('sizing'), catalog.sizingProfile).map(
    ({ id, summary, accelerator, gpusPerReplica, replicas, context, concurrency }) => ({
      ...{ id, summary, accelerator, gpusPerReplica, replicas, context, concurrency },
    }),
  );
  return {
    head: ['id', 'accelerators a replica', 'replicas', 'context', 'concurrency', 'for'],
    align: 'lllrrl',
    rows: records.map((one) => [
      one.id,
      `${one.gpusPerReplica} × ${one.accelerator}`,
      `${one.replicas.min}–${one.replicas.max}`,
      String(one.context),
      String(one.concurrency),
      one.summary,
    ]),
    records,
  };
}

function licences(catalog: Catalog): Listing {
  const records = entries(catalog.ids('licences'), catalog.licence).map((one) => ({
    id: one.id,
    name: one.name,
    spdx: one.spdx,
    commercialUse: one.commercialUse,
    verified: one.verified,
  }));
  return {
    head: ['id', 'commercial use', 'text read', 'name'],
    rows: records.map((one) => [one.id, one.commercialUse, one.verified, one.name]),
    records,
  };
}

function schemes(): Listing {
  const records = templates.map(({ name, summary }) => ({ id: name, summary }));
  return { head: ['id', ''], rows: records.map(({ id, summary }) => [id, summary]), records };
}

function checks(): Listing {
  const all = [
    ...planChecks.map((check) => ({ ...check, reads: 'plan' })),
    ...manifestChecks.map((check) => ({ ...check, reads: 'manifests' })),
  ];
  const records = all.map(({ id, title, reads, guards }) => ({ id, title, reads, guards: guards ?? false }));
  return {
    head: ['id', 'reads', 'what holds'],
    rows: records.map(({ id, reads, title }) => [id, reads, title]),
    records,
  };
}
