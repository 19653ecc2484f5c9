/** `/cordon review CASE`: drafts the review of a case now, whether or not it is resolved. */
import { actorOf } from '../../requests/person.ts';
import { targetOfCase } from '../case/case-for.ts';
import { allowed, refuseClick } from '../click.ts';
import { tellCase } from '../save-case.ts';
import type { Command } from './command.ts';

export const review: Command = {
  name: 'review',
  uses: ['review CASE'],
  summary: 'drafts the blameless review of a case from its record, as a canvas or in its thread',
  needs: 'responder',
  async answer(ports, { click, words: [id, ...more] }) {
    if (!id || more.length > 0) return 'usage';
    const caseId = id.toUpperCase();
    const about = await ports.cases.get(caseId);
    if (about && !(await allowed(ports, click, 'respond', { case: caseId }, targetOfCase(about))))
      return 'told';
    const asked = await tellCase(ports, caseId, {
      kind: 'review-wanted',
      by: click.person.user,
      actor: actorOf(click.person),
    });
    if (!asked) {
      await refuseClick(ports, click, {
        code: 'unknown-case',
        because: 'There is no such case.',
        needed: 'the id that stands under every card, in the line that begins with “Case”',
      });
      return 'told';
    }
    const { wrapUp } = await import('../review/wrap-up.ts');
    await wrapUp(ports, caseId);
    await ports.wake.wake(caseId);
    const after = await ports.cases.get(caseId);
    return after?.wrapUp?.review
      ? {
          title: 'The review is not there yet',
          lines: ['Slack does not take it at the moment. It is tried again every minute.'],
        }
      : {
          title: `The review of ${caseId} is drafted`,
          lines: [
            after?.review?.because
              ? `It is in the thread of the case, because ${after.review.because}.`
              : 'Its link is in the thread of the case. Write in it: Cordon changes nothing in it.',
            'Follow-ups are added with the button in the thread.',
          ],
        };
  },
};
