/** "This is what it was": closes a case with a classification and a note; both are required. */
import { offersFor } from '../../actions/offers.ts';
import { type Case, type Classification, classifications } from '../../cases/case.ts';
import { caseActions, caseResources } from '../../cases/case-findings.ts';
import { atLeast } from '../../findings/finding.ts';
import { actorOf } from '../../requests/person.ts';
import { controls, reference } from '../../slack/controls.ts';
import { resolveView } from '../../slack/modals/case-forms.ts';
import type { Notice } from '../../slack/modals/notice.ts';
import { answer, type Click, refuseClick, show } from '../click.ts';
import type { WorkerPorts } from '../ports.ts';
import { tellCase } from '../save-case.ts';
import { caseFor, type Named, openRequest } from './case-for.ts';

/** Loaded where the configuration wants it: the worker's other starts do without it. */
const writingBack = () => import('./write-back.ts');

const writeBackOf = async (
  ports: WorkerPorts,
  click: Click,
  theCase: Case,
  classification: Classification,
) =>
  ports.config.resolve.writeBack && !theCase.drill
    ? (await writingBack()).planWriteBack(ports, click, { theCase, classification })
    : undefined;

const wanted = { state: 'active', quietens: true } as const;

const classificationOf = (value: string): Classification | undefined =>
  classifications.find((one) => one === value);

export const offerResolve = async (
  ports: WorkerPorts,
  click: Click,
  named: Named,
): Promise<void> => {
  const theCase = await caseFor(ports, click, named, wanted);
  if (!theCase) return;
  const refused = await openRequest(ports, theCase);
  if (refused) return refuseClick(ports, click, refused, { case: theCase.id });
  await show(ports, click, resolveView(theCase));
};

/** A false positive will be back, unless it is suppressed: that is one tap away, with its preview. */
const whatNext = (theCase: Case, classification: Classification): Notice['entries'] => {
  const suppress = offersFor(caseActions(theCase), caseResources(theCase)).find(
    ({ action }) => action.expires,
  );
  return classification === 'false-positive' && suppress
    ? [
        {
          lines: ['Will it come back?', 'A suppression shows what it would have hidden until now.'],
          button: {
            id: controls.plan + suppress.action.id,
            label: suppress.action.label,
            value: reference(theCase.id, theCase.token, suppress.id),
          },
        },
      ]
    : [];
};

export const submitResolve = async (
  ports: WorkerPorts,
  click: Click,
  named: Named,
  said: { readonly classification: string; readonly note: string },
): Promise<void> => {
  const theCase = await caseFor(ports, click, named, wanted);
  if (!theCase) return;
  const about = { case: theCase.id };
  const classification = classificationOf(said.classification);
  if (!classification || said.note.trim() === '')
    return refuseClick(
      ports,
      click,
      {
        code: 'no-classification',
        because: 'A case is resolved with what it was and a note.',
        needed: 'one of the listed classifications, and a sentence',
      },
      about,
    );
  const refused = await openRequest(ports, theCase);
  if (refused) return refuseClick(ports, click, refused, about);
  const writeBack = await writeBackOf(ports, click, theCase, classification);
  await tellCase(ports, theCase.id, {
    kind: 'resolve',
    classification,
    note: said.note,
    review:
      classification === 'true-positive' && atLeast(theCase.severity, ports.config.review.from),
    ...(writeBack ? { writeBack } : {}),
    by: click.person.user,
    actor: actorOf(click.person),
  });
  if (writeBack) await (await writingBack()).askWriteBack(ports, theCase.id);
  await ports.wake.wake(theCase.id);
  await answer(ports, click, {
    title: 'Resolved',
    lines: ['The card says what it was. Something new about the same thing opens it again.'],
    entries: whatNext(theCase, classification) ?? [],
  });
};
