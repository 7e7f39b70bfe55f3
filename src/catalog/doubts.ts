interface Entry {
  readonly id: string;
  readonly notVerified: readonly string[];
}

/** What nobody has confirmed of the entries that numbers are made of: one line an entry that says so. */
export function doubts(...entries: readonly Entry[]): string[] {
  return entries
    .filter(({ notVerified }) => notVerified.length > 0)
    .map(({ id, notVerified }) => `not verified of ${id} in the catalogue: ${notVerified.join('; ')}`);
}
