/** What one layer says of one planting. */
export interface Outcome {
  readonly caught: boolean;
  /** Names of the checks that caught it, where the layer has names. */
  readonly by: readonly string[];
  /** In the layer's own words. */
  readonly says: readonly string[];
}

/** The outcome where only what is new counts: `after` without what `before` says as well. */
export function onlyNew<Said>(
  before: readonly Said[],
  after: readonly Said[],
  {
    key,
    name,
    text,
  }: { key: (said: Said) => string; name: (said: Said) => string; text: (said: Said) => string },
): Outcome {
  const known = new Set(before.map(key));
  const found = after.filter((said) => !known.has(key(said)));
  return {
    caught: found.length > 0,
    by: [...new Set(found.map(name))].filter((each) => each !== ''),
    says: found.map(text),
  };
}
