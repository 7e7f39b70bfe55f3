/**
 * The smallest bucket boundary that is not below `seconds`: a service level can only be counted at a boundary, and must
 * not become stricter than what was asked for. Null where even the largest bucket is below.
 *
 * @param boundaries Upper bounds of the buckets, ascending, seconds.
 */
export function snapToBucket(seconds: number, boundaries: readonly number[]): number | null {
  return boundaries.find((boundary) => boundary >= seconds) ?? null;
}
