/** Somebody wants evidence about a case now: said at once, gathered at once as far as there is time. */
import type { Case } from '../../cases/case.ts';
import { openGathering } from '../../cases/gathering.ts';
import { actorOf } from '../../requests/person.ts';
import type { Notice } from '../../slack/modals/notice.ts';
import { answer, type Click } from '../click.ts';
import type { WorkerPorts } from '../ports.ts';
import { tellCase } from '../save-case.ts';
import { gatherEvidence } from './gather.ts';

/** The same person's next click waits as long; what is left is gone on with in the next minute. */
const patienceMs = 8_000;

const notice = (theCase: Case, waits: boolean): Notice =>
  waits
    ? {
        title: 'It is being gathered already',
        lines: [`The evidence of case ${theCase.id} comes into its thread in a minute or two.`],
      }
    : {
        title: 'Gathering evidence',
        lines: [
          `Of case ${theCase.id}: it is read with the read role and comes into the thread, usually within a minute.`,
        ],
      };

/** Whoever asks was allowed to. */
export const askForEvidence = async (
  ports: WorkerPorts,
  click: Click,
  theCase: Case,
): Promise<void> => {
  const { person } = click;
  const waits = openGathering(theCase) !== undefined;
  const told = await tellCase(ports, theCase.id, {
    kind: 'gather',
    actor: actorOf(person),
    by: person.user,
    because: 'evidence was asked for',
  });
  await answer(ports, click, notice(theCase, waits));
  if (told) await gatherEvidence(ports, theCase.id, ports.chance.now() + patienceMs);
};
