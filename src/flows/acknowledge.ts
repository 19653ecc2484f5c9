/** "I have it": acknowledges and assigns. Asking for a plan does the same. */
import { actorOf } from '../requests/person.ts';
import { allowed, type Click, refuseClick } from './click.ts';
import type { WorkerPorts } from './ports.ts';
import { tellCase } from './save-case.ts';

export const acknowledge = async (
  ports: WorkerPorts,
  click: Click,
  named: { readonly caseId: string; readonly token: string },
): Promise<void> => {
  const about = { case: named.caseId };
  if (!(await allowed(ports, click, 'respond', about))) return;
  const theCase = await ports.cases.get(named.caseId);
  if (!theCase || theCase.token !== named.token)
    return refuseClick(
      ports,
      click,
      {
        code: 'old-card',
        because: 'This button belongs to no open case.',
        needed: 'the buttons of the card as it is now',
      },
      about,
    );
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
      about,
    );
  await tellCase(ports, theCase.id, {
    kind: 'acknowledge',
    user: click.person.user,
    actor: actorOf(click.person),
  });
  await ports.wake.wake(theCase.id);
};
