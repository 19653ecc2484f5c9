/**
 * A storm: more cases wait in a channel than it can show at once. One roll-up card counts everything
 * that arrived, so that every finding is visible at once, whenever its own card comes.
 */
import { byCase, decidedIn, inChannel, type Outcomes, union } from '../../cases/arrivals.ts';
import { balanceOf } from '../../cases/balance.ts';
import { drawnHash } from '../../slack/cards/messages.ts';
import { type RollUpLine, rollUpCard, stormOver } from '../../slack/cards/roll-up.ts';
import { priorities } from '../../store/dirty.ts';
import type { Storm } from '../../store/pacer-state.ts';
import type { Allowance } from './allowance.ts';
import type { Account, Ledger } from './ledger.ts';
import { type Room, type Synced, type SyncPorts, syncMessage } from './sync-message.ts';
import { unseenIn, type Waiting } from './waiting.ts';

/** The roll-up is drawn again after that at the earliest: the limit of edits is the whole app's. */
const redrawMs = 2_200;
/** At its beginning sooner: functions that have just begun took long enough, and few edits are spent. */
const soonMs = 1_000;
const youngMs = 5_000;
/** A storm is over when nothing has waited or come for so long. */
export const calmMs = 6_000;
/** When nothing came of late, only the numbers of what waits change. */
const idleMs = 12_000;
/**
 * So long after the last arrival the cards get their numbers, and their threads what is new: what died with
 * its ingest has come again by then, and no card is edited twice.
 */
const settleMs = 5_000;
/** Nobody waits longer than that for the numbers of one card: a long storm edits them as it can. */
const longestHushMs = 120_000;
/** The card names so many of the cases that wait. */
const named = 8;

type StormPorts = SyncPorts & { readonly ledger: Ledger };

/** What a storm is judged by. */
export interface Sky {
  /** How many arrived of which nothing is decided yet, for whichever channel. */
  readonly reading: number;
  /** When something came that had been delivered before; ISO 8601 UTC. Empty when nothing did of late. */
  readonly cameAgainAt: string;
  readonly outcomes: readonly Outcomes[];
  readonly accounts: ReadonlyMap<string, Account>;
  readonly waiting: readonly Waiting[];
}

/** Channels in which something waits. */
export const channelsOf = ({ waiting }: Pick<Sky, 'waiting'>): readonly string[] => [
  ...new Set(waiting.flatMap(({ channel, unseen }) => (channel && unseen > 0 ? [channel] : []))),
];

/** More than one case waits, and not all can be shown now. */
export const isStorm = (
  sky: Pick<Sky, 'waiting'>,
  channel: string,
  allowance: Allowance,
): boolean => {
  const unseen = unseenIn(sky.waiting, channel);
  const posts = unseen.filter(({ hasCard }) => !hasCard).length;
  return (
    unseen.length > 1 &&
    (posts > allowance.left({ method: 'post', channel }, priorities.first) ||
      unseen.length - posts > allowance.left({ method: 'update' }, priorities.edit))
  );
};

/** When the first of what is not seen yet arrived. */
export const beganAt = ({ outcomes, accounts }: Sky, channel: string, now: string): string =>
  outcomes.find(({ cases }) =>
    Object.entries(cases[channel] ?? {}).some(([id, ids]) =>
      ids.some((one) => accounts.get(id)?.pending.has(one)),
    ),
  )?.at ?? now;

const since = ({ outcomes }: Sky, { startedAt }: Storm): readonly Outcomes[] =>
  outcomes.filter(({ at }) => at >= startedAt);

/** Milliseconds since 1970 of the last arrival for this channel. */
export const lastArrival = (sky: Sky, channel: string, storm: Storm): number =>
  Date.parse(
    since(sky, storm).findLast(({ cases }) => cases[channel] !== undefined)?.at ?? storm.startedAt,
  );

/** Whether edits wait, because each would soon be made again; the roll-up counts for all of them. */
export const isHushed = (sky: Sky, channel: string, storm: Storm, now: number): boolean =>
  now - Date.parse(storm.startedAt) < longestHushMs &&
  (sky.reading > 0 || now - lastArrival(sky, channel, storm) < settleMs);

