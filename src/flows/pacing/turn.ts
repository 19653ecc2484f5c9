/** One turn of the pacer: looks at everything that waits, and shows what Slack's limits allow now. */
import { byCase, type CaseArrivals, type Outcomes } from '../../cases/arrivals.ts';
import { findingKey, toldFindings } from '../../cases/case.ts';
import { type Budget, noBudget } from '../../slack/budget.ts';
import { type DirtyCase, type Priority, priorities } from '../../store/dirty.ts';
import type { PacerState, Storm } from '../../store/pacer-state.ts';
import { isoIn, isoNow } from '../ports.ts';
import { type Allowance, allowanceOf } from './allowance.ts';
import { type DigestPorts, showDigests } from './digests.ts';
import { type Account, type Ledger, settledTo } from './ledger.ts';
import { type CaseShown, type ShowPorts, showCase } from './show-case.ts';
import {
  beganAt,
  calmMs,
  channelsOf,
  closeStorm,
  isStorm,
  lastArrival,
  redrawMs,
  type Sky,
  showRollUp,
} from './storm.ts';
import { isHuman, unseenIn, type Waiting, waitingCases } from './waiting.ts';

export type TurnPorts = ShowPorts & {
  /** Told which case could not be shown yet, and Slack's error or the name of our own. */
  readonly failed: (id: string, because: string) => void;
  readonly ledger: Ledger;
} & Pick<DigestPorts, 'digests'>;

/** Work of one turn; what is left is taken by the next. */
const casesAtOnce = 200;
/** What broke may be mended meanwhile; the alarm on failures is the log's. */
const brokenMs = 60_000;
/** At the very first turn the log is read from here. */
const firstLookMs = 3_600_000;
/** What Slack refuses for one case alone holds up the log no longer than this. */
const stuckMs = 3_600_000;

export interface Turned {
  readonly state: PacerState;
  /** Milliseconds until the next turn has something to do; undefined when all is shown. */
  readonly again: number | undefined;
}

/** What the turn works with and remembers while it lasts. */
interface Work {
  readonly ports: TurnPorts;
  readonly allowance: Allowance;
  readonly until: number;
  readonly served: Set<string>;
  readonly waits: number[];
  accounts: Map<string, Account>;
  /** Slack works for nobody now. */
  stopped: boolean;
}

const later = (work: Work, ms: number): void => void work.waits.push(ms);

const accountOf = async (work: Work, id: string): Promise<Account> => {
  const known = work.accounts.get(id);
  if (known) return known;
  const found = (await work.ports.ledger.accounts(new Map(), [id])).get(id);
  if (!found) throw new Error(`case ${id} has no account`);
  work.accounts.set(id, found);
  return found;
};

const shownNow = async (work: Work, one: Waiting): Promise<CaseShown | undefined> => {
  const { ports, allowance, until } = work;
  const [theCase, account] = await Promise.all([ports.cases.get(one.id), accountOf(work, one.id)]);
  if (!theCase) return undefined;
  const told = toldFindings(theCase).map(({ finding }) => findingKey(finding.canonicalId));
  const counted = new Set([...account.counted, ...account.pending, ...told]).size;
  return showCase(ports, {
    theCase,
    shown: account.shown,
    counted,
    allowance,
    caller: one.priority,
    until,
  });
};

/** The card counts what arrived; its marks go. */
const settle = async (
  work: Work,
  one: Waiting,
  shown: Extract<CaseShown, { kind: 'shown' }>['shown'],
): Promise<void> => {
  const { ports } = work;
  const account = await accountOf(work, one.id);
  const at = isoNow(ports.chance);
  await ports.ledger.settle(one.id, account.pending, { at, version: shown.version });
  work.accounts.set(one.id, {
    shown,
    counted: new Set([...account.counted, ...account.pending]),
    pending: new Set(),
  });
  if (one.dirty) await ports.cases.clean(one.dirty);
};

/** One broken case must not keep the others from being shown. Answers whether Slack was called. */
const serve = async (work: Work, one: Waiting): Promise<boolean> => {
  work.served.add(one.id);
  const { ports } = work;
  const before = work.accounts.get(one.id)?.shown.version;
  let synced: CaseShown | undefined;
  try {
    synced = await shownNow(work, one);
    if (synced === undefined) {
      if (one.dirty) await ports.cases.clean(one.dirty);
      return false;
    }
    if (synced.kind === 'shown') {
      await settle(work, one, synced.shown);
      return synced.shown.version !== before;
    }
  } catch (error) {
    const because = error instanceof Error ? error.name : 'unknown';
    synced = { kind: 'later', ms: brokenMs, scope: 'message', because };
  }
  later(work, synced.ms);
  work.accounts.delete(one.id);
  if (synced.scope !== 'budget') ports.failed(one.id, synced.because);
  if (synced.scope === 'workspace') work.stopped = true;
  return true;
};

