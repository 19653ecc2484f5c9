/**
 * The digest that is due, made by the worker and shown by the pacer. Which one is due is read from the
 * clock and the configuration; made once, whoever asks for it how often.
 */
import { digestMessage } from '../../slack/digest/digest-message.ts';
import type { WorkerPorts } from '../ports.ts';
import { digestDue } from './digest-due.ts';
import { gatherDigest } from './gather.ts';

export const makeDigest = async (ports: WorkerPorts): Promise<void> => {
  const slot = await digestDue(ports);
  if (!slot) return;
  const facts = await gatherDigest(ports, slot);
  await ports.digests.wish(slot.id, {
    id: `D${slot.id.replaceAll('-', '')}`,
    channel: ports.config.digest.channel ?? ports.config.channel,
    message: digestMessage(facts, 'chart'),
    instead: digestMessage(facts, 'table'),
  });
  await ports.wake.wake();
};