/** Milliseconds from one drawing of the roll-up to the next. */
export const redrawAfter = (sky: Sky, channel: string, storm: Storm, now: number): number => {
  if (now - Date.parse(storm.startedAt) < youngMs) return soonMs;
  if (sky.cameAgainAt > (storm.drawnAt ?? '')) return soonMs;
  return sky.reading > 0 || now - lastArrival(sky, channel, storm) < calmMs ? redrawMs : idleMs;
};

const linesOf = async (
  ports: SyncPorts,
  unseen: readonly Waiting[],
): Promise<readonly RollUpLine[]> => {
  const first = unseen.slice(0, named);
  const cases = await Promise.all(first.map(({ id }) => ports.cases.get(id)));
  return cases.flatMap((theCase, place) => {
    const waiting = first[place];
    return theCase && waiting ? [{ theCase, unseen: waiting.unseen }] : [];
  });
};

/** What died with its ingest comes again within this; what is older is with the dead letters. */
const readingMs = 60_000;

export const beingRead = async (
  ports: Pick<SyncPorts, 'chance' | 'cases'>,
  outcomes: readonly Outcomes[],
): Promise<Pick<Sky, 'reading' | 'cameAgainAt'>> => {
  const now = ports.chance.now();
  const received = await ports.cases.arrivals.received(
    new Date(now - readingMs).toISOString(),
    new Date(now).toISOString(),
  );
  const decided = decidedIn(outcomes);
  const ids = [...union(received.map((one) => one.ids))];
  return {
    reading: ids.filter((id) => !decided.has(id)).length,
    cameAgainAt: received.findLast(({ again }) => again)?.at ?? '',
  };
};

/** Draws the roll-up as it is now; what cannot be afforded is drawn a turn later. */
export const showRollUp = async (
  ports: StormPorts,
  sky: Sky,
  storm: Storm & { readonly channel: string },
  pace: Room,
): Promise<Synced> => {
  const unseen = unseenIn(sky.waiting, storm.channel);
  const message = rollUpCard({
    startedAt: storm.startedAt,
    at: ports.chance.now(),
    findings: inChannel(since(sky, storm), storm.channel).size,
    reading: sky.reading,
    waiting: unseen.reduce((sum, one) => sum + one.unseen, 0),
    waitingCases: unseen.length,
    lines: await linesOf(ports, unseen),
  });
  return sync(ports, storm, { message, pace });
};

const sync = async (
  ports: SyncPorts,
  { id, channel }: { readonly id: string; readonly channel: string },
  { message, pace }: { message: ReturnType<typeof rollUpCard>; pace: Room },
): Promise<Synced> =>
  syncMessage(
    ports,
    { ...pace, caller: 'roll-up' },
    { owner: { id, channel }, message, drawn: drawnHash(message) },
    await ports.cases.shown(id),
  );

/** A card may count findings whose news in the thread still wait; then they are on it all the same. */
const onCard = (account: Account | undefined): ReadonlySet<string> => {
  if (!account?.shown.messages['card']) return new Set();
  const { shown, counted, pending } = account;
  return shown.counted >= counted.size + pending.size ? new Set([...counted, ...pending]) : counted;
};

/** The roll-up for the last time, and the message that reconciles. */
export const closeStorm = async (
  ports: StormPorts,
  sky: Sky,
  storm: Storm & { readonly channel: string },
  pace: Room,
): Promise<Synced> => {
  const outcomes = since(sky, storm);
  const last = outcomes.at(-1)?.at ?? storm.startedAt;
  const received = await ports.cases.arrivals.received(
    new Date(Date.parse(storm.startedAt) - calmMs).toISOString(),
    new Date(ports.chance.now()).toISOString(),
  );
  const accounts = await ports.ledger.accounts(byCase(outcomes), []);
  const balance = balanceOf({
    received,
    outcomes,
    shownOf: (id) => onCard(accounts.get(id)),
  });
  const over = stormOver({
    startedAt: storm.startedAt,
    endedAt: last,
    findings: inChannel(outcomes, storm.channel).size,
    cases: new Set(outcomes.flatMap((one) => Object.keys(one.cases[storm.channel] ?? {}))).size,
    balance,
  });
  for (const message of over) {
    const synced = await sync(ports, storm, { message, pace });
    if (synced.kind === 'later') return synced;
  }
  return { kind: 'synced', shown: await ports.cases.shown(storm.id) };
};
