/** In which order, and how often, the queue gets the storm's findings. */
import { type Random, shuffled } from '../random.ts';
import type { StormFinding } from './findings.ts';

export interface Delivery {
  /** Milliseconds after the storm's start. */
  readonly at: number;
  readonly finding: StormFinding;
}

export const inOrder = (findings: readonly StormFinding[]): readonly Delivery[] =>
  findings.map((finding) => ({ at: finding.at, finding }));

/** A share of 0.01 sends one in a hundred again, up to `latest` milliseconds later. */
export interface Disorder {
  readonly duplicateShare: number;
  readonly latest: number;
}

/** All places are dealt anew, and some findings come twice, the second time within ten seconds. */
export const disordered = (
  findings: readonly StormFinding[],
  random: Random,
  { duplicateShare, latest }: Disorder,
): readonly Delivery[] => {
  const mixed = shuffled(findings, random).map((finding, place) => ({
    at: findings[place]?.at ?? 0,
    finding,
  }));
  const again = shuffled(mixed, random)
    .slice(0, Math.round(findings.length * duplicateShare))
    .map(({ at, finding }) => ({ at: Math.min(at + random.next() * 10_000, latest), finding }));
  return [...mixed, ...again].sort((a, b) => a.at - b.at);
};
