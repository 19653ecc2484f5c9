/** What needs a reason while a request waits: a no, and going on without an approver. */
import type { Request } from '../requests/request.ts';
import { targetOf } from '../requests/scope.ts';
import { parseReference, type RequestForm, requestInputs } from '../slack/controls.ts';
import type { ViewSubmission } from '../slack/interaction.ts';
import { denyView } from '../slack/modals/request-forms.ts';
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

const submitDeny = async (
  ports: WorkerPorts,
  click: Click,
  named: NamedRequest & { readonly reason: string },
): Promise<void> => {
  const request = await ports.requests.get(named.request);
  const theCase = request && (await ports.cases.get(request.caseId));
  // A submission names no channel; if the modal is closed, the answer goes to the case's.
  const placed = theCase ? { ...click, channel: theCase.channel } : click;
  if (named.reason.trim() === '')
    return refuseClick(
      ports,
      placed,
      { code: 'no-reason', because: 'A no needs a reason.', needed: 'a sentence for who asked' },
      { request: named.request },
    );
  await decideRequest(ports, placed, 'deny', named);
};

export const offerRequestForm = (
  ports: WorkerPorts,
  click: Click,
  form: RequestForm,
  named: NamedRequest,
): Promise<void> =>
  form === 'deny' ? offerDeny(ports, click, named) : offerBreakGlass(ports, click, named);

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
  return form === 'deny' ? submitDeny(ports, click, named) : submitBreakGlass(ports, click, named);
};
