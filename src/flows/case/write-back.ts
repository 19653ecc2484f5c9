/**
 * What resolving a case tells the services that keep its findings: a request of its own by the person who
 * resolved it. Its plan is kept where authority is kept, before the case is closed; the case names it in
 * the write that closes it, so a worker that dies in between loses nothing, and whoever can write a case
 * can ask for nothing by it.
 */
import { isWriteBack } from '../../actions/parts.ts';
import type { Case, Classification } from '../../cases/case.ts';
import { caseResources } from '../../cases/case-findings.ts';
import { writeBackDismissed, writeBackId, writeBackResolved } from '../../playbooks/write-back.ts';
import { targetOf } from '../../requests/scope.ts';
import { classificationInWords } from '../../slack/modals/case-forms.ts';
import type { OfferedPlan } from '../../store/requests-table.ts';
import { authorityOf, type Click } from '../click.ts';
import { askingOf } from '../offer-plan.ts';
import { planPlaybook } from '../plan-playbook.ts';
import { isoIn, isoNow, type WorkerPorts } from '../ports.ts';
import { putRequest } from '../put-request.ts';
import { tellCase } from '../save-case.ts';

/** Until Slack could be asked who the person is, and no longer: what was true then is to be told. */
const offerMinutes = 60;

/** Undefined where no service keeps a finding of it, or each of them knows already. */
export const planWriteBack = async (
  ports: WorkerPorts,
  click: Click,
  { theCase, classification }: { readonly theCase: Case; readonly classification: Classification },
): Promise<{ readonly offer: string } | { readonly because: string } | undefined> => {
  if (!caseResources(theCase).some(({ kind }) => kind === 'finding')) return undefined;
  const playbook = classification === 'false-positive' ? writeBackDismissed : writeBackResolved;
  const planned = await planPlaybook(ports, askingOf(click, theCase.id), { playbook, theCase });
  if (planned.kind === 'refusal')
    return planned.code === 'already-contained'
      ? undefined
      : { because: `${planned.because} ${planned.instead}` };
  const count = planned.changes.length;
  const offer: OfferedPlan = {
    token: ports.chance.id(),
    caseId: theCase.id,
    kind: 'contain',
    plan: {
      ...planned,
      summary: `Tell the source of ${count === 1 ? 'the finding' : `${count} findings`} that the case is resolved: ${classificationInWords(classification)}`,
    },
    person: click.person,
    offeredAt: isoNow(ports.chance),
    expiresAt: isoIn(ports.chance, offerMinutes * 60_000),
  };
  await ports.requests.offer(offer);
  return { offer: offer.token };
};

/** The plan that the case names, where it is one for this; anything else was not put there by us. */
const offerOf = async (
  ports: Pick<WorkerPorts, 'requests'>,
  { id, writeBack }: Case,
): Promise<OfferedPlan | undefined> => {
  const offered = writeBack?.offer ? await ports.requests.offered(writeBack.offer) : undefined;
  return offered?.caseId === id && offered.plan.action === writeBackId && isWriteBack(offered.plan)
    ? offered
    : undefined;
};

/** The request's id, or why there is none; undefined while Slack cannot say who the person is. */
const ask = async (
  ports: WorkerPorts,
  offered: OfferedPlan,
): Promise<{ readonly request: string } | { readonly because: string } | undefined> => {
  if (offered.expiresAt <= isoNow(ports.chance))
    return { because: 'It was not asked for within the hour.' };
  const authority = await authorityOf(ports, offered.person, 'respond', targetOf(offered.plan));
  if (authority.kind !== 'allowed')
    return authority.code === 'lookup-failed' ? undefined : { because: authority.because };
  const put = await putRequest(ports, offered, {
    submission: {
      token: offered.token,
      reason: { code: 'resolved', label: 'The case is resolved', text: '' },
    },
    authority: authority.because,
  });
  return put.kind === 'put'
    ? { request: put.request.id }
    : { because: 'Somebody asked for the same a moment ago.' };
};

/** Repeatable: by the job that closed the case, and by the clock where that job died. */
export const askWriteBack = async (ports: WorkerPorts, id: string): Promise<void> => {
  const theCase = await ports.cases.get(id);
  const offer = theCase?.writeBack?.offer;
  if (!theCase || !offer) return;
  const offered = await offerOf(ports, theCase);
  const asked = offered
    ? await ask(ports, offered)
    : { because: 'Its plan is not in the record of requests.' };
  if (!asked) return;
  await tellCase(
    ports,
    id,
    'request' in asked
      ? { kind: 'wrote-back', offer, request: asked.request }
      : { kind: 'not-written-back', offer, because: asked.because },
  );
};
