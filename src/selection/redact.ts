import type { FoundSecret, Path } from './find-secrets.js';

/** What stands in place of a secret in a copy of the data. */
const HIDDEN = '…';

/** A copy of the data without the secrets: what is said of it cannot repeat them. */
export function redact(data: unknown, secrets: readonly FoundSecret[]): unknown {
  const values = new Set(secrets.filter(({ part }) => part === 'value').map(({ path }) => idOf(path)));
  const keys = new Set(secrets.filter(({ part }) => part === 'key').map(({ path }) => idOf(path)));
  const copy = (value: unknown, path: Path): unknown => {
    if (values.has(idOf(path))) return HIDDEN;
    if (Array.isArray(value)) return value.map((item, index) => copy(item, [...path, index]));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => {
        const here = [...path, key];
        return [keys.has(idOf(here)) ? HIDDEN : key, copy(item, here)];
      }),
    );
  };
  return secrets.length === 0 ? data : copy(data, []);
}

/** A path for people, without keys that are secrets. */
export function shownPath(path: Path, secrets: readonly FoundSecret[]): string {
  const keys = new Set(secrets.filter(({ part }) => part === 'key').map(({ path: of }) => idOf(of)));
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      const word = keys.has(idOf(path.slice(0, index + 1))) ? HIDDEN : part;
      return index === 0 ? word : `.${word}`;
    })
    .join('');
}

function idOf(path: Path): string {
  return JSON.stringify(path);
}
