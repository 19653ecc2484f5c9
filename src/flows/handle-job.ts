/**
 * The worker's door for what Slack sent: verify the signed bytes again, enter the replay ledger,
 * and hand the click to the one flow it is for. A job that fails is redelivered and done again.
 */
import type { Reason } from '../requests/request.ts';
import {
  addMessageCallback,
  asCaseVerb,
  caseForms,
  commandOpensModal,
  controls,
  opensModal,
  parseReference,
  planCallback,
  planInputs,
  type Reference,
  requestForms,
} from '../slack/controls.ts';
import {
  type BlockActions,
  type Command,
  type Interaction,
  parseInteraction,
  type Reply,
  type SlackEvent,
  type ViewSubmission,
} from '../slack/interaction.ts';
import { reasonLabel } from '../slack/modals/reasons.ts';
import type { SignedRequest } from '../slack/receiver.ts';
import { digest, verifySignature } from '../slack/signature.ts';
import { runNow } from './automation/run-now.ts';
import { pageApprovers } from './break-glass.ts';
import { submitAddMessage } from './case/add-message.ts';
import { comment } from './case/comment.ts';
import { onCaseVerb, submitCaseForm } from './case/on-case-click.ts';
import { allowed, answer, type Click, refuseClick } from './click.ts';
import { decideRequest, showRequest, type Verb } from './decide-request.ts';
import { caseNotice } from './looking/show-case.ts';
import { offerContainment } from './offer-plan.ts';
import { offerUndo } from './offer-undo.ts';
import { onShortcut } from './on-shortcut.ts';
import { isoIn, isoNow, type WorkerPorts } from './ports.ts';
import { offerRequestForm, submitRequestForm } from './request-forms.ts';
import { submitPlan } from './submit-plan.ts';
import { clickOf, sharedChannel } from './who-acted.ts';

export type JobOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'seen-before' }
  | { readonly kind: 'dropped'; readonly because: string };

/** A job that has not finished by then may be tried by another worker. */
const retrySeconds = 60;

/** Loaded when somebody asks: a click, which is in more of a hurry, does without them. */
const commands = () => import('./commands/answer-command.ts');
/** After the click is handled. */
const homes = () => import('./home/publish-home.ts');

const verbs: Readonly<Record<string, Verb>> = {
  [controls.approve]: 'approve',
  [controls.withdraw]: 'withdraw',
  [controls.veto]: 'veto',
  [controls.reviewed]: 'reviewed',
  [controls.stop]: 'stop',
  [controls.finish]: 'finish',
  [controls.stepDone]: 'done',
};

const showCase = async (
  ports: WorkerPorts,
  click: Click,
  { id, token }: Reference,
): Promise<void> => {
  if (!(await allowed(ports, click, 'look', { case: id }))) return;
  const theCase = await ports.cases.get(id);
  if (theCase?.token !== token)
    return refuseClick(ports, click, {
      code: 'unknown-case',
      because: 'There is no such case any more.',
      needed: '`/cordon cases`',
    });
  await answer(ports, click, await caseNotice(ports, theCase));
};

const routeAction = async (
  ports: WorkerPorts,
  click: Click,
  pressed: { readonly actionId: string; readonly reference: Reference },
): Promise<void> => {
  const { actionId, reference } = pressed;
  const named = { request: reference.id, token: reference.token };
  const verb = verbs[actionId];
  if (verb) return decideRequest(ports, click, verb, named);
  const form = requestForms.find((one) => one === actionId);
  if (form) return offerRequestForm(ports, click, form, named);
  if (actionId === controls.runNow) return runNow(ports, click, named);
  if (actionId === controls.pageApprovers) return pageApprovers(ports, click, named);
  if (actionId === controls.viewPlan) return showRequest(ports, click, named);
  if (actionId === controls.undo)
    return offerUndo(ports, click, { ...named, step: reference.offer });
  if (actionId === controls.followUpDone || actionId === controls.followUpReopen) {
    const { closeFollowUp } = await import('./case/follow-up.ts');
    const to = actionId === controls.followUpDone ? 'done' : 'open';
    return closeFollowUp(ports, click, reference, to);
  }
  if (actionId === controls.showCase) return showCase(ports, click, reference);
  const onCase = asCaseVerb(actionId === controls.more ? reference.offer : actionId);
  if (onCase) return onCaseVerb(ports, click, onCase, reference);
  return offerContainment(ports, click, {
    caseId: reference.id,
    token: reference.token,
    offer: reference.offer ?? '',
  });
};

