/** `/cordon audit`: what the record says of a case or a request. Read from the chain, not from Slack. */
import { utc } from '../../slack/duration.ts';
import { type Command, pageOf } from './command.ts';

/** The newest; all of it is in the sealed record. */
const mostEntries = 80;

export const audit: Command = {
  name: 'audit',
  uses: ['audit CASE', 'audit REQUEST'],
  summary: 'what the hash-chained record says of a case or a request, the newest first',
  needs: 'responder or approver',
  async answer(ports, { words: [id, ...more], page }) {
    if (!id || more.length > 0) return 'usage';
    const found = await ports.auditIndex.of(id.toUpperCase(), mostEntries);
    const { shown, hasNext } = pageOf(found, page);
    return {
      title:
        found.length === 0 ? 'The record has nothing of that' : `The record of ${id.toUpperCase()}`,
      lines:
        found.length === 0
          ? ['Entries are chained within a minute. The id is the whole id of a case or a request.']
          : [],
      entries: shown.map((entry) => ({
        lines: [
          `${entry.seq} · ${entry.kind}`,
          `${utc(entry.at)} by ${entry.actor}`,
          entry.because,
          `hash ${entry.hash.slice(0, 16)}…`,
        ],
      })),
      hasNext,
    };
  },
};
