import type { Catalog } from '../../catalog/catalog.js';
import { didYouMean } from '../../catalog/nearest.js';
import { UserError } from '../../error.js';
import type { Sizing } from '../types.js';
import { resolveWhatIf, sizeWhatIf } from './size-what-if.js';
import { WHAT_IF_KEYS } from './what-if.js';

/** What one line of a batch comes to. */
export type LineResult =
  | ({ readonly id: string | number } & Sizing)
  | { readonly id: string | number; readonly error: string };

/**
 * Sizes one line of a batch. Never throws: what cannot be sized is a result with its reason.
 * @param at Place of the line, from 0: the id of a line that has none.
 */
export function sizeLine(line: string, at: number, catalog: Catalog, today: string): LineResult {
  const fallback = at + 1;
  let data: unknown;
  try {
    data = JSON.parse(line);
  } catch (error) {
    return {
      id: fallback,
      error: `line ${fallback} is no JSON: ${error instanceof Error ? error.message : error}`,
    };
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    return { id: fallback, error: `line ${fallback} is no JSON object` };
  }
  const id = idOf(data, fallback);
  try {
    const { known, notes } = knownKeys(data as Record<string, unknown>);
    const request = resolveWhatIf(known, catalog, today);
    const sizing = sizeWhatIf({ ...request, assumptions: [...notes, ...request.assumptions] }, catalog);
    return { id, ...sizing };
  } catch (error) {
    return { id, error: reasonOf(error) };
  }
}

function idOf(data: object, fallback: number): string | number {
  const { id } = data as { id?: unknown };
  return typeof id === 'string' || typeof id === 'number' ? id : fallback;
}

/** A key that is null is absent; one that nobody knows is left out, and that is said. */
function knownKeys(data: Record<string, unknown>) {
  const stated = Object.entries(data).filter(([, value]) => value !== null && value !== undefined);
  const strange = stated.map(([key]) => key).filter((key) => !WHAT_IF_KEYS.includes(key));
  const known = Object.fromEntries(
    stated
      .filter(([key]) => WHAT_IF_KEYS.includes(key))
      .map(([key, value]) => [key, key === 'config' ? value : withoutNulls(value)]),
  );
  const notes = strange.map((key) => {
    const near = didYouMean(key, WHAT_IF_KEYS);
    return `key '${key}' is not known and was left out${near === undefined ? '' : `: ${near}`}`;
  });
  return { known, notes };
}

function withoutNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== null));
}

function reasonOf(error: unknown): string {
  if (!(error instanceof UserError))
    return `not sized: ${error instanceof Error ? error.message : String(error)}`;
  const problems = error.problems.map(({ message, fix }) => {
    const fixes = fix === undefined ? [] : Array.isArray(fix) ? fix : [fix];
    return fixes.length === 0 ? message : `${message} (${fixes.join('; ')})`;
  });
  return problems.length === 0 ? error.summary : `${error.summary}: ${problems.join('; ')}`;
}
