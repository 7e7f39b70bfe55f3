import semver from 'semver';

/** `0.26.1rc1.dev608` → 0.26.1. Versions that cannot be read count as the newest. */
function coerce(version: string): semver.SemVer {
  const known = coerced.get(version);
  if (known !== undefined) return known;
  const parsed = semver.coerce(version) ?? new semver.SemVer('999.0.0');
  coerced.set(version, parsed);
  return parsed;
}

/** A search sizes the same version hundreds of times. */
const coerced = new Map<string, semver.SemVer>();

/** True where `version` is `from` or newer. */
export function atLeast(version: string, from: string): boolean {
  return coerce(version).compare(coerce(from)) >= 0;
}

/** The V1 engine is the default since 0.8.0; before compute capability 8.0 the V0 engine went on until it was removed. */
export function isV1Engine(version: string, computeCapability: string | null): boolean {
  if (!atLeast(version, '0.8.0')) return false;
  return atLeast(version, '0.11.0') || computeCapability === null || Number(computeCapability) >= 8;
}
