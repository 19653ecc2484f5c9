/**
 * A message to the channel that belongs to no case: that automation was switched off or on, or that a
 * breaker opened. Wished for like a digest, so it comes even when Slack is down now.
 */
import { createHash } from 'node:crypto';
import { calledAt } from '../../rules/on-call.ts';
import { automationNotice } from '../../slack/cards/automation-notice.ts';
import type { Ports } from '../ports.ts';

export type AnnouncePorts = Pick<Ports, 'config' | 'chance' | 'digests' | 'wake'>;

/** `name` makes it one message, however often it is asked for. */
export const announce = async (
  ports: AnnouncePorts,
  about: {
    readonly name: string;
    readonly icon: ':rotating_light:' | ':no_entry:' | ':white_check_mark:';
    readonly title: string;
    /** Drawn literally. */
    readonly lines: readonly string[];
    /** Calls whoever is on call. */
    readonly call: boolean;
  },
): Promise<void> => {
  const { name, call, ...said } = about;
  const message = automationNotice({
    ...said,
    call: call ? calledAt(ports.config.onCall, ports.chance.now()) : [],
  });
  const id = createHash('sha256').update(name).digest('hex').slice(0, 12).toUpperCase();
  await ports.digests.wish(`automation-${name}`, {
    id: `N${id}`,
    channel: ports.config.channel,
    message,
    instead: message,
  });
  await ports.wake.wake();
};
