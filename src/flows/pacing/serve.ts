/** Cases one after the other, the most urgent first, as far as Slack's limits reach now. */
import { type Case, findingKey } from '../../cases/case.ts';
import { toldFindings } from '../../cases/case-findings.ts';
import { priorities } from '../../store/dirty.ts';
import { isoNow } from '../ports.ts';
import type { Account } from './ledger.ts';
import { type CaseShown, showCase } from './show-case.ts';
import type { Later } from './sync-message.ts';
import { isHuman, type Waiting } from './waiting.ts';
import { accountOf, isOver, later, type Work } from './work.ts';

/** Cases that one look at the marks brings. */
export const casesAtOnce = 200;
/** What broke may be mended meanwhile; the alarm on failures is the log's. */
const brokenMs = 60_000;

/** What became of a case, and which version of it was drawn. */
type ShownNow = CaseShown & { readonly drawn: number };

const isHushed = ({ hushed }: Work, { channel, priority }: Waiting): boolean =>
  channel !== undefined && hushed.has(channel) && !isHuman({ priority });

/** What belongs to cases that go on in this one is counted on its card too. */
const withAbsorbed = async (work: Work, theCase: Case): Promise<Account> => {
  const account = await accountOf(work, theCase.id);
  const gone = await Promise.all((theCase.absorbed ?? []).map(({ id }) => accountOf(work, id)));
  const theirs = gone.flatMap(({ counted, pending }) => [...counted, ...pending]);
  const missing = theirs.filter((id) => !account.counted.has(id));
  if (missing.length === 0) return account;
  const all = { ...account, pending: new Set([...account.pending, ...missing]) };
  work.accounts.set(theCase.id, all);
  return all;
};

const shownNow = async (work: Work, one: Waiting): Promise<ShownNow | undefined> => {
  const { ports, allowance, mayBegin, ended } = work;
  const theCase = await ports.cases.get(one.id);
  if (!theCase) return undefined;
  const account = await withAbsorbed(work, theCase);
  const told = toldFindings(theCase).map(({ finding }) => findingKey(finding.canonicalId));
  const counted = new Set([...account.counted, ...account.pending, ...told]).size;
  const shown = await showCase(ports, {
    theCase,
    shown: account.shown,
    counted,
    allowance,
    caller: one.priority,
    cardOnly: isHushed(work, one),
    mayBegin,
    ended,
  });
  return { ...shown, drawn: theCase.version };
};

/** The card counts what arrived; its marks go. */
const settle = async (
  work: Work,
  one: Waiting,
  { shown, drawn }: Extract<ShownNow, { kind: 'shown' }>,
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
  if (!one.dirty) return;
  if (!isHushed(work, one)) return ports.cases.clean(one.dirty, drawn);
  // What its thread tells is still to come, and is not urgent.
  if (one.dirty.priority === priorities.edit) return;
  await ports.cases.touch(one.id, priorities.edit, at);
  await ports.cases.clean(one.dirty, drawn);
};

/** One broken case must not keep the others from being shown. Answers whether Slack was called. */
const serve = async (work: Work, one: Waiting): Promise<boolean> => {
  work.served.add(one.id);
  const { ports } = work;
  const before = work.accounts.get(one.id)?.shown.version;
  let synced: ShownNow | Later | undefined;
  try {
    synced = await shownNow(work, one);
    if (synced === undefined) {
      if (one.dirty) await ports.cases.clean(one.dirty, undefined);
      return false;
    }
    if (synced.kind === 'shown') {
      await settle(work, one, synced);
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
const affords = (work: Work, one: Waiting): boolean => {
  const { id, hasCard, channel, priority } = one;
  if (isHuman({ priority }) || !channel) return true;
  if (hasCard && priority === priorities.edit && isHushed(work, one)) {
    work.served.add(id);
    return false;
  }
  const call = hasCard ? ({ method: 'update' } as const) : ({ method: 'post', channel } as const);
  if (work.allowance.affords(call, priority)) return true;
  later(work, work.allowance.ask(call, priority));
  work.served.add(id);
  return false;
};

/** Whom people acted on meanwhile: shown before the rest goes on. */
export const serveHumans = async (work: Work): Promise<void> => {
  const marks = await work.ports.cases.dirty(casesAtOnce);
  for (const dirty of marks.filter((one) => isHuman(one) && !work.served.has(one.id))) {
    if (isOver(work)) return;
    await serve(work, {
      id: dirty.id,
      priority: priorities.human,
      hasCard: true,
      unseen: 0,
      dirty,
    });
  }
};

export const serveAll = async (work: Work, waiting: readonly Waiting[]): Promise<void> => {
  for (const one of waiting) {
    if (isOver(work)) return;
    if (work.ports.chance.now() >= work.rollUpAt) return later(work, 0);
    if (work.served.has(one.id) || !affords(work, one)) continue;
    const called = await serve(work, one);
    if (called && !isHuman(one)) await serveHumans(work);
  }
};
