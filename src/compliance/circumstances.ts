import type { ResolvedSelection } from '../selection/resolved.js';

type Data = ResolvedSelection['data'];
export type DataClass = NonNullable<Data['classification']>;

/** What decides where data may go. What is absent has not been said. */
export interface Circumstances {
  readonly classification?: DataClass | undefined;
  readonly personalInformation?: boolean | undefined;
  /** A country, or `EU`. */
  readonly residency?: string | undefined;
  /** The legal ground on which personal information leaves the country. */
  readonly exportBasis?: Data['exportBasis'];
  /** Persons whose information leaves the country in a year, and those of them with sensitive information. */
  readonly exportedPersons?: number | undefined;
  readonly exportedSensitivePersons?: number | undefined;
  readonly audience?: ResolvedSelection['usage']['audience'];
  /** Principal place of business, ISO 3166 alpha-2. */
  readonly country?: string | undefined;
  readonly industry?: string | undefined;
}

/** The circumstances that a selection states. */
export function circumstancesOf({
  data,
  usage,
  organization,
}: Pick<ResolvedSelection, 'data' | 'usage' | 'organization'>): Circumstances {
  return {
    classification: data.classification,
    personalInformation: data.personalInformation,
    residency: data.residency,
    exportBasis: data.exportBasis,
    exportedPersons: data.exportedPersons,
    exportedSensitivePersons: data.exportedSensitivePersons,
    audience: usage.audience,
    country: organization.country,
    industry: organization.industry,
  };
}

/** The three levels of the selection rules. */
export type Level = 'low' | 'medium' | 'high';

/** Low: public and internal. Medium: internal with personal information. High: the rest. */
export function levelOf(dataClass: DataClass, personalInformation: boolean): Level {
  if (dataClass === 'public') return 'low';
  if (dataClass === 'internal') return personalInformation ? 'medium' : 'low';
  return 'high';
}
