/** What needs a reason: a no, going on without an approver, and leaving a step out. */
import type { Request } from '../requests/request.ts';
import { targetOf } from '../requests/scope.ts';
import { parseReference, type RequestForm, requestInputs } from '../slack/controls.ts';
import type { ViewSubmission } from '../slack/interaction.ts';
import { denyView, skipView } from '../slack/modals/request-forms.ts';
import { offerBreakGlass, submitBreakGlass } from './break-glass.ts';
import { allowed, type Click, refuseClick, show } from './click.ts';
import { decideRequest, type NamedRequest } from './decide-request.ts';
import { isOwnCase } from './own-case.ts';
import type { WorkerPorts } from './ports.ts';

/** Asked before the form is shown, and all of it again when it is submitted. */
const offerDeny = async (ports: WorkerPorts, click: Click, named: NamedRequest): Promise<void> => {
  const request = await ports.requests.get(named.request);
  const about = { request: named.request, ...(request ? { case: request.caseId } : {}) };
  const target = request && targetOf(request.plan);
  if (!(await allowed(ports, click, 'approve', about, target))) return;
  // What the state machine would refuse anyway is refused now, by the state machine.
  if (request?.state !== 'pending' || request.token !== named.token)
    return decideRequest(ports, click, 'deny', named);
  if (await isOwnCase(ports, click, request)) return;
  await show(ports, click, denyView(request, accountName(ports, request)));
};

const accountName = (ports: WorkerPorts, request: Request): string | undefined =>
  ports.config.accounts[request.plan.target.account]?.name;

/** A no, or a step that is left out. */
const submitVerb = async (
  ports: WorkerPorts,
  click: Click,
  { verb, ...named }: NamedRequest & { readonly reason: string; readonly verb: 'deny' | 'skip' },
): Promise<void> => {
  const request = await ports.requests.get(named.request);
  const theCase = request && (await ports.cases.get(request.caseId));
  // A submission names no channel; if the modal is closed, the answer goes to the case's.
  const placed = theCase ? { ...click, channel: theCase.channel } : click;
  if (named.reason.trim() === '')
    return refuseClick(
      ports,
      placed,
      {
        code: 'no-reason',
        because: verb === 'deny' ? 'A no needs a reason.' : 'A step is skipped only with a reason.',
        needed: verb === 'deny' ? 'a sentence for who asked' : 'a few words; press Skip again',
      },
      { request: named.request },
    );
  await decideRequest(ports, placed, verb, named);
};

/** Whoever may not skip is told at once; the state machine says the rest when it is submitted. */
const offerSkip = async (ports: WorkerPorts, click: Click, named: NamedRequest): Promise<void> => {
  const request = await ports.requests.get(named.request);
  const about = { request: named.request, ...(request ? { case: request.caseId } : {}) };
  const target = request && targetOf(request.plan);
  if (!(await allowed(ports, click, 'respond', about, target))) return;
  if (request?.state !== 'stopping' || !request.halt || request.token !== named.token)
    return refuseClick(
      ports,
      click,
      {
        code: 'wrong-state',
        because: 'This playbook does not stand still at that step any more.',
        needed: 'nothing; the card shows how it stands',
      },
      about,
    );
  await show(ports, click, skipView(request, accountName(ports, request)));
};

export const offerRequestForm = (
  ports: WorkerPorts,
  click: Click,
  form: RequestForm,
  named: NamedRequest,
): Promise<void> => {
  switch (form) {
    case 'deny':
      return offerDeny(ports, click, named);
    case 'break-glass':
      return offerBreakGlass(ports, click, named);
    case 'step-skip':
      return offerSkip(ports, click, named);
    default:
      return form satisfies never;
  }
};

export const submitRequestForm = async (
  ports: WorkerPorts,
  click: Click,
  form: RequestForm,
  view: ViewSubmission,
): Promise<void> => {
  const reference = parseReference(view.privateMetadata);
  if (!reference)
    return refuseClick(ports, click, {
      code: 'unknown-control',
      because: 'This form does not carry anything that Cordon drew.',
      needed: 'the buttons of a card',
    });
  const reason = view.values[requestInputs.why.block]?.[requestInputs.why.action] ?? '';
  const named = { request: reference.id, token: reference.token, reason };
  return form === 'break-glass'
    ? submitBreakGlass(ports, click, named)
    : submitVerb(ports, click, { ...named, verb: form === 'deny' ? 'deny' : 'skip' });
};
