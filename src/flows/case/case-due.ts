/** What the clock brings a case: the end of a suppression or a snooze, the next step of an escalation, another case, what is left to do once it is closed. */
import type { Case } from '../../cases/case.ts';
import { dueStep, escalationFrom } from '../../cases/escalation.ts';
import type { EscalationStep } from '../../rules/escalation.ts';
import { calledAt } from '../../rules/on-call.ts';
import { isoNow, type WorkerPorts } from '../ports.ts';
import { tellCase } from '../save-case.ts';
import { meetCases } from './meet.ts';

const called = (ports: WorkerPorts, theCase: Case, { mention }: EscalationStep) => {
  if (mention === undefined) return [];
  if (mention !== 'on-call') return [...(mention.groups ?? []), ...(mention.users ?? [])];
  return theCase.decision.onCall ?? calledAt(ports.config.onCall, ports.chance.now());
};

const escalate = async (ports: WorkerPorts, theCase: Case): Promise<void> => {
  const due = dueStep(theCase, ports.config.escalation, isoNow(ports.chance));
  if (!due) return;
  const { step, place, next } = due;
  await tellCase(ports, theCase.id, {
    kind: 'escalate',
    done: {
      step: place,
      mention: called(ports, theCase, step),
      ...(step.channel ? { channel: step.channel } : {}),
      ...(step.page ? { page: true } : {}),
    },
    next,
  });
};

/** Not so long that anybody waits for a review. */
const chainedWithinMs = 180_000;

/** Once the record of what closed it is in the chain: a review names its places there. */
const isWrappable = (ports: WorkerPorts, { wrapUp, outbox }: Case): boolean =>
  wrapUp !== undefined &&
  (outbox.length === 0 || ports.chance.now() - Date.parse(wrapUp.since) >= chainedWithinMs);

export const onCaseDue = async (ports: WorkerPorts, id: string, until: number): Promise<void> => {
  const theCase = await ports.cases.get(id);
  if (!theCase) return;
  const now = isoNow(ports.chance);
  if (theCase.suppression && theCase.suppression.until <= now)
    await tellCase(ports, id, {
      kind: 'suppression-end',
      request: theCase.suppression.request,
      because: 'its time is over',
    });
  if (theCase.snoozed && theCase.snoozed.until <= now)
    await tellCase(ports, id, {
      kind: 'snooze-end',
      because: 'its time is over',
      actor: 'cordon:worker',
      escalation: theCase.acknowledged
        ? theCase.escalation
        : escalationFrom(ports.config.escalation, theCase, now),
    });
  await escalate(ports, theCase);
  await meetCases(ports, theCase);
  if (theCase.automationDue) {
    const { decideAutomation } = await import('../automation/decide-automation.ts');
    await decideAutomation(ports, theCase);
  }
  if (isWrappable(ports, theCase)) {
    // After people have closed it: worker's other starts do without it.
    const { wrapUp } = await import('../review/wrap-up.ts');
    await wrapUp(ports, id);
  }
  if (theCase.writeBack?.offer) {
    const { askWriteBack } = await import('./write-back.ts');
    await askWriteBack(ports, id);
  }
  if (theCase.drill) {
    const { endDrill } = await import('../drill/end-drill.ts');
    await endDrill(ports, theCase);
  }
  await ports.wake.wake(id);
  if (!theCase.gatherDue) return;
  // Last, for it takes longest, and loaded only where it is wanted.
  const { gatherEvidence } = await import('../evidence/gather.ts');
  await gatherEvidence(ports, id, until);
};
