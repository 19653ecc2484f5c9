/** It is not over after all: it needs people again, and says so in a new message. */
import { actorOf } from '../../requests/person.ts';
import { type Click, refuseClick } from '../click.ts';
import type { WorkerPorts } from '../ports.ts';
import { tellCase } from '../save-case.ts';
import { caseFor, type Named } from './case-for.ts';

export const reopen = async (ports: WorkerPorts, click: Click, named: Named): Promise<void> => {
  const theCase = await caseFor(ports, click, named, { state: 'any', quietens: false });
  if (!theCase) return;
  if (!theCase.resolved)
    return refuseClick(
      ports,
      click,
      { code: 'not-resolved', because: 'It is not resolved.', needed: 'nothing' },
      { case: theCase.id },
    );
  await tellCase(ports, theCase.id, {
    kind: 'reopen',
    because: 'a responder opened it again',
    by: click.person.user,
    actor: actorOf(click.person),
  });
  await ports.wake.wake(theCase.id);
};
