/** Pairs of neighbouring letters, the last one alone: `card` → ca ar rd d. */
const pairs = (word: string): ReadonlySet<string> =>
  new Set(Array.from(word.toLowerCase(), (_, at) => word.toLowerCase().slice(at, at + 2)));

/** Share of the letter pairs that both words have, from 0 to 1 (Dice's coefficient). */
const likeness = (one: string, other: string): number => {
  const [a, b] = [pairs(one), pairs(other)];
  return (2 * [...a].filter((pair) => b.has(pair)).length) / (a.size + b.size);
};

/** The known word that a misspelt one was probably meant to be, if any is much like it. */
export const nearest = (word: string, known: readonly string[]): string | undefined =>
  known
    .filter((candidate) => likeness(word, candidate) >= 0.4)
    .sort((a, b) => likeness(word, b) - likeness(word, a))[0];
