/**
 * One message made as it should be. A post is claimed before it is made; a claim without its message
 * is a crash or a lost answer: the message is looked for by its metadata, and made only when it is
 * not there. Edits are repeatable by themselves.
 */
import { canonicalJson } from '../../audit/chain.ts';
import type { Call } from '../../slack/budget.ts';
import type { DesiredMessage } from '../../slack/cards/desired-message.ts';
import type { Delivered } from '../../slack/client.ts';
import { priorities } from '../../store/dirty.ts';
import type { Posting, Shown, ShownMessage } from '../../store/shown.ts';
import { isoNow, type Ports } from '../ports.ts';
import type { Allowance, Caller } from './allowance.ts';
import { type CallPorts, limitCalls } from './call-limit.ts';

export type SyncPorts = Pick<Ports, 'chance' | 'cases' | 'chat'> & CallPorts;

/** Whose message: a case, or a storm. */
interface Owner {
  readonly id: string;
  readonly channel: string;
}

export interface Wanted {
  readonly owner: Owner;
  readonly message: DesiredMessage;
  /** Hash of what people see, without times. */
  readonly drawn: string;
}

export interface Later {
  readonly kind: 'later';
  readonly ms: number;
  /** `budget`: our own limits; `workspace`: nothing works; `message`: only this one. */
  readonly scope: 'budget' | 'workspace' | 'message';
  readonly because: string;
}

export type Synced =
  | {
      readonly kind: 'synced';
      readonly shown: Shown;
      /** Posted without some of its mentions: an edit has to draw them. */
      readonly unnamed?: boolean;
    }
  | Later;

/**
 * Two have drawn it, because one was slower than its turn: which of them Slack shows is not known, so it
 * is drawn once more.
 */
const redraw = async (ports: SyncPorts, id: string, key: string): Promise<void> => {
  const shown = await ports.cases.shown(id);
  const entry = shown.messages[key];
  if (!entry) return;
  await ports.cases.saveShown(id, withMessage(shown, { key }, { ...entry, drawn: '' }));
  await ports.cases.touch(id, priorities.edit, isoNow(ports.chance));
};

/** `edited`: the message that was drawn just now. */
const remember = async (
  ports: SyncPorts,
  id: string,
  next: Shown,
  edited?: string,
): Promise<Shown> => {
  const stored = { ...next, version: next.version + 1 };
  if (await ports.cases.saveShown(id, next)) return stored;
  // The write may have been made and its answer lost.
  if (canonicalJson(await ports.cases.shown(id)) === canonicalJson(stored)) return stored;
  if (edited) await redraw(ports, id, edited);
  throw new Error(`two pacers write what ${id} shows: the turn is broken`);
};

const withMessage = (
  shown: Shown,
  message: Pick<DesiredMessage, 'key' | 'findings'>,
  entry: ShownMessage | undefined,
) => {
  const { [message.key]: _, ...others } = shown.messages;
  const messages = entry ? { ...others, [message.key]: entry } : others;
  const { posting, version, called } = shown;
  const counted = entry && entry.drawn !== '' ? (message.findings ?? shown.counted) : shown.counted;
  // The claim of another message stays: whether that one was posted is still to be found out.
  return {
    version,
    messages,
    counted,
    ...(called ? { called } : {}),
    ...(posting && posting.key !== message.key ? { posting } : {}),
  };
};

const unclaimed = ({ posting: _, ...shown }: Shown): Shown => shown;

/** Asks for the call, makes it, and tells the allowance when Slack wants us to wait. */
const paced = async (
  pace: { readonly allowance: Allowance; readonly caller: Caller },
  call: Call,
  make: () => Promise<Delivered>,
): Promise<Exclude<Delivered, { kind: 'later' }> | Later> => {
  const ms = pace.allowance.ask(call, pace.caller);
  if (ms > 0) return { kind: 'later', ms, scope: 'budget', because: 'our own limit' };
  const answer = await make();
  if (answer.kind !== 'later') return answer;
  const later = { kind: 'later', ms: answer.seconds * 1000, because: answer.because } as const;
  if (answer.scope !== 'method') return { ...later, scope: answer.scope };
  pace.allowance.refused(call, answer.seconds);
  return { ...later, scope: 'budget' };
};

/** An edit needs the channel that a message to a person ended up in. */
const elsewhere = (
  { channel }: { readonly channel?: string },
  message: { readonly to?: string | undefined },
): { readonly channel?: string } =>
  message.to === undefined ? {} : { channel: channel ?? message.to };

/**
 * A post that was claimed is there after that, or it never was: Slack's five seconds, and what two
 * machines' clocks may differ.
 */
const answeredMs = 6_000;

/** What a turn may still do. */
export interface Room {
  readonly allowance: Allowance;
  /** Whether something may still begin: else the turn may be somebody else's when it ends. */
  readonly mayBegin: () => boolean;
  /** Claims of this turn whose call has ended: nobody is posting them any more. */
  readonly ended: Set<string>;
}

type Pace = Room & { readonly caller: Caller };

const claimOf = ({ key, to, inThread }: DesiredMessage, at: string): Posting => ({
  key,
  at,
  ...(to === undefined ? {} : { to }),
  ...(inThread ? { inThread } : {}),
});

const nameOf = ({ id }: Owner, { key, at }: Posting): string => `${id}/${key}/${at}`;

