/** `/cordon pending`: what waits for approvals, runs, or stopped half-way. */
import { isOpen } from '../../requests/request.ts';
import { requestEntry } from '../looking/entries.ts';
import { openRequests } from '../looking/work-at-hand.ts';
import { type Command, pageOf } from './command.ts';

export const pending: Command = {
  name: 'pending',
  uses: ['pending'],
  summary: 'the requests that wait for approvals or run, the oldest first',
  needs: 'responder or approver',
  async answer(ports, { words, page }) {
    if (words.length > 0) return 'usage';
    const waiting = (await openRequests(ports)).filter(isOpen);
    const { shown, hasNext } = pageOf(waiting, page);
    const at = { config: ports.config, now: ports.chance.now() };
    return {
      title: waiting.length === 0 ? 'No request waits' : `Requests under way: ${waiting.length}`,
      lines: [],
      entries: shown.map((request) => requestEntry(request, at)),
      hasNext,
    };
  },
};
