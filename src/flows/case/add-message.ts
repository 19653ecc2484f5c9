/** "Add to a Cordon case" on a message: what somebody wrote elsewhere becomes part of the record of a case. */
import { isActive } from '../../cases/case.ts';
import { untrusted } from '../../findings/finding.ts';
import { actorOf } from '../../requests/person.ts';
import { caseInputs } from '../../slack/controls.ts';
import type { MessageAction, ViewSubmission } from '../../slack/interaction.ts';
import { addMessageView } from '../../slack/modals/case-forms.ts';
import { allowed, answer, type Click, refuseClick, show } from '../click.ts';
import { casesOf, openCaseIds } from '../looking/work-at-hand.ts';
import { isoIn, isoNow, type WorkerPorts } from '../ports.ts';
import { tellCase } from '../save-case.ts';

/** More than this of one message is kept nowhere but in Slack. */
const longestKept = 3000;
/** How long the form may stay open. */
const openMs = 3_600_000;

export const offerAddMessage = async (
  ports: WorkerPorts,
  click: Click,
  message: MessageAction,
): Promise<void> => {
  // Words decide nothing: whoever may look may add some.
  if (!(await allowed(ports, click, 'look'))) return;
  const text = message.text.slice(0, longestKept);
  const cases = await casesOf(ports, await openCaseIds(ports));
  if (cases.length === 0 || text.trim() === '')
    return refuseClick(ports, click, {
      code: 'nothing-to-add',
      because: cases.length === 0 ? 'No case is open.' : 'The message has no text.',
      needed: cases.length === 0 ? 'a case: `/cordon request` opens one' : 'a message with words',
    });
  const token = ports.chance.id();
  await ports.pages.keep({
    token,
    person: click.person.id,
    text,
    page: 0,
    message: { channel: message.channel, ts: message.messageTs },
    until: isoIn(ports.chance, openMs),
  });
  await show(ports, click, addMessageView(cases, { token, text }));
};

/** Repeatable: a message is in a case once, however often it is added. */
export const submitAddMessage = async (
  ports: WorkerPorts,
  click: Click,
  view: ViewSubmission,
): Promise<void> => {
  if (!(await allowed(ports, click, 'look'))) return;
  const kept = await ports.pages.get(view.privateMetadata);
  const { block, action } = caseInputs.other;
  const theCase = await ports.cases.get(view.values[block]?.[action] ?? '');
  const current = kept?.person === click.person.id && kept.until >= isoNow(ports.chance);
  if (!kept?.message || !current || !theCase || !isActive(theCase))
    return refuseClick(ports, click, {
      code: 'old-form',
      because: 'This form is too old, or the case is not open any more.',
      needed: 'the shortcut on the message once more',
    });
  const { channel, ts } = kept.message;
  await tellCase(ports, theCase.id, {
    kind: 'comment',
    comment: {
      id: `${channel}/${ts}`,
      at: isoNow(ports.chance),
      by: click.person.user,
      text: untrusted(kept.text),
    },
    actor: actorOf(click.person),
  });
  await ports.wake.wake(theCase.id);
  await answer(ports, click, {
    title: 'Added',
    lines: [`It is in the record of case ${theCase.id}, and on its card as the last comment.`],
  });
};
