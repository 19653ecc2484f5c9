/**
 * The pacer: one holder of the lease makes shown equal desired, most urgent case first, and re-arms
 * itself while they differ. Writers never talk to Slack; this never waits for it.
 */
import type { Case } from '../cases/case.ts';
import { isOpen, type Request } from '../requests/request.ts';
import type { DesiredMessage } from '../slack/cards/desired-message.ts';
import { desiredMessages, drawnHash } from '../slack/cards/messages.ts';
import { type DirtyCase, priorities, type Shown } from '../store/cases-table.ts';
import { isoIn, isoNow, type Ports } from './ports.ts';

export type ReconcilePorts = Pick<Ports, 'config' | 'chance' | 'cases' | 'chat' | 'wake'> & {
  readonly requests: Pick<Ports['requests'], 'get'>;
};

const lease = { name: 'notify', seconds: 60 };
/** Work of one invocation; what is left is taken by the next. */
const casesAtOnce = 200;
const workSeconds = 40;
/** When somebody else holds the lease, look again after this. */
const busySeconds = 5;

type Synced = { readonly kind: 'shown' } | { readonly kind: 'later'; readonly seconds: number };

const requestsOf = async (
  ports: ReconcilePorts,
  ids: readonly string[],
): Promise<readonly Request[]> => {
  const found = await Promise.all(ids.map((id) => ports.requests.get(id)));
  return found.filter((request) => request !== undefined);
};

const postedAt = (ports: ReconcilePorts, shown: Shown): number => {
  const ts = shown.messages['card']?.ts;
  return ts ? Math.floor(Number(ts) * 1000) : ports.chance.now();
};

/** What people see, and the same without the time of posting, which is no reason to edit. */
const drawnMessages = (
  ports: ReconcilePorts,
  theCase: Case,
  requests: readonly Request[],
  shown: Shown,
) => {
  const draw = (at: number) =>
    desiredMessages({ theCase, requests, config: ports.config, postedAt: at });
  const timeless = draw(0);
  return draw(postedAt(ports, shown)).map((message, position) => ({
    message,
    drawn: drawnHash(timeless[position] ?? message),
  }));
};

/** A post in the thread needs the card; an edit needs the message itself. */
const placeOf = (shown: Shown, message: DesiredMessage) => {
  const ts = shown.messages[message.key]?.ts;
  const threadTs = message.inThread ? shown.messages['card']?.ts : undefined;
  return { ...(ts ? { ts } : {}), ...(threadTs ? { threadTs } : {}) };
};

/** Brings one case's messages up to date; saves after each, so that a crash repeats at most one. */
const sync = async (ports: ReconcilePorts, id: string): Promise<Synced> => {
  const theCase = await ports.cases.get(id);
  if (!theCase) return { kind: 'shown' };
  const requests = await requestsOf(ports, theCase.requests);
  let shown = await ports.cases.shown(id);
  for (const { message, drawn } of drawnMessages(ports, theCase, requests, shown)) {
    if (shown.messages[message.key]?.drawn === drawn) continue;
    const delivery = await ports.chat.deliver(theCase.channel, message, placeOf(shown, message));
    if (delivery.kind === 'later') return { kind: 'later', seconds: delivery.seconds };
    shown = await remember(ports, id, shown, {
      key: message.key,
      entry: delivery.kind === 'gone' ? undefined : { ts: delivery.ts, drawn },
    });
    if (delivery.kind === 'gone') return { kind: 'later', seconds: 1 };
  }
  return { kind: 'shown' };
};

const remember = async (
  ports: ReconcilePorts,
  id: string,
  shown: Shown,
  change: {
    readonly key: string;
    readonly entry: { readonly ts: string; readonly drawn: string } | undefined;
  },
): Promise<Shown> => {
  const { [change.key]: _, ...others } = shown.messages;
  const messages = change.entry ? { ...others, [change.key]: change.entry } : others;
  if (!(await ports.cases.saveShown(id, { messages, version: shown.version })))
    throw new Error(`two pacers write what case ${id} shows: the lease is broken`);
  return { messages, version: shown.version + 1 };
};

/** Serves what is dirty until nothing is, time is up or Slack asks to wait. */
const pace = async (
  ports: ReconcilePorts,
  hints: readonly string[],
): Promise<number | undefined> => {
  const until = ports.chance.now() + workSeconds * 1000;
  let waiting: readonly DirtyCase[] = await ports.cases.dirty(casesAtOnce);
  const unseen = hints.filter((id) => !waiting.some((dirty) => dirty.id === id));
  for (const id of unseen) {
    const synced = await sync(ports, id);
    if (synced.kind === 'later') return synced.seconds;
  }
  while (waiting.length > 0) {
    for (const dirty of waiting) {
      if (ports.chance.now() >= until) return 0;
      const synced = await sync(ports, dirty.id);
      if (synced.kind === 'later') return synced.seconds;
      await ports.cases.clean(dirty);
    }
    waiting = await ports.cases.dirty(casesAtOnce);
  }
  return undefined;
};

/** `hints` are the cases that woke it; each is marked first, so that nothing depends on this run. */
export const reconcileCards = async (
  ports: ReconcilePorts,
  hints: readonly string[],
): Promise<void> => {
  for (const id of hints) await mark(ports, id);
  const holder = ports.chance.id();
  const taken = await ports.cases.leases.take(
    lease.name,
    holder,
    isoNow(ports.chance),
    isoIn(ports.chance, lease.seconds * 1000),
  );
  const again = taken ? await paced(ports, holder, hints) : busySeconds;
  const [first] = hints;
  if (again !== undefined) {
    const id = first ?? (await ports.cases.dirty(1))[0]?.id;
    if (id) await ports.wake.wake(id, again);
  }
};

const paced = async (
  ports: ReconcilePorts,
  holder: string,
  hints: readonly string[],
): Promise<number | undefined> => {
  try {
    return await pace(ports, hints);
  } finally {
    await ports.cases.leases.release(lease.name, holder);
  }
};

const mark = async (ports: ReconcilePorts, id: string): Promise<void> => {
  const theCase = await ports.cases.get(id);
  if (!theCase) return;
  const requests = await requestsOf(ports, theCase.requests.slice(-3));
  const urgent = requests.some(isOpen) || theCase.acknowledged;
  const priority = urgent
    ? priorities.human
    : theCase.severity === 'CRITICAL'
      ? priorities.critical
      : priorities.first;
  await ports.cases.touch(id, priority, isoNow(ports.chance));
};
