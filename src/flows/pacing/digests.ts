/** Digests that wait for their place in Slack: after people and cases, in the same limits. */
import type { DesiredMessage } from '../../slack/cards/desired-message.ts';
import { drawnHash } from '../../slack/cards/messages.ts';
import type { Digests, WishedDigest } from '../../store/digests.ts';
import { priorities } from '../../store/dirty.ts';
import { type Later, type Room, type SyncPorts, syncMessage } from './sync-message.ts';

export type DigestPorts = SyncPorts & { readonly digests: Digests<DesiredMessage> };

const show = async (
  ports: DigestPorts,
  { id, channel }: WishedDigest<DesiredMessage>,
  message: DesiredMessage,
  room: Room,
): Promise<Later | undefined> => {
  const synced = await syncMessage(
    ports,
    { ...room, caller: priorities.edit },
    { owner: { id, channel }, message, drawn: drawnHash(message) },
    await ports.cases.shown(id),
  );
  return synced.kind === 'later' ? synced : undefined;
};

/** What Slack says of blocks that it cannot draw. */
const undrawable = new Set(['invalid_blocks', 'invalid_blocks_format']);

/** Answers what is in the way of the first that could not be shown. */
export const showDigests = async (ports: DigestPorts, room: Room): Promise<Later | undefined> => {
  for (const digest of await ports.digests.waiting()) {
    const first = await show(ports, digest, digest.message, room);
    const later =
      first && undrawable.has(first.because)
        ? await show(ports, digest, digest.instead, room)
        : first;
    if (later) return later;
    await ports.digests.shown(digest.id);
  }
  return undefined;
};
