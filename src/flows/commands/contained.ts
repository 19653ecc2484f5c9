/** `/cordon contained`: what is in force in AWS, the one to review first is first. */
import { byReview, isInForce, requestEntry } from '../looking/entries.ts';
import { openRequests } from '../looking/work-at-hand.ts';
import { type Command, pageOf } from './command.ts';

export const contained: Command = {
  name: 'contained',
  uses: ['contained'],
  summary: 'the containments in force, by their review, each with a button that undoes it',
  needs: 'responder or approver',
  async answer(ports, { words, page }) {
    if (words.length > 0) return 'usage';
    const inForce = (await openRequests(ports)).filter(isInForce).toSorted(byReview);
    const { shown, hasNext } = pageOf(inForce, page);
    const at = { config: ports.config, now: ports.chance.now() };
    return {
      title:
        inForce.length === 0 ? 'No containment is in force' : `In force now: ${inForce.length}`,
      lines: [],
      entries: shown.map((request) => requestEntry(request, at)),
      hasNext,
    };
  },
};
