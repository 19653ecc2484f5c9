/**
 * What arrived against what the cards count, both as sets of ids. One ledger a container: the log's
 * items never change, and what a card counts is read again when its version is another one.
 */
import { byCase, type CaseArrivals, type Outcomes } from '../../cases/arrivals.ts';
import type { CasesTable } from '../../store/cases-table.ts';
import type { Shown } from '../../store/shown.ts';

/** No ingest that began earlier than that can still write: its function has ended. */
const lateMs = 60_000;

/** One case's account. */
export interface Account {
  readonly shown: Shown;
  /** Counted on the card. */
  readonly counted: ReadonlySet<string>;
  /** Arrived and not counted there. */
  readonly pending: ReadonlySet<string>;
}

export interface Ledger {
  /** What was decided from `from` (ISO 8601 UTC) to now, the oldest first. */
  outcomes(from: string, now: number): Promise<readonly Outcomes[]>;
  accounts(
    arrivals: ReadonlyMap<string, CaseArrivals>,
    others: readonly string[],
  ): Promise<ReadonlyMap<string, Account>>;
  /** From now on the card counts them; `version` is that of what is shown of the case. */
  settle(
    id: string,
    ids: ReadonlySet<string>,
    when: { readonly at: string; readonly version: number },
  ): Promise<void>;
}

const nothing: Shown = { messages: {}, counted: 0, version: 0 };

export const createLedger = (cases: CasesTable): Ledger => {
  const log = new Map<string, Outcomes>();
  let covered: { readonly from: string; readonly to: string } | undefined;
  const counted = new Map<string, { readonly version: number; readonly ids: Set<string> }>();

  /** The last minute is read again each time: somebody may have written late. */
  const unreadFrom = (from: string): string => {
    if (!covered || covered.from > from) return from;
    const late = new Date(Date.parse(covered.to) - lateMs).toISOString();
    return late > from ? late : from;
  };

  const read = async (from: string, now: number): Promise<void> => {
    const to = new Date(now).toISOString();
    if (!covered || covered.from > from) log.clear();
    for (const one of await cases.arrivals.outcomes(unreadFrom(from), to))
      log.set(`${one.at}#${one.batch}`, one);
    for (const [key, { at }] of log) if (at < from) log.delete(key);
    covered = { from, to };
  };

  const countedOf = async (id: string, version: number): Promise<ReadonlySet<string>> => {
    const known = counted.get(id);
    if (known?.version === version) return known.ids;
    const ids = new Set(version === 0 ? [] : await cases.counted(id));
    counted.set(id, { version, ids });
    return ids;
  };

  return {
    async outcomes(from, now) {
      await read(from, now);
      return [...log.values()].sort((a, b) => a.at.localeCompare(b.at));
    },
    async accounts(arrivals, others) {
      const ids = [...new Set([...arrivals.keys(), ...others])];
      const shown = await cases.shownOf(ids);
      const known = new Set(ids);
      for (const id of counted.keys()) if (!known.has(id)) counted.delete(id);
      return new Map(
        await Promise.all(
          ids.map(async (id) => {
            const state = shown.get(id) ?? nothing;
            const has = await countedOf(id, state.version);
            const arrived = arrivals.get(id)?.ids ?? new Set<string>();
            const pending = new Set([...arrived].filter((one) => !has.has(one)));
            return [id, { shown: state, counted: has, pending }] as const;
          }),
        ),
      );
    },
    async settle(id, ids, { at, version }) {
      if (ids.size > 0) await cases.addCounted(id, [...ids], at);
      const known = counted.get(id);
      if (known) counted.set(id, { version, ids: new Set([...known.ids, ...ids]) });
    },
  };
};

/** Where the log has to be read from next: before everything that no card counts yet. */
export const settledTo = (
  outcomes: readonly Outcomes[],
  isPending: (caseId: string, id: string) => boolean,
  now: number,
): string => {
  const late = new Date(now - lateMs).toISOString();
  const open = outcomes.find((one) =>
    [...byCase([one])].some(([caseId, { ids }]) => [...ids].some((id) => isPending(caseId, id))),
  );
  return open && open.at < late ? open.at : late;
};
