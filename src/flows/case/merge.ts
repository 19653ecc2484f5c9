/** Two cases are one: the other one is told in this one's place, and what comes later goes there. */
import { type Case, isActive } from '../../cases/case.ts';
import { actorOf } from '../../requests/person.ts';
import { mergeView } from '../../slack/modals/case-forms.ts';
import { answer, type Click, type Refused, refuseClick, show } from '../click.ts';
import type { WorkerPorts } from '../ports.ts';
import { caseFor, type Named, openRequest } from './case-for.ts';
import { joinCases } from './join-cases.ts';

const wanted = { state: 'active', quietens: true } as const;
/** What a menu can hold is 100. */
const mostChoices = 50;

const others = async (ports: WorkerPorts, theCase: Case): Promise<readonly Case[]> => {
  const ids = (await ports.cases.open(mostChoices)).filter((id) => id !== theCase.id);
  const found = await Promise.all(ids.slice(0, mostChoices).map((id) => ports.cases.get(id)));
  return found.filter((one) => one !== undefined).filter((one) => !one.drill);
};

const nothingElse: Refused = {
  code: 'no-other-case',
  because: 'There is no other open case.',
  needed: 'a case to merge it into',
};

export const offerMerge = async (ports: WorkerPorts, click: Click, named: Named): Promise<void> => {
  const theCase = await caseFor(ports, click, named, wanted);
  if (!theCase) return;
  if (theCase.drill) return refuseClick(ports, click, drillAlone, { case: theCase.id });
  const choices = await others(ports, theCase);
  if (choices.length === 0) return refuseClick(ports, click, nothingElse, { case: theCase.id });
  await show(ports, click, mergeView(theCase, choices));
};

const notOpen: Refused = {
  code: 'bad-value',
  because: 'The case to merge into is not open any more.',
  needed: 'another open case: press the button on the card again',
};

/** What is real would be lost among what is rehearsed, and the other way round. */
const drillAlone: Refused = {
  code: 'drill',
  because: 'A drill is merged with nothing: what is real would be hidden in it.',
  needed: 'nothing; resolve the drill when you are done',
};

/** Its requests stay where people decide about them, so none may be open. */
const problemWith = async (
  ports: WorkerPorts,
  theCase: Case,
  target: Case | undefined,
): Promise<Refused | undefined> => {
  if (!target || target.id === theCase.id || !isActive(target)) return notOpen;
  if (theCase.drill || target.drill) return drillAlone;
  return openRequest(ports, theCase);
};

export const submitMerge = async (
  ports: WorkerPorts,
  click: Click,
  named: Named,
  into: string,
): Promise<void> => {
  const theCase = await caseFor(ports, click, named, wanted);
  if (!theCase) return;
  const target = await ports.cases.get(into);
  const refused = await problemWith(ports, theCase, target);
  if (refused || !target)
    return refuseClick(ports, click, refused ?? nothingElse, { case: theCase.id });
  const by = { by: click.person.user, actor: actorOf(click.person) };
  if (!(await joinCases(ports, { from: theCase.id, into: target.id }, by)))
    return refuseClick(ports, click, notOpen, { case: theCase.id });
  await answer(ports, click, {
    title: 'Merged',
    lines: [`It goes on in case ${target.id}; both cards say so.`],
  });
};
