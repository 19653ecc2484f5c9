/** Whether a digest is due, from the clock and the configuration. */
import { type DigestSlot, slotAt } from '../../cases/digest-slot.ts';
import type { CordonConfig } from '../../config/config.ts';
import type { Ports } from '../ports.ts';

/** A digest that is so late tells nothing new; the next one comes. */
const tooLateMs = 12 * 3_600_000;

/** The slot that has no digest yet; undefined when there is nothing to do. */
export const digestDue = async (
  ports: Pick<Ports, 'chance' | 'digests'> & { readonly config: Pick<CordonConfig, 'digest'> },
): Promise<DigestSlot | undefined> => {
  const slot = slotAt(ports.config.digest, ports.chance.now());
  if (ports.chance.now() - Date.parse(slot.to) > tooLateMs) return undefined;
  return (await ports.digests.wasMade(slot.id)) ? undefined : slot;
};
