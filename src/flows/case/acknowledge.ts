/** "I have it": acknowledges and assigns. Asking for a plan does the same. And the way back. */
import { escalationFrom } from '../../cases/escalation.ts';
import { actorOf } from '../../requests/person.ts';
import { type Click, refuseClick } from '../click.ts';
import { isoNow, type WorkerPorts } from '../ports.ts';
import { tellCase } from '../save-case.ts';
import { caseFor, type Named } from './case-for.ts';

export const acknowledge = async (
  ports: WorkerPorts,
  click: Click,
  named: Named,
): Promise<void> => {
  const theCase = await caseFor(ports, click, named, { state: 'active', quietens: false });
  if (!theCase) return;
  if (theCase.acknowledged)
    return refuseClick(
      ports,
      click,
      {
        code: 'already-acknowledged',
        because: 'It is already acknowledged.',
        needed: 'nothing; the card shows who has it',
        who: theCase.acknowledged.by,
      },
      { case: theCase.id },
    );
  await tellCase(ports, theCase.id, {
    kind: 'acknowledge',
    user: click.person.user,
    actor: actorOf(click.person),
  });
  await ports.wake.wake(theCase.id);
};

/** Somebody has to acknowledge again, and the time for it begins anew. */
export const unacknowledge = async (
  ports: WorkerPorts,
  click: Click,
  named: Named,
): Promise<void> => {
  const theCase = await caseFor(ports, click, named, { state: 'active', quietens: false });
  if (!theCase) return;
  if (!theCase.acknowledged)
    return refuseClick(
      ports,
      click,
      {
        code: 'not-acknowledged',
        because: 'Nobody has acknowledged it.',
        needed: 'nothing',
      },
      { case: theCase.id },
    );
  const now = isoNow(ports.chance);
  await tellCase(ports, theCase.id, {
    kind: 'unacknowledge',
    by: click.person.user,
    actor: actorOf(click.person),
    escalation: escalationFrom(ports.config.escalation, theCase, now),
  });
  await ports.wake.wake(theCase.id);
};
