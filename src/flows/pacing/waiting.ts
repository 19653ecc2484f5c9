/** Whom the pacer has to serve, and in which order. Pure. */
import type { CaseArrivals } from '../../cases/arrivals.ts';
import { type DirtyCase, type Priority, priorities } from '../../store/dirty.ts';
import type { Account } from './ledger.ts';

/** A case whose messages are not as they should be. */
export interface Waiting {
  readonly id: string;
  readonly priority: Priority;
  /** Known for those with new findings. */
  readonly channel?: string;
  readonly hasCard: boolean;
  /** How many of its findings nobody sees yet. */
  readonly unseen: number;
  readonly dirty?: DirtyCase;
}

/** What a person did is shown before anything else; then the worst, then the newest cases. */
export const isHuman = ({ priority }: Pick<Waiting, 'priority'>): boolean =>
  priority === priorities.human;

export const waitingCases = (
  marks: readonly DirtyCase[],
  arrivals: ReadonlyMap<string, CaseArrivals>,
  accounts: ReadonlyMap<string, Account>,
): readonly Waiting[] => {
  const marked = new Map(marks.map((dirty, place) => [dirty.id, { dirty, place }]));
  const found = new Map<string, Waiting & { readonly place: number }>();
  for (const [id, { shown, counted, pending }] of accounts) {
    const mark = marked.get(id);
    if (!mark && pending.size === 0) continue;
    const hasCard = shown.messages['card'] !== undefined;
    const arrived = arrivals.get(id);
    const own = hasCard ? priorities.edit : priorities.first;
    found.set(id, {
      id,
      priority: mark && mark.dirty.priority < own ? mark.dirty.priority : own,
      ...(arrived ? { channel: arrived.channel } : {}),
      hasCard,
      unseen: Math.max(0, counted.size + pending.size - shown.counted),
      ...(mark ? { dirty: mark.dirty } : {}),
      place: mark?.place ?? Number.MAX_SAFE_INTEGER,
    });
  }
  return [...found.values()]
    .sort(
      (a, b) =>
        a.priority - b.priority ||
        (a.priority === priorities.edit ? b.unseen - a.unseen : 0) ||
        a.place - b.place ||
        a.id.localeCompare(b.id),
    )
    .map(({ place: _, ...waiting }) => waiting);
};

/** Those of one channel whose findings nobody sees yet. */
export const unseenIn = (waiting: readonly Waiting[], channel: string): readonly Waiting[] =>
  waiting.filter((one) => one.channel === channel && one.unseen > 0);
