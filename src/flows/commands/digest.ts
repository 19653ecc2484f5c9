/** `/cordon digest`: the digest of the last 24 hours, or 7 days, up to now. */
import { isoIn, isoNow } from '../ports.ts';
import type { Command } from './command.ts';

const dayMs = 86_400_000;

export const digest: Command = {
  name: 'digest',
  uses: ['digest', 'digest week'],
  summary: 'the digest up to now, of a day or of a week',
  needs: 'responder or approver',
  async answer(ports, { words: [span, ...more] }) {
    if ((span && span.toLowerCase() !== 'week') || more.length > 0) return 'usage';
    const [{ gatherDigest }, { digestBlocks, digestText }] = await Promise.all([
      import('../digest/gather.ts'),
      import('../../slack/digest/digest-message.ts'),
    ]);
    const to = isoNow(ports.chance);
    const facts = await gatherDigest(ports, {
      id: to.slice(0, 10),
      from: isoIn(ports.chance, span ? -7 * dayMs : -dayMs),
      to,
      kind: span ? 'weekly' : 'daily',
    });
    return { title: digestText(facts), lines: [], body: digestBlocks(facts, 'table') };
  },
};
