/** The alert path: an event becomes a finding, a decision, a case, and a wish to show it. */

import { caseIdOf } from '../cases/case.ts';
import { fold } from '../cases/fold.ts';
import type { Finding, Ignored } from '../findings/finding.ts';
import { parse } from '../findings/parse.ts';
import { decide } from '../rules/decide.ts';
import type { CardDecision } from '../rules/rule.ts';
import { priorities } from '../store/cases-table.ts';
import { isoNow, type Ports } from './ports.ts';
import { changeCase } from './save-case.ts';

export type HandleEventPorts = Pick<Ports, 'config' | 'chance' | 'cases' | 'wake' | 'work'>;

export type Handled =
  | { readonly kind: 'ignored'; readonly because: string }
  | { readonly kind: 'opened' | 'updated' | 'unchanged'; readonly case: string };

const ignore = async (ports: HandleEventPorts, ignored: Ignored): Promise<Handled> => {
  await ports.cases.ignore(ignored, isoNow(ports.chance));
  return { kind: 'ignored', because: ignored.because };
};

const put = async (
  ports: HandleEventPorts,
  finding: Finding,
  decision: CardDecision,
): Promise<Handled> => {
  const arrival = { finding, decision, receivedAt: isoNow(ports.chance), token: ports.chance.id() };
  let kind: 'opened' | 'updated' | 'unchanged' = 'unchanged';
  const id = caseIdOf(decision.groupKey);
  const theCase = await changeCase(ports, id, {
    priority: decision.severity === 'CRITICAL' ? priorities.critical : priorities.first,
    next: (current) => {
      const folded = fold(current, arrival);
      kind = folded.kind;
      return folded.kind === 'unchanged' ? undefined : folded.case;
    },
  });
  // What is archived at the source has to come back when its suppression is broken.
  const broken = theCase?.suppressionEnded?.request;
  // Sent and woken with each arrival: an earlier delivery may have died after its write.
  if (broken) await ports.work.send({ kind: 'request-due', request: broken });
  await ports.wake.wake(id);
  return { kind, case: id };
};

/** Total: any JSON is an event. Throws only when the table or the queue fails, to be redelivered. */
export const handleEvent = async (ports: HandleEventPorts, event: unknown): Promise<Handled> => {
  const parsed = parse(event);
  if (parsed.kind === 'ignored') return ignore(ports, parsed);
  const decision = decide(parsed, ports.config, ports.chance.now());
  if (decision.kind === 'drop')
    return ignore(ports, {
      kind: 'ignored',
      because: decision.because,
      source: parsed.source,
      type: parsed.type,
      eventId: parsed.eventId,
    });
  return put(ports, parsed, decision);
};
