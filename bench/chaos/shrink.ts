/** A life that went wrong, with as few faults as it still goes wrong with. */
import type { Bug } from './bugs.ts';
import { listedPlan, type Strike } from './faults.ts';
import { type Life, live } from './life.ts';

/** How often a life is lived again for that. */
const mostTries = 16;

const without = (strikes: readonly Strike[], from: number, count: number): readonly Strike[] => [
  ...strikes.slice(0, from),
  ...strikes.slice(from + count),
];

/** Halves first, then smaller parts: each is left out if the same invariant is violated without it. */
export const shrink = async (life: Life, bug?: Bug): Promise<Life> => {
  const [first] = life.violations;
  const stillWrong = (other: Life): boolean =>
    other.violations.some(({ invariant }) => invariant === first?.invariant);
  let smallest = life;
  let strikes = life.strikes.filter(({ kind }) => kind !== 'outage');
  let size = Math.ceil(strikes.length / 2);
  for (let from = 0, tries = 0; size > 0 && tries < mostTries; tries += 1) {
    const fewer = without(strikes, from, size);
    const other = await live({ seed: life.seed, plan: listedPlan(fewer), bug });
    if (stillWrong(other)) {
      smallest = other;
      strikes = other.strikes.filter(({ kind }) => kind !== 'outage');
    } else from += size;
    if (from < strikes.length) continue;
    from = 0;
    size = size === 1 ? 0 : Math.ceil(Math.min(size, strikes.length) / 2);
  }
  return smallest;
};