/** Without the call that it needs first, reading it would be for nothing. */
const affords = (work: Work, { id, hasCard, channel, priority }: Waiting): boolean => {
  if (isHuman({ priority }) || !channel) return true;
  const call = hasCard ? ({ method: 'update' } as const) : ({ method: 'post', channel } as const);
  if (work.allowance.affords(call, priority)) return true;
  later(work, work.allowance.ask(call, priority));
  work.served.add(id);
  return false;
};

const stop = (work: Work): boolean => work.stopped || work.ports.chance.now() >= work.until;

/** Whom people acted on meanwhile: shown before the rest goes on. */
const serveHumans = async (work: Work): Promise<void> => {
  const marks = await work.ports.cases.dirty(casesAtOnce);
  for (const dirty of marks.filter((one) => isHuman(one) && !work.served.has(one.id))) {
    if (stop(work)) return;
    await serve(work, {
      id: dirty.id,
      priority: priorities.human,
      hasCard: true,
      unseen: 0,
      dirty,
    });
  }
};

const serveAll = async (work: Work, waiting: readonly Waiting[]): Promise<void> => {
  for (const one of waiting) {
    if (stop(work)) return;
    if (work.served.has(one.id) || !affords(work, one)) continue;
    const called = await serve(work, one);
    if (called && !isHuman(one)) await serveHumans(work);
  }
};

/** Draws the roll-up of one storm when it is due, or ends it; answers what is left of it. */
const pass = async (
  work: Work,
  sky: Sky,
  channel: string,
  storm: Storm,
): Promise<Storm | undefined> => {
  const { ports, allowance } = work;
  const now = ports.chance.now();
  const calm =
    unseenIn(sky.waiting, channel).length === 0 && now - lastArrival(sky, channel, storm) >= calmMs;
  const since = storm.drawnAt ? now - Date.parse(storm.drawnAt) : redrawMs;
  if (!calm && since < redrawMs) {
    later(work, redrawMs - since);
    return storm;
  }
  const show = calm ? closeStorm : showRollUp;
  const synced = await show(ports, sky, { ...storm, channel }, allowance);
  if (synced.kind === 'later') {
    later(work, synced.ms);
    if (synced.scope === 'workspace') work.stopped = true;
    return storm;
  }
  if (calm) return undefined;
  later(work, redrawMs);
  return { ...storm, drawnAt: isoNow(ports.chance) };
};

/** Draws the roll-up of each storm, and ends those that are over. */
const weather = async (
  work: Work,
  sky: Sky,
  storms: PacerState['storms'],
): Promise<PacerState['storms']> => {
  const { ports, allowance } = work;
  const next: Record<string, Storm> = { ...storms };
  for (const channel of channelsOf(sky))
    if (!next[channel] && isStorm(sky, channel, allowance))
      next[channel] = {
        id: `S${ports.chance.id().slice(0, 12)}`,
        startedAt: beganAt(sky, channel, isoNow(ports.chance)),
      };
  for (const [channel, storm] of Object.entries(next)) {
    const after = await pass(work, sky, channel, storm);
    if (after) next[channel] = after;
    else delete next[channel];
  }
  return next;
};

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
  until: number,
): Promise<Turned> => {
  const from = state.settledTo ?? isoIn(ports.chance, -firstLookMs);
  const storming = Object.keys(state.storms).length > 0;
  const work: Work = {
    ports,
    allowance: allowanceOf((state.budget ?? noBudget) as Budget, ports.chance, () => storming),
    until,
    served: new Set(),
    waits: [],
    accounts: new Map(),
    stopped: false,
  };
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
  const storms = work.stopped
    ? state.storms
    : await weather(work, { outcomes, accounts: work.accounts, waiting }, state.storms);
  await serveAll(work, waiting);
  if (!stop(work)) {
    const inTheWay = await showDigests(ports, work.allowance);
    if (inTheWay) later(work, inTheWay.ms);
  }
  // What was marked while this went on, or found no room in one look.
  if (!stop(work)) await serveHumans(work);
  const left = (await ports.cases.dirty(1)).some(({ id }) => !work.served.has(id));
  await unstick(work, outcomes, arrivals);
  const settled = settledTo(
    outcomes.filter(({ at }) => at >= from),
    (id, one) => work.accounts.get(id)?.pending.has(one) ?? arrivals.has(id),
    ports.chance.now(),
  );
  const waits = left ? [...work.waits, 0] : work.waits;
  return {
    state: {
      budget: work.allowance.budget(),
      settledTo: latest([from, settled]),
      storms,
    },
    again: waits.length === 0 ? undefined : Math.min(...waits),
  };
};
