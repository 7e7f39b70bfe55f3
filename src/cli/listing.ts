/** One list: for people as columns, for programs as records. */
export interface Listing {
  readonly head: readonly string[];
  readonly align?: string;
  readonly rows: readonly (readonly string[])[];
  readonly records: readonly Readonly<Record<string, unknown>>[];
}

/** The entries of some ids. */
export function entries<T>(ids: readonly string[], read: (id: string) => T | undefined): T[] {
  return ids.flatMap((id) => read(id) ?? []);
}
