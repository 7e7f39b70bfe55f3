import { distance } from 'fastest-levenshtein';

/**
 * The candidates that somebody who typed `word` most likely meant, nearest first, at most three.
 * Case and separators do not count (`max_model_len` is `maxModelLen`); a third of the letters may differ.
 */
export function nearest(word: string, candidates: readonly string[]): string[] {
  const bare = plain(word);
  const scored = candidates.map((candidate) => ({ candidate, score: scoreOf(bare, plain(candidate)) }));
  const near = scored.filter(({ score }) => score <= Math.max(1, Math.floor(bare.length / 3)));
  const best = Math.min(...near.map(({ score }) => score));
  return near
    .filter(({ score }) => score <= best + (best <= 1 ? 0 : 1))
    .sort((a, b) => a.score - b.score || compare(a.candidate, b.candidate))
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** A sentence for a problem's fix, or undefined where nothing is near. */
export function didYouMean(word: string, candidates: readonly string[]): string | undefined {
  const found = nearest(word, candidates);
  return found.length > 0 ? `did you mean ${found.join(' or ')}?` : undefined;
}

/** Edit distance in which two neighbours swapped are one slip of the fingers, not two. */
function scoreOf(word: string, candidate: string): number {
  if (word.length < 2) return word === candidate ? 0 : Number.POSITIVE_INFINITY;
  const straight = distance(word, candidate);
  if (straight !== 2 || word.length !== candidate.length) return straight;
  const first = [...word].findIndex((letter, index) => letter !== candidate[index]);
  const swapped = word.slice(0, first) + word.charAt(first + 1) + word.charAt(first) + word.slice(first + 2);
  return swapped === candidate ? 1 : straight;
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[-_.\s]/g, '');
}

/** By code unit: the order must not depend on the locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
