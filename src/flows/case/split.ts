/** One case is two: a finding of it becomes a case of its own, with a card of its own. */
import { createHash } from 'node:crypto';
import { type Case, findingKey } from '../../cases/case.ts';
import { toldFindings } from '../../cases/case-findings.ts';
import { openCase } from '../../cases/fold.ts';
import { actorOf } from '../../requests/person.ts';
import { decide } from '../../rules/decide.ts';
import type { CardDecision } from '../../rules/rule.ts';
import { splitView } from '../../slack/modals/case-forms.ts';
import { priorities } from '../../store/dirty.ts';
import { answer, type Click, type Refused, refuseClick, show } from '../click.ts';
import { isoNow, type WorkerPorts } from '../ports.ts';
import { changeCase, tellCase } from '../save-case.ts';
import { caseFor, type Named } from './case-for.ts';

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

/** As its own rule decides about it now; one that would open no case alone goes where this one is. */
const decisionOf = (ports: WorkerPorts, theCase: Case, canonicalId: string): CardDecision => {
  const entry = theCase.findings[canonicalId];
  const decision = entry && decide(entry.finding, ports.config, ports.chance.now());
  if (decision?.kind === 'card') return decision;
  return { ...theCase.decision, severity: entry?.finding.severity ?? theCase.severity };
};

/** The same split makes the same case, however often it is submitted. */
const splitId = (theCase: Case, key: string): string =>
  `C${createHash('sha256').update(`split ${theCase.id} ${key}`).digest('hex').slice(0, 9).toUpperCase()}`;

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
  const { canonicalId } = entry.finding;
  const decision = decisionOf(ports, theCase, canonicalId);
  const id = splitId(theCase, key);
  const now = isoNow(ports.chance);
  const opening = { id, groupKey: `split/${id}`, token: ports.chance.id() };
  // Whoever splits looks at it: nobody is called to what they are told about by a colleague.
  const { user } = click.person;
  const fresh: Case = {
    ...openCase(opening, { finding: entry.finding, decision, receivedAt: now }),
    acknowledged: { by: user, at: now },
    firstAcknowledgedAt: now,
    // Named as its owner, they would be pinged by the card of their own making.
    ...(theCase.assignee && theCase.assignee !== user ? { assignee: theCase.assignee } : {}),
  };
  // First the new case, then its finding, then the old one: a crash in between loses nothing.
  await changeCase(ports, id, {
    priority: () => priorities.human,
    next: (current) => (current ? undefined : fresh),
  });
  await ports.cases.groups.move(key, id, now);
  await tellCase(ports, theCase.id, {
    kind: 'split',
    finding: canonicalId,
    into: id,
    by: click.person.user,
    actor: actorOf(click.person),
  });
  await ports.wake.wake(id);
  await ports.wake.wake(theCase.id);
  await answer(ports, click, {
    title: 'Split',
    lines: [`The finding is case ${id} now, with a card of its own.`],
  });
};
