/** One turn of the pacer: looks at everything that waits, and shows what Slack's limits allow now. */
import { byCase, type CaseArrivals, type Outcomes } from '../../cases/arrivals.ts';
import { type Budget, noBudget } from '../../slack/budget.ts';
import { type DirtyCase, type Priority, priorities } from '../../store/dirty.ts';
import type { PacerState } from '../../store/pacer-state.ts';
import { isoIn, isoNow } from '../ports.ts';
import { allowanceOf } from './allowance.ts';
import { showDigests } from './digests.ts';
import type { Hold } from './hold.ts';
import { settledTo } from './ledger.ts';
import { casesAtOnce, serveAll, serveHumans } from './serve.ts';
import { isHuman, waitingCases } from './waiting.ts';
import { weather } from './weather.ts';
import { isOver, later, type TurnPorts, type Work } from './work.ts';

/** At the very first turn the log is read from here. */
const firstLookMs = 3_600_000;
/** What Slack refuses for one case alone holds up the log no longer than this. */
const stuckMs = 3_600_000;

export interface Turned {
  readonly state: PacerState;
  /** Milliseconds until the next turn has something to do; undefined when all is shown. */
  readonly again: number | undefined;
}

/** A case whose messages Slack refuses holds up the log for an hour; then its findings count as told. */
const unstick = async (
  work: Work,
  outcomes: readonly Outcomes[],
  arrivals: ReadonlyMap<string, CaseArrivals>,
): Promise<void> => {
  const { ports } = work;
  const old = new Date(ports.chance.now() - stuckMs).toISOString();
  const late = byCase(outcomes.filter(({ at }) => at < old));
  for (const [id, account] of work.accounts) {
    const stuck = [...account.pending].some((one) => late.get(id)?.ids.has(one));
    if (!stuck || !arrivals.has(id)) continue;
    await ports.cases.touch(id, priorities.edit, isoNow(ports.chance));
    await ports.ledger.settle(id, account.pending, {
      at: isoNow(ports.chance),
      version: account.shown.version,
    });
    work.accounts.set(id, {
      ...account,
      counted: new Set([...account.counted, ...account.pending]),
      pending: new Set(),
    });
  }
};

const earliest = (times: readonly string[]): string => times.toSorted()[0] ?? '';
const latest = (times: readonly string[]): string => times.toSorted().at(-1) ?? '';

/** `hints` were just named, and their marks may not show yet. */
export const runTurn = async (
  ports: TurnPorts,
  state: PacerState,
  hints: readonly { readonly id: string; readonly priority: Priority }[],
  hold: Pick<Hold, 'mayBegin' | 'remember'>,
): Promise<Turned> => {
  const from = state.settledTo ?? isoIn(ports.chance, -firstLookMs);
  const work: Work = {
    ports,
    allowance: allowanceOf((state.budget ?? noBudget) as Budget, ports.chance),
    mayBegin: hold.mayBegin,
    ended: new Set(),
    served: new Set(),
    wakes: [],
    accounts: new Map(),
    storms: state.storms,
    hushed: new Set(),
    rollUpAt: Number.POSITIVE_INFINITY,
    stopped: false,
  };
  const kept = () => ({ budget: work.allowance.budget(), storms: work.storms });
  hold.remember(() => ({ ...state, ...kept() }));
  const began = Object.values(state.storms).map(({ startedAt }) => startedAt);
  const [outcomes, marked] = await Promise.all([
    ports.ledger.outcomes(earliest([from, ...began]), ports.chance.now()),
    ports.cases.dirty(casesAtOnce),
  ]);
  const arrivals = byCase(outcomes.filter(({ at }) => at >= from));
  const unmarked = hints.filter(({ id }) => !marked.some((dirty) => dirty.id === id));
  const marks: readonly DirtyCase[] = [
    ...marked,
    ...unmarked.map((one) => ({ ...one, marks: [] })),
  ];
  work.accounts = new Map(
    await ports.ledger.accounts(
      arrivals,
      marks.map(({ id }) => id),
    ),
  );
  const waiting = waitingCases(marks, arrivals, work.accounts);
  await serveAll(work, waiting.filter(isHuman));
  if (!work.stopped) await weather(work, { outcomes, accounts: work.accounts, waiting });
  await serveAll(work, waiting);
  if (!isOver(work)) {
    const inTheWay = await showDigests(ports, work);
    if (inTheWay) later(work, inTheWay.ms);
  }
  // What was marked while this went on, or found no room in one look.
  if (!isOver(work)) await serveHumans(work);
  const left = (await ports.cases.dirty(1)).some(({ id }) => !work.served.has(id));
  await unstick(work, outcomes, arrivals);
  const settled = settledTo(
    outcomes.filter(({ at }) => at >= from),
    (id, one) => work.accounts.get(id)?.pending.has(one) ?? arrivals.has(id),
    ports.chance.now(),
  );
  if (left) later(work, 0);
  return {
    state: {
      ...kept(),
      settledTo: latest([from, settled]),
    },
    again:
      work.wakes.length === 0
        ? undefined
        : Math.max(0, Math.min(...work.wakes) - ports.chance.now()),
  };
};