const onAction = async (ports: WorkerPorts, click: Click, action: BlockActions): Promise<void> => {
  // Under a home tab lies no modal of this click: web has opened one.
  const inModal = action.view?.surface === 'modal' ? action.view : undefined;
  const placed: Click = {
    ...click,
    ...(action.channel ? { channel: action.channel } : {}),
    ...(action.threadTs ? { threadTs: action.threadTs } : {}),
    ...(action.responseUrl ? { responseUrl: action.responseUrl } : {}),
    ...(inModal ? { viewId: inModal.viewId } : {}),
    ...(!inModal && opensModal(action.actionId) ? { externalId: click.digest } : {}),
  };
  if (!action.ephemeral && (await sharedChannel(ports, placed))) return;
  if (action.actionId === controls.next) {
    const { answerNextPage } = await commands();
    return answerNextPage(ports, placed, action.value ?? '');
  }
  // The browser follows the link by itself.
  if (action.actionId === controls.stepUp) return;
  const reference = parseReference(action.value);
  if (!reference)
    return refuseClick(ports, placed, {
      code: 'unknown-control',
      because: 'This button does not carry anything that Cordon drew.',
      needed: 'the buttons of a card',
    });
  return routeAction(ports, placed, { actionId: action.actionId, reference });
};

const reasonOf = (view: ViewSubmission): Reason | undefined => {
  const code = view.values[planInputs.reason.block]?.[planInputs.reason.action] ?? '';
  const label = reasonLabel(code);
  const text = view.values[planInputs.text.block]?.[planInputs.text.action] ?? '';
  return label ? { code, label, text } : undefined;
};

/** The numbers of the boxes that are ticked. */
const chosenIn = ({ values }: ViewSubmission): readonly number[] =>
  Object.entries(values)
    .filter(([block]) => block.split('-')[0] === planInputs.choices.block)
    .flatMap(([, inputs]) => inputs[planInputs.choices.action]?.split(',') ?? [])
    .map(Number);

const onSubmission = async (
  ports: WorkerPorts,
  click: Click,
  view: ViewSubmission,
): Promise<void> => {
  // Web answers a submission with a "working" view whose external id is the digest.
  const placed: Click = { ...click, externalId: click.digest };
  const form = caseForms.find((one) => one === view.callbackId);
  if (form) return submitCaseForm(ports, placed, form, view);
  const aboutRequest = requestForms.find((one) => one === view.callbackId);
  if (aboutRequest) return submitRequestForm(ports, placed, aboutRequest, view);
  if (view.callbackId === addMessageCallback) return submitAddMessage(ports, placed, view);
  if (view.callbackId !== planCallback) return;
  const reason = reasonOf(view);
  const scope = view.values[planInputs.scope.block]?.[planInputs.scope.action];
  const archive = view.values[planInputs.archive.block]?.[planInputs.archive.action] === 'archive';
  const days = Number(view.values[planInputs.days.block]?.[planInputs.days.action] ?? Number.NaN);
  if (!reason)
    return refuseClick(ports, placed, {
      code: 'no-reason',
      because: 'A reason is missing.',
      needed: 'one of the listed reasons',
    });
  return submitPlan(ports, placed, {
    token: view.privateMetadata,
    reason,
    ...(Number.isInteger(days) ? { days } : {}),
    ...(scope ? { scope, archive } : {}),
    chosen: chosenIn(view),
  });
};

