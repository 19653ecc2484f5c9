/** `/cordon followups [CASE]`: what reviews left to be done, with the button that closes it. */
import { followUpEntry } from '../looking/follow-ups.ts';
import { openFollowUps } from '../looking/work-at-hand.ts';
import { isoNow } from '../ports.ts';
import { type Command, pageOf } from './command.ts';

export const followups: Command = {
  name: 'followups',
  uses: ['followups', 'followups CASE'],
  summary: 'what reviews left to be done, by its day; of one case also what is done',
  needs: 'responder or approver',
  async answer(ports, { words: [id, ...more], page }) {
    if (more.length > 0) return 'usage';
    const all = id ? await ports.followUps.ofCase(id.toUpperCase()) : await openFollowUps(ports);
    const { shown, hasNext } = pageOf(all, page);
    return {
      title: id ? `Follow-ups of case ${id.toUpperCase()}` : 'Open follow-ups',
      lines:
        all.length === 0
          ? ['None. The message about a review in a case’s thread has the button that adds one.']
          : [],
      entries: shown.map((one) => followUpEntry(one, isoNow(ports.chance))),
      hasNext,
    };
  },
};
