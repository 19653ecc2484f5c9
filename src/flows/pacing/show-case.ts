/** One case, shown as stored: its messages in order, until they are right or one has to wait. */
import type { Case } from '../../cases/case.ts';
import type { Request } from '../../requests/request.ts';
import { type Desired, desiredMessages, drawnHash } from '../../slack/cards/messages.ts';
import type { Shown } from '../../store/shown.ts';
import { knownRoles } from '../known-roles.ts';
import type { Ports } from '../ports.ts';
import type { Caller } from './allowance.ts';
import { type Later, type Room, type SyncPorts, syncMessage } from './sync-message.ts';

export type ShowPorts = SyncPorts &
  Pick<Ports, 'config'> & {
    readonly requests: Pick<Ports['requests'], 'get'>;
    readonly memberRoles: Pick<Ports['memberRoles'], 'of'>;
  };

export const requestsOf = async (
  ports: Pick<ShowPorts, 'requests'>,
  ids: readonly string[],
): Promise<readonly Request[]> => {
  const found = await Promise.all(ids.map((id) => ports.requests.get(id)));
  return found.filter((request) => request !== undefined);
};

/** How a case is to be shown now. */
export interface Showing extends Room {
  readonly theCase: Case;
  readonly shown: Shown;
  /** How many findings it has. */
  readonly counted: number;
  readonly caller: Caller;
  /** What is new is told in the thread another time. */
  readonly cardOnly: boolean;
}

export type CaseShown = { readonly kind: 'shown'; readonly shown: Shown } | Later;

const postedAt = (ports: ShowPorts, shown: Shown): number => {
  const ts = shown.messages['card']?.ts;
  return ts ? Math.floor(Number(ts) * 1000) : ports.chance.now();
};

/** What people see, with a hash that leaves out the time of posting: no reason to edit. */
const drawnMessages = (
  ports: ShowPorts,
  showing: Showing,
  { requests, roles }: Pick<Desired, 'requests' | 'roles'>,
) => {
  const { theCase, counted, shown } = showing;
  const draw = (at: number) =>
    desiredMessages({ theCase, requests, roles, config: ports.config, counted, postedAt: at });
  const timeless = draw(0);
  return draw(postedAt(ports, shown)).map((message, position) => ({
    message,
    drawn: drawnHash(timeless[position] ?? message),
  }));
};

/** Nobody has to act on it. */
const isNews = ({ key }: { readonly key: string }): boolean => /^(news|evidence):/.test(key);

/** How long a drill still has Slack take none of its messages; 0 for any other case. */
const silentMs = ({ drill }: Case, now: number): number =>
  drill?.silent && Date.parse(drill.silent.from) <= now
    ? Math.max(0, Date.parse(drill.silent.until) - now)
    : 0;

export const showCase = async (ports: ShowPorts, showing: Showing): Promise<CaseShown> => {
  const { theCase, mayBegin } = showing;
  const silence = silentMs(theCase, ports.chance.now());
  if (silence > 0)
    return { kind: 'later', ms: silence, scope: 'budget', because: 'the drill has Slack fail' };
  const [requests, roles] = await Promise.all([
    requestsOf(ports, theCase.requests),
    knownRoles(ports, theCase),
  ]);
  const owner = { id: theCase.id, channel: theCase.channel };
  let shown = showing.shown;
  for (const { message, drawn } of drawnMessages(ports, showing, { requests, roles })) {
    if (shown.messages[message.key]?.drawn === drawn) continue;
    if (showing.cardOnly && isNews(message)) continue;
    if (!mayBegin()) return { kind: 'later', ms: 0, scope: 'workspace', because: 'time is up' };
    const synced = await syncMessage(ports, showing, { owner, message, drawn }, shown);
    if (synced.kind === 'later') return synced;
    shown = synced.shown;
    if (shown.messages[message.key]?.drawn !== drawn)
      return { kind: 'later', ms: 1000, scope: 'message', because: 'looked for or gone' };
  }
  return { kind: 'shown', shown };
};
