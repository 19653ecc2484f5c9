/** Who has the case: oneself or another responder, who is then told by a message of their own. */
import { authorise } from '../../requests/authority.ts';
import { actorOf, personOf } from '../../requests/person.ts';
import { assignView } from '../../slack/modals/case-forms.ts';
import { answer, type Click, refuseClick, show } from '../click.ts';
import type { WorkerPorts } from '../ports.ts';
import { tellCase } from '../save-case.ts';
import { caseFor, type Named } from './case-for.ts';

const wanted = { state: 'active', quietens: false } as const;

export const offerAssign = async (
  ports: WorkerPorts,
  click: Click,
  named: Named,
): Promise<void> => {
  const theCase = await caseFor(ports, click, named, wanted);
  if (theCase) await show(ports, click, assignView(theCase, click.person.user));
};

export const submitAssign = async (
  ports: WorkerPorts,
  click: Click,
  named: Named,
  to: string,
): Promise<void> => {
  const theCase = await caseFor(ports, click, named, wanted);
  if (!theCase) return;
  const { config, directory } = ports;
  const other = personOf(config.identities, click.person.team, to);
  const may = authorise(other, 'respond', await directory.standing(other), config);
  if (may.kind === 'refused')
    return refuseClick(
      ports,
      click,
      {
        code: 'assignee',
        because: 'They may not respond, so they cannot have it.',
        needed: 'the name of a responder',
        who: to,
      },
      { case: theCase.id },
    );
  await tellCase(ports, theCase.id, {
    kind: 'assign',
    to,
    by: click.person.user,
    actor: actorOf(click.person),
  });
  await ports.wake.wake(theCase.id);
  await answer(ports, click, {
    title: 'Assigned',
    lines: [to === click.person.user ? 'You have it now.' : 'They are told in the thread.'],
  });
};
