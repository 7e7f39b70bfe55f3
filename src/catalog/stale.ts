import type { Catalog, CatalogKind } from './catalog.js';

/** One entry that nobody has compared with its sources for long. */
export interface StaleEntry {
  readonly kind: CatalogKind;
  readonly id: string;
  readonly checked: string;
  /** Whole days between `checked` and the day asked about. */
  readonly ageDays: number;
}

/** Kinds whose entries carry a day. The tables of engines are read off published versions, which never change. */
export const DATED: readonly CatalogKind[] = [
  'models',
  'accelerators',
  'sizing',
  'licences',
  'clusters',
  'providers',
  'translators',
  'engines',
];

/**
 * Entries that were last looked at more than so many days ago, oldest first.
 * @param asOf YYYY-MM-DD.
 */
export function staleEntries(
  catalog: Catalog,
  kinds: readonly CatalogKind[],
  asOf: string,
  days: number,
): StaleEntry[] {
  return kinds
    .flatMap((kind) => datedEntries(catalog, kind))
    .map((entry) => ({ ...entry, ageDays: daysBetween(entry.checked, asOf) }))
    .filter(({ ageDays }) => ageDays > days)
    .sort((a, b) => b.ageDays - a.ageDays || order(`${a.kind}/${a.id}`, `${b.kind}/${b.id}`));
}

function datedEntries(catalog: Catalog, kind: CatalogKind): Omit<StaleEntry, 'ageDays'>[] {
  if (kind === 'engines') {
    const { id, checked } = catalog.engineFamily;
    return [{ kind, id, checked }];
  }
  const read: (id: string) => { readonly checked: string } | undefined = {
    models: catalog.model,
    accelerators: catalog.accelerator,
    sizing: catalog.sizingProfile,
    licences: catalog.licence,
    clusters: catalog.clusterKind,
    providers: catalog.provider,
    translators: catalog.translator,
  }[kind];
  return catalog.ids(kind).flatMap((id) => {
    const checked = read(id)?.checked;
    return checked === undefined ? [] : [{ kind, id, checked }];
  });
}

/** A month or year counts from its first day: the entry may be that old. */
function daysBetween(checked: string, asOf: string): number {
  const first = `${checked}-01-01`.slice(0, 10);
  return Math.floor((Date.parse(asOf) - Date.parse(first)) / 86_400_000);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
