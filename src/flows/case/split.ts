/** One case is two: a finding of it becomes a case of its own, with a card of its own. */
import { findingKey } from '../../cases/case.ts';
import { toldFindings } from '../../cases/case-findings.ts';
import { actorOf } from '../../requests/person.ts';
import { splitView } from '../../slack/modals/case-forms.ts';
import { answer, type Click, type Refused, refuseClick, show } from '../click.ts';
import type { WorkerPorts } from '../ports.ts';
import { caseFor, type Named } from './case-for.ts';
import { splitCase } from './split-case.ts';

const wanted = { state: 'active', quietens: true } as const;

const onlyOne: Refused = {
  code: 'one-finding',
  because: 'This case tells one finding only: there is nothing to split.',
  needed: 'a case with several findings',
};

export const offerSplit = async (ports: WorkerPorts, click: Click, named: Named): Promise<void> => {
  const theCase = await caseFor(ports, click, named, wanted);
  if (!theCase) return;
  if (toldFindings(theCase).length < 2)
    return refuseClick(ports, click, onlyOne, { case: theCase.id });
  await show(ports, click, splitView(theCase));
};

export const submitSplit = async (
  ports: WorkerPorts,
  click: Click,
  named: Named,
  key: string,
): Promise<void> => {
  const theCase = await caseFor(ports, click, named, wanted);
  if (!theCase) return;
  const entry = toldFindings(theCase).find(
    ({ finding }) => findingKey(finding.canonicalId) === key,
  );
  if (!entry || toldFindings(theCase).length < 2)
    return refuseClick(ports, click, onlyOne, { case: theCase.id });
  const { user: by } = click.person;
  const id = await splitCase(ports, { theCase, entry }, { by, actor: actorOf(click.person) });
  await answer(ports, click, {
    title: 'Split',
    lines: [`The finding is case ${id} now, with a card of its own.`],
  });
};