/** What a crash may have left behind after its post; undefined when nothing is there. */
const lookedFor = async (
  ports: SyncPorts,
  owner: Owner,
  claim: Posting,
  shown: Shown,
): Promise<Synced | undefined> => {
  const channel = claim.to ?? owner.channel;
  const threadTs = claim.inThread ? shown.messages['card']?.ts : undefined;
  const found = await ports.chat.find(channel, `${owner.id}/${claim.key}`, {
    since: claim.at,
    ...(threadTs ? { threadTs } : {}),
  });
  switch (found.kind) {
    case 'later':
      return {
        kind: 'later',
        ms: found.seconds * 1000,
        scope: found.scope === 'message' ? 'message' : 'workspace',
        because: found.because,
      };
    case 'delivered': {
      if (claim.key === 'card') await ports.cases.ownThread({ channel, ts: found.ts }, owner.id);
      const entry = { ts: found.ts, drawn: '', ...elsewhere(found, claim) };
      return {
        kind: 'synced',
        shown: await remember(ports, owner.id, withMessage(shown, claim, entry)),
      };
    }
    case 'gone':
      return undefined;
    default:
      return found satisfies never;
  }
};

/** There is one claim at a time: what another post left behind is found out before this one is claimed. */
const post = async (
  ports: SyncPorts,
  pace: Pace,
  wanted: Wanted,
  shown: Shown,
): Promise<Synced> => {
  const { posting } = shown;
  const { key, to = wanted.owner.channel } = wanted.message;
  const call = { method: 'post', channel: to } as const;
  if (!pace.allowance.affords(call, pace.caller)) {
    const ms = pace.allowance.ask(call, pace.caller);
    return { kind: 'later', ms, scope: 'budget', because: 'our own limit' };
  }
  if (!posting) return claimAndPost(ports, pace, wanted, shown);
  const orphan = await lookedFor(ports, wanted.owner, posting, shown);
  if (orphan && (orphan.kind === 'later' || posting.key === key)) return orphan;
  const ms = Date.parse(posting.at) + answeredMs - ports.chance.now();
  if (!orphan && ms > 0 && !pace.ended.has(nameOf(wanted.owner, posting)))
    return { kind: 'later', ms, scope: 'message', because: 'another may still be posting it' };
  return claimAndPost(ports, pace, wanted, orphan?.shown ?? shown);
};

const claimAndPost = async (
  ports: SyncPorts,
  pace: Pace,
  { owner, message, drawn }: Wanted,
  shown: Shown,
): Promise<Synced> => {
  const { id } = owner;
  const channel = message.to ?? owner.channel;
  const call = { method: 'post', channel } as const;
  const threadTs = message.inThread ? shown.messages['card']?.ts : undefined;
  const name = `${id}/${message.key}`;
  const place = threadTs ? { threadTs } : {};
  const { message: told, called } = await limitCalls(ports, message, shown.called);
  if (!pace.mayBegin()) return { kind: 'later', ms: 0, scope: 'workspace', because: 'time is up' };
  const claimed =
    shown.posting?.key === message.key
      ? shown
      : await remember(ports, id, {
          ...shown,
          posting: claimOf(message, isoNow(ports.chance)),
        });
  const answer = await paced(pace, call, () => ports.chat.deliver(channel, name, told, place));
  if (claimed.posting) pace.ended.add(nameOf(owner, claimed.posting));
  if (answer.kind === 'later') return answer;
  const unnamed = told !== message;
  // Before it is remembered: what people write under it at once must find its case.
  if (answer.kind === 'delivered' && message.key === 'card')
    await ports.cases.ownThread({ channel, ts: answer.ts }, id);
  // The thread's card is gone: the card is posted again, and the thread with it.
  const next =
    answer.kind === 'gone'
      ? unclaimed(withMessage(claimed, { ...message, key: 'card' }, undefined))
      : withMessage(claimed, message, {
          ts: answer.ts,
          drawn: unnamed ? '' : drawn,
          ...elsewhere(answer, message),
        });
  return {
    kind: 'synced',
    shown: await remember(ports, id, answer.kind === 'gone' ? next : { ...next, called }),
    unnamed: unnamed && answer.kind !== 'gone',
  };
};

const edit = async (
  ports: SyncPorts,
  pace: Pace,
  { owner, message, drawn }: Wanted,
  shown: Shown,
): Promise<Synced> => {
  const { ts = '', channel = owner.channel } = shown.messages[message.key] ?? {};
  const answer = await paced(pace, { method: 'update' }, () =>
    ports.chat.deliver(channel, `${owner.id}/${message.key}`, message, { ts }),
  );
  if (answer.kind === 'later') return answer;
  const entry =
    answer.kind === 'gone'
      ? undefined
      : { ts, drawn, ...(message.to === undefined ? {} : { channel }) };
  return {
    kind: 'synced',
    shown: await remember(ports, owner.id, withMessage(shown, message, entry), message.key),
  };
};

/** `shown` is what is stored of this owner. A message that is as it should be costs nothing. */
export const syncMessage = async (
  ports: SyncPorts,
  pace: Pace,
  wanted: Wanted,
  shown: Shown,
): Promise<Synced> => {
  const known = shown.messages[wanted.message.key];
  if (known?.drawn === wanted.drawn) return { kind: 'synced', shown };
  if (known) return edit(ports, pace, wanted, shown);
  const posted = await post(ports, pace, wanted, shown);
  return posted.kind === 'synced' && posted.unnamed
    ? edit(ports, pace, wanted, posted.shown)
    : posted;
};
