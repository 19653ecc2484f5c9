/** Random numbers that a seed repeats: mulberry32 by Tommy Ettinger, public domain. */

export interface Random {
  /** 0 ≤ x < 1 */
  next(): number;
  /** A whole number, 0 … n − 1. */
  below(n: number): number;
  /** from ≤ x < to */
  between(from: number, to: number): number;
}

export const randomFrom = (seed: number): Random => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    below: (n) => Math.floor(next() * n),
    between: (from, to) => from + next() * (to - from),
  };
};

/** A new list in another order (Fisher and Yates). */
export const shuffled = <T>(items: readonly T[], random: Random): readonly T[] => {
  const rest = [...items];
  const out: T[] = [];
  while (rest.length > 0) {
    const place = random.below(rest.length);
    const last = rest.length - 1;
    out.push(rest[place] as T);
    rest[place] = rest[last] as T;
    rest.length = last;
  }
  return out;
};
