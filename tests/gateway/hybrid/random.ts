/** Random choices that a seed repeats. */
export interface Random {
  readonly seed: number;
  below(limit: number): number;
  pick<T>(list: readonly T[]): T;
  word(): string;
}

/** Marsaglia's xorshift with 32 bits. */
export function randomFrom(seed: number): Random {
  let state = seed % 2 ** 32 || 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  const below = (limit: number) => next() % limit;
  return {
    seed,
    below,
    pick: (list) => list[below(list.length)] as (typeof list)[number],
    word: () => Array.from({ length: 4 + below(6) }, () => 'abcdefghijklmnopqrstuvwxyz'[below(26)]).join(''),
  };
}
