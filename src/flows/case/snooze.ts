/** "Not now": nobody is called until an end that is never far away; somebody new breaks it. */
import { escalationFrom } from '../../cases/escalation.ts';
import { longestSnoozeHours } from '../../cases/snooze.ts';
import { actorOf } from '../../requests/person.ts';
import { snoozeView } from '../../slack/modals/case-forms.ts';
import { answer, type Click, refuseClick, show } from '../click.ts';
import { isoIn, isoNow, type WorkerPorts } from '../ports.ts';
import { tellCase } from '../save-case.ts';
import { caseFor, type Named } from './case-for.ts';

const wanted = { state: 'active', quietens: true } as const;

export const offerSnooze = async (
  ports: WorkerPorts,
  click: Click,
  named: Named,
): Promise<void> => {
  const theCase = await caseFor(ports, click, named, wanted);
  if (theCase) await show(ports, click, snoozeView(theCase));
};

export const submitSnooze = async (
  ports: WorkerPorts,
  click: Click,
  named: Named,
  { hours, reason }: { readonly hours: number; readonly reason: string },
): Promise<void> => {
  const theCase = await caseFor(ports, click, named, wanted);
  if (!theCase) return;
  const most = longestSnoozeHours(theCase.severity);
  const about = { case: theCase.id };
  if (!Number.isInteger(hours) || hours < 1 || hours > most)
    return refuseClick(
      ports,
      click,
      {
        code: 'snooze-too-long',
        because: `A ${theCase.severity} case is snoozed for ${most} hours at most.`,
        needed: `a time of 1 to ${most} hours`,
      },
      about,
    );
  if (reason.trim() === '')
    return refuseClick(
      ports,
      click,
      { code: 'no-reason', because: 'A reason is missing.', needed: 'why it can wait' },
      about,
    );
  await tellCase(ports, theCase.id, {
    kind: 'snooze',
    until: isoIn(ports.chance, hours * 3_600_000),
    reason,
    by: click.person.user,
    actor: actorOf(click.person),
  });
  await ports.wake.wake(theCase.id);
  await answer(ports, click, {
    title: 'Snoozed',
    lines: [
      `Nobody is called about it for ${hours} hour${hours > 1 ? 's' : ''}.`,
      'It wakes up before that when it gets worse or somebody new appears.',
    ],
  });
};

/** Ends it early. */
export const wakeUp = async (ports: WorkerPorts, click: Click, named: Named): Promise<void> => {
  const theCase = await caseFor(ports, click, named, { state: 'active', quietens: false });
  if (!theCase) return;
  if (!theCase.snoozed)
    return refuseClick(
      ports,
      click,
      { code: 'not-snoozed', because: 'It is not snoozed.', needed: 'nothing' },
      { case: theCase.id },
    );
  await tellCase(ports, theCase.id, {
    kind: 'snooze-end',
    because: 'a responder ended it',
    by: click.person.user,
    actor: actorOf(click.person),
    escalation: theCase.acknowledged
      ? theCase.escalation
      : escalationFrom(ports.config.escalation, theCase, isoNow(ports.chance)),
  });
  await ports.wake.wake(theCase.id);
};