const onCommand = async (ports: WorkerPorts, click: Click, command: Command): Promise<void> => {
  const { answerCommand } = await commands();
  return answerCommand(
    ports,
    {
      ...click,
      channel: command.channel,
      ...(command.responseUrl ? { responseUrl: command.responseUrl } : {}),
      ...(commandOpensModal(command.text) ? { externalId: click.digest } : {}),
    },
    command.text,
  );
};

const onReply = async (ports: WorkerPorts, digestOf: string, reply: Reply): Promise<void> => {
  const click = await clickOf(ports, digestOf, reply);
  const placed = { ...click, channel: reply.channel, threadTs: reply.threadTs };
  const theCase = await comment(ports, placed, reply);
  if (theCase) await ports.wake.wake(theCase.id);
};

/** Each event type of src/slack/heard.ts; another one has nothing to do here. */
const onEvent = async (
  ports: WorkerPorts,
  digestOf: string,
  { eventType, user, tab, reply, group }: SlackEvent,
): Promise<void> => {
  if (reply) return onReply(ports, digestOf, reply);
  if (eventType === 'subteam_members_changed' && group) ports.directory.forget(group);
  if (eventType === 'app_home_opened' && user && tab === 'home')
    await (await homes()).openHome(ports, { user: user.id, team: user.team ?? 'unknown' });
};

/** What somebody did may change what others look at. A home that is late harms nothing. */
const refreshAfter = async (ports: WorkerPorts, { kind }: Interaction): Promise<void> => {
  if (kind !== 'block_actions' && kind !== 'view_submission') return;
  await homes()
    .then(({ refreshHomes }) => refreshHomes(ports))
    .catch(() => undefined);
};

const route = async (
  ports: WorkerPorts,
  digestOf: string,
  interaction: Interaction,
): Promise<void> => {
  switch (interaction.kind) {
    case 'block_actions':
      return onAction(ports, await clickOf(ports, digestOf, interaction), interaction);
    case 'view_submission':
      return onSubmission(ports, await clickOf(ports, digestOf, interaction), interaction);
    case 'command':
      return onCommand(ports, await clickOf(ports, digestOf, interaction), interaction);
    case 'message_action':
      return onShortcut(ports, await clickOf(ports, digestOf, interaction), interaction);
    case 'event':
      return onEvent(ports, digestOf, interaction);
    case 'view_closed':
    case 'url_verification':
    case 'ssl_check':
    case 'other':
      return;
    default:
      interaction satisfies never;
  }
};

export interface Job {
  readonly signed: SignedRequest;
  /** When the queue took it, milliseconds since 1970: a backlog makes nobody's click stale. */
  readonly sentAt: number;
}

export const handleJob = async (
  ports: WorkerPorts,
  secrets: readonly string[],
  job: Job,
): Promise<JobOutcome> => {
  const { body, contentType, signature, timestamp } = job.signed;
  const rawBody = Buffer.from(body, 'utf8');
  const verified = verifySignature({
    rawBody,
    headers: { 'x-slack-signature': signature, 'x-slack-request-timestamp': timestamp },
    secrets,
    nowSeconds: Math.floor(job.sentAt / 1000),
  });
  if (verified.kind === 'refused') return { kind: 'dropped', because: verified.because };
  const interaction = parseInteraction(body, contentType);
  if (interaction.kind === 'malformed') return { kind: 'dropped', because: interaction.because };
  const id = digest(rawBody);
  const turn = await ports.requests.enter(
    id,
    ports.chance.id(),
    isoNow(ports.chance),
    isoIn(ports.chance, retrySeconds * 1000),
  );
  if (turn === 'done') return { kind: 'seen-before' };
  // Given back to the queue: the first try may have died, and this one is then the repair.
  if (turn === 'busy') throw new Error('another worker is at this request');
  await route(ports, id, interaction);
  await refreshAfter(ports, interaction);
  await ports.requests.leave(id);
  return { kind: 'done' };
};
