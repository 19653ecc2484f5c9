/**
 * What became of everything that arrived, as sets of short ids: so a delivery that is repeated, or
 * that died between two writes, changes no count. Pure.
 */
import { createHash } from 'node:crypto';
import type { Severity } from '../findings/finding.ts';

/** Taken from the queue; written before anything is decided. */
export interface Received {
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Random; names the batch. */
  readonly batch: string;
  readonly ids: readonly string[];
  /** Some were delivered before, and what took them died or failed: people have waited for them. */
  readonly again?: boolean;
}

export interface Digested {
  readonly title: string;
  readonly severity: Severity;
  readonly ids: readonly string[];
}

/** What was decided about one batch; each id is in one place. */
export interface Outcomes {
  readonly at: string;
  readonly batch: string;
  /** Ids of findings by channel and case. */
  readonly cases: {
    readonly [channel: string]: { readonly [caseId: string]: readonly string[] };
  };
  /** By the id of the suppression. */
  readonly suppressed: { readonly [suppression: string]: readonly string[] };
  /** By rule. */
  readonly digest: { readonly [rule: string]: Digested };
  /** Ids of events by the reason. */
  readonly ignored: { readonly [because: string]: readonly string[] };
}

/** The short id of an event that is no finding, as `findingKey` is that of one that is. */
export const eventKey = (eventId: string): string =>
  createHash('sha256').update(`event ${eventId}`).digest().subarray(0, 9).toString('base64url');

/** All ids of these lists, each once. */
export const union = (lists: Iterable<readonly string[]>): ReadonlySet<string> => {
  const ids = new Set<string>();
  for (const list of lists) for (const id of list) ids.add(id);
  return ids;
};

/** What arrived for one case. */
export interface CaseArrivals {
  readonly channel: string;
  readonly ids: ReadonlySet<string>;
}

export const byCase = (outcomes: readonly Outcomes[]): ReadonlyMap<string, CaseArrivals> => {
  const found = new Map<string, { channel: string; ids: Set<string> }>();
  for (const { cases } of outcomes)
    for (const [channel, inChannel] of Object.entries(cases))
      for (const [id, ids] of Object.entries(inChannel)) {
        const entry = found.get(id) ?? { channel, ids: new Set<string>() };
        for (const one of ids) entry.ids.add(one);
        found.set(id, entry);
      }
  return found;
};

/** Everything that was decided about, whatever it was. */
export const decidedIn = (outcomes: readonly Outcomes[]): ReadonlySet<string> =>
  union(
    outcomes.flatMap(({ cases, suppressed, digest, ignored }) => [
      ...Object.values(cases).flatMap((one) => Object.values(one)),
      ...Object.values(suppressed),
      ...Object.values(digest).map(({ ids }) => ids),
      ...Object.values(ignored),
    ]),
  );

/** The findings that arrived for the cards of one channel. */
export const inChannel = (outcomes: readonly Outcomes[], channel: string): ReadonlySet<string> =>
  union(outcomes.flatMap(({ cases }) => Object.values(cases[channel] ?? {})));
