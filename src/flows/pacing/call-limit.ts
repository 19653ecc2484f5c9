/**
 * One case calls each person at most twice an hour: whoever is called for everything mutes the
 * channel. What goes beyond that is still a new message, posted without their mention and at once
 * edited into what it is to say: people read their names, and no phone rings.
 */
import { calledBy, callingOnly, type Instead } from '../../slack/cards/calls.ts';
import type { DesiredMessage } from '../../slack/cards/desired-message.ts';
import type { Calls } from '../../store/shown.ts';
import type { Chance, Ports } from '../ports.ts';

const mostCalls = 2;
const withinMs = 3_600_000;
/** More names than this are no help: the group is called as it is. */
const mostNames = 20;

export interface CallPorts {
  readonly chance: Chance;
  readonly directory: Pick<Ports['directory'], 'members'>;
}

export interface Limited {
  readonly message: DesiredMessage;
  /** Who was called of late, this message included. */
  readonly called: Calls;
}

/** A group that Slack cannot tell counts as one person: better one call too many than none. */
const membersOf = async (ports: CallPorts, id: string): Promise<readonly string[]> => {
  if (!id.startsWith('S')) return [id];
  try {
    return [...(await ports.directory.members(id))];
  } catch {
    return [id];
  }
};

const lately = (calls: Calls, now: number): Calls =>
  Object.fromEntries(
    Object.entries(calls)
      .map(([id, times]) => [id, times.filter((at) => Date.parse(at) > now - withinMs)] as const)
      .filter(([, times]) => times.length > 0),
  );

/** `called`: whom the messages of the case called before. */
export const limitCalls = async (
  ports: CallPorts,
  message: DesiredMessage,
  called: Calls = {},
): Promise<Limited> => {
  const now = ports.chance.now();
  const before = message.anew ? {} : lately(called, now);
  const mentions = await Promise.all(
    calledBy(message).map(async (id) => ({ id, members: await membersOf(ports, id) })),
  );
  const instead = new Map<string, readonly string[]>();
  const reached = new Set<string>();
  for (const { id, members } of mentions) {
    const wanted = members.filter((one) => (before[one] ?? []).length < mostCalls);
    const asTheyAre = wanted.length === members.length || wanted.length > mostNames;
    if (!asTheyAre) instead.set(id, wanted);
    for (const one of asTheyAre ? members : wanted) reached.add(one);
  }
  const at = new Date(now).toISOString();
  return {
    message: quiet(message, instead),
    called: {
      ...before,
      ...Object.fromEntries([...reached].map((id) => [id, [...(before[id] ?? []), at]])),
    },
  };
};

const quiet = (message: DesiredMessage, instead: Instead): DesiredMessage =>
  instead.size === 0 ? message : callingOnly(message, instead);
