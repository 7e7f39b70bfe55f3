import type { ResolvedSelection } from '../selection/resolved.js';

export type ExportBasis = NonNullable<ResolvedSelection['data']['exportBasis']>;

/** How much a ground carries under Chinese law: 0 none, 3 everything. Grounds of other laws carry nothing there. */
export const WEIGHT: Readonly<Partial<Record<ExportBasis, number>>> = {
  exempt: 1,
  'standard-contract': 2,
  certification: 2,
  'security-assessment': 3,
};

/**
 * The ground that Chinese law asks for, by persons since 1 January. The limits were read in secondary sources: a hint for
 * counsel, no verdict. Undefined where nobody has counted.
 * @param persons Persons whose information leaves the country in a year.
 * @param sensitive Those of them with sensitive information.
 */
export function exportRoute(persons: number | undefined, sensitive = 0): ExportBasis | undefined {
  if (persons === undefined) return undefined;
  if (persons > 1_000_000 || sensitive > 10_000) return 'security-assessment';
  return persons >= 100_000 || sensitive > 0 ? 'standard-contract' : 'exempt';
}
