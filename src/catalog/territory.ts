/** Member states of the European Union since 2020-02-01, ISO 3166 alpha-2. */
const EUROPEAN_UNION: ReadonlySet<string> = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
);

/** Whether a country lies in a territory: the country itself, or `EU` with its members. */
export function liesIn(country: string, territory: string): boolean {
  return country === territory || (territory === 'EU' && EUROPEAN_UNION.has(country));
}

/** The territory whose law on data counts for a country: `EU` for its members, else the country. */
export function territoryOf(country: string): string {
  return liesIn(country, 'EU') ? 'EU' : country;
}
