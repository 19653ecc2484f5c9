/** One case becomes two: a finding of it gets a case of its own, and what comes later of it goes there. */
import { createHash } from 'node:crypto';
import { type Case, type CaseFinding, findingKey } from '../../cases/case.ts';
import { openCase } from '../../cases/fold.ts';
import { decide } from '../../rules/decide.ts';
import type { CardDecision } from '../../rules/rule.ts';
import { priorities } from '../../store/dirty.ts';
import { isoNow, type WorkerPorts } from '../ports.ts';
import { changeCase, tellCase } from '../save-case.ts';

type SplitPorts = Pick<WorkerPorts, 'cases' | 'chance' | 'config' | 'wake'>;

/** As its own rule decides about it now; one that would open no case alone goes where this one is. */
const decisionOf = (ports: SplitPorts, theCase: Case, { finding }: CaseFinding): CardDecision => {
  const decision = decide(finding, ports.config, ports.chance.now());
  if (decision.kind === 'card') return decision;
  return { ...theCase.decision, severity: finding.severity };
};

/** The same split makes the same case, however often it is submitted; another once both are one again. */
const splitId = async (ports: SplitPorts, { id }: Case, key: string): Promise<string> => {
  let from = `split ${id} ${key}`;
  for (;;) {
    const hash = createHash('sha256').update(from).digest('hex');
    const split = `C${hash.slice(0, 9).toUpperCase()}`;
    if (!(await ports.cases.get(split))?.merged) return split;
    from = `split ${split} ${key}`;
  }
};

/** Answers the new case's id. `entry` is one of several that `theCase` tells. Repeatable. */
export const splitCase = async (
  ports: SplitPorts,
  { theCase, entry }: { readonly theCase: Case; readonly entry: CaseFinding },
  { by, actor }: { readonly by: string; readonly actor: string },
): Promise<string> => {
  const { finding } = entry;
  const key = findingKey(finding.canonicalId);
  const id = await splitId(ports, theCase, key);
  const now = isoNow(ports.chance);
  const opening = { id, groupKey: `split/${id}`, token: ports.chance.id() };
  const decision = decisionOf(ports, theCase, entry);
  // Whoever splits looks at it: nobody is called to what they are told about by a colleague.
  const fresh: Case = {
    ...openCase(opening, { finding, decision, receivedAt: now }),
    acknowledged: { by, at: now },
    firstAcknowledgedAt: now,
    // Named as its owner, they would be pinged by the card of their own making.
    ...(theCase.assignee && theCase.assignee !== by ? { assignee: theCase.assignee } : {}),
  };
  // First the new case, then its finding, then the old one: a crash in between loses nothing.
  await changeCase(ports, id, {
    priority: () => priorities.human,
    next: (current) => (current ? undefined : fresh),
  });
  await ports.cases.groups.move(key, id, now);
  await tellCase(ports, theCase.id, {
    kind: 'split',
    finding: finding.canonicalId,
    into: id,
    by,
    actor,
  });
  await ports.wake.wake(id);
  await ports.wake.wake(theCase.id);
  return id;
};
