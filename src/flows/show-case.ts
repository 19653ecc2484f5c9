/** Brings one case's messages in Slack up to date, one at a time, each remembered at once. */
import { canonicalJson } from '../audit/chain.ts';
import type { Case } from '../cases/case.ts';
import type { Request } from '../requests/request.ts';
import type { DesiredMessage } from '../slack/cards/desired-message.ts';
import { desiredMessages, drawnHash } from '../slack/cards/messages.ts';
import type { Delivered } from '../slack/client.ts';
import type { Shown, ShownMessage } from '../store/cases-table.ts';
import { isoNow, type Ports } from './ports.ts';

export type ShowPorts = Pick<Ports, 'config' | 'chance' | 'cases' | 'chat'> & {
  readonly requests: Pick<Ports['requests'], 'get'>;
};

type Later = Extract<Delivered, { kind: 'later' }>;
export type Synced = { readonly kind: 'shown' } | Later;

export const requestsOf = async (
  ports: Pick<ShowPorts, 'requests'>,
  ids: readonly string[],
): Promise<readonly Request[]> => {
  const found = await Promise.all(ids.map((id) => ports.requests.get(id)));
  return found.filter((request) => request !== undefined);
};

const postedAt = (ports: ShowPorts, shown: Shown): number => {
  const ts = shown.messages['card']?.ts;
  return ts ? Math.floor(Number(ts) * 1000) : ports.chance.now();
};

/** What people see, with a hash that leaves out the time of posting: no reason to edit. */
const drawnMessages = (
  ports: ShowPorts,
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

const remember = async (ports: ShowPorts, id: string, next: Shown): Promise<Shown> => {
  const stored = { ...next, version: next.version + 1 };
  if (await ports.cases.saveShown(id, next)) return stored;
  // The write may have been made and its answer lost.
  if (canonicalJson(await ports.cases.shown(id)) === canonicalJson(stored)) return stored;
  throw new Error(`two pacers write what case ${id} shows: the lease is broken`);
};

const withMessage = (shown: Shown, key: string, entry: ShownMessage | undefined): Shown => {
  const { [key]: _, ...others } = shown.messages;
  const messages = entry ? { ...others, [key]: entry } : others;
  const { posting, version } = shown;
  // The claim of another message stays: whether that one was posted is still to be found out.
  return { version, messages, ...(posting && posting.key !== key ? { posting } : {}) };
};

const unclaimed = ({ messages, version }: Shown): Shown => ({ messages, version });

interface Wanted {
  readonly theCase: Case;
  readonly message: DesiredMessage;
  readonly drawn: string;
}

/**
 * A post is claimed before it is made. A claim without its message is a crash or a lost answer in
 * between: the message is looked for by its metadata, and made only when it is not there.
 */
const post = async (ports: ShowPorts, wanted: Wanted, shown: Shown): Promise<Shown | Later> => {
  const { theCase, message, drawn } = wanted;
  const { id, channel } = theCase;
  const threadTs = message.inThread ? shown.messages['card']?.ts : undefined;
  const name = `${id}/${message.key}`;
  let claimed = shown;
  if (shown.posting?.key === message.key) {
    const found = await ports.chat.find(channel, name, {
      since: shown.posting.at,
      ...(threadTs ? { threadTs } : {}),
    });
    if (found.kind === 'later') return found;
    if (found.kind === 'delivered')
      return remember(ports, id, withMessage(shown, message.key, { ts: found.ts, drawn: '' }));
  } else {
    claimed = await remember(ports, id, {
      ...shown,
      posting: { key: message.key, at: isoNow(ports.chance) },
    });
  }
  const delivery = await ports.chat.deliver(channel, name, message, threadTs ? { threadTs } : {});
  if (delivery.kind === 'later') return delivery;
  // The thread's card is gone: the card is posted again, and the thread with it.
  if (delivery.kind === 'gone')
    return remember(ports, id, unclaimed(withMessage(claimed, 'card', undefined)));
  return remember(ports, id, withMessage(claimed, message.key, { ts: delivery.ts, drawn }));
};

const edit = async (ports: ShowPorts, wanted: Wanted, shown: Shown): Promise<Shown | Later> => {
  const { theCase, message, drawn } = wanted;
  const ts = shown.messages[message.key]?.ts ?? '';
  const name = `${theCase.id}/${message.key}`;
  const delivery = await ports.chat.deliver(theCase.channel, name, message, { ts });
  if (delivery.kind === 'later') return delivery;
  const entry = delivery.kind === 'gone' ? undefined : { ts, drawn };
  return remember(ports, theCase.id, withMessage(shown, message.key, entry));
};

/** Answers `later` as soon as Slack asks to wait; `until` (ms since 1970) ends the work in time. */
export const showCase = async (ports: ShowPorts, id: string, until: number): Promise<Synced> => {
  const theCase = await ports.cases.get(id);
  if (!theCase) return { kind: 'shown' };
  const requests = await requestsOf(ports, theCase.requests);
  let shown = await ports.cases.shown(id);
  for (const { message, drawn } of drawnMessages(ports, theCase, requests, shown)) {
    const known = shown.messages[message.key];
    if (known?.drawn === drawn) continue;
    if (ports.chance.now() >= until)
      return { kind: 'later', seconds: 0, scope: 'workspace', because: 'time is up' };
    const wanted = { theCase, message, drawn };
    const next = known ? await edit(ports, wanted, shown) : await post(ports, wanted, shown);
    if ('kind' in next) return next;
    shown = next;
    if (shown.messages[message.key]?.drawn !== drawn)
      return { kind: 'later', seconds: 1, scope: 'message', because: 'looked for or gone' };
  }
  return { kind: 'shown' };
};
