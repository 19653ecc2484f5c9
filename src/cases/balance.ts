/**
 * Nothing is lost: what was received, against where it is now, each term counted for itself from its
 * own set of ids. Pure.
 */
import { byCase, type Outcomes, type Received, union } from './arrivals.ts';

export interface Balance {
  /** Distinct findings and other events that were taken from the queue. */
  readonly received: number;
  /** Cards in Slack, one finding each. */
  readonly shown: number;
  /** Counted on a card besides its first. */
  readonly grouped: number;
  readonly suppressed: number;
  /** Told in the daily digest. */
  readonly digest: number;
  readonly ignored: number;
  /** Decided, and not on a card yet. */
  readonly waiting: number;
  /** Taken from the queue and not decided: being decided, to be delivered again, or dead. */
  readonly undecided: number;
}

export interface BalanceFacts {
  readonly received: readonly Received[];
  readonly outcomes: readonly Outcomes[];
  /** Ids that the card of a case counts; none while it has no card. */
  readonly shownOf: (caseId: string) => ReadonlySet<string>;
}

/**
 * An id that had several outcomes in this time (suppressed first, a case later) counts once, where it
 * is most visible.
 */
export const balanceOf = ({ received, outcomes, shownOf }: BalanceFacts): Balance => {
  const placed = new Set<string>();
  const count = (ids: Iterable<string>): number => {
    const before = placed.size;
    for (const id of ids) placed.add(id);
    return placed.size - before;
  };
  let shown = 0;
  let grouped = 0;
  const unseen: string[] = [];
  for (const [caseId, { ids }] of byCase(outcomes)) {
    const onCard = shownOf(caseId);
    const here = count([...ids].filter((id) => onCard.has(id)));
    shown += Math.min(1, here);
    grouped += Math.max(0, here - 1);
    unseen.push(...[...ids].filter((id) => !onCard.has(id)));
  }
  const waiting = count(unseen);
  const suppressed = count(union(outcomes.flatMap((one) => Object.values(one.suppressed))));
  const digest = count(
    union(outcomes.flatMap((one) => Object.values(one.digest).map(({ ids }) => ids))),
  );
  const ignored = count(union(outcomes.flatMap((one) => Object.values(one.ignored))));
  const all = union(received.map(({ ids }) => ids));
  const undecided = [...all].filter((id) => !placed.has(id)).length;
  return {
    received: all.size,
    shown,
    grouped,
    suppressed,
    digest,
    ignored,
    waiting,
    undecided,
  };
};

/** What is still with the queue: waiting there, in flight, and dead. */
export interface QueueDepth {
  readonly waiting: number;
  readonly dead: number;
}

export type Verdict =
  | { readonly kind: 'balanced' }
  /** `lost`: neither decided nor on the queue. `invented`: decided without having been received. */
  | { readonly kind: 'unbalanced'; readonly lost: number; readonly invented: number };

/** Whether the terms add up, and what is not decided is still with the queue. */
export const verdictOf = (balance: Balance, queue: QueueDepth): Verdict => {
  const { received, undecided, ...placed } = balance;
  const decided = Object.values(placed).reduce((sum, term) => sum + term, 0);
  const invented = Math.max(0, decided + undecided - received);
  const lost = Math.max(0, undecided - queue.waiting - queue.dead);
  return lost === 0 && invented === 0
    ? { kind: 'balanced' }
    : { kind: 'unbalanced', lost, invented };
};
