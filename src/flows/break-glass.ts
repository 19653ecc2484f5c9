/**
 * The way of a lone responder: whoever is on call goes on at tier 2 without an approver, says why, and
 * everybody is told. Off unless the configuration allows it. And the way before it: paging approvers.
 */
import type { Person } from '../requests/person.ts';
import type { Request } from '../requests/request.ts';
import { targetOf } from '../requests/scope.ts';
import { breakGlassView } from '../slack/modals/request-forms.ts';
import { allowed, answer, type Click, type Refused, refuseClick, show } from './click.ts';
import { carryOut, type NamedRequest } from './decide-request.ts';
import { onCallNow } from './looking/on-call.ts';
import { isOwnCase } from './own-case.ts';
import { isoNow, type WorkerPorts } from './ports.ts';
import { refuseTold } from './refuse-told.ts';
import { tellRequest } from './save-request.ts';

const notOnCall = (unknown: readonly string[]): Refused =>
  unknown.length > 0
    ? {
        code: 'lookup-failed',
        because: `Slack could not tell who is on call (${unknown.join(', ')}), so the answer is no.`,
        needed: 'a Slack look-up that works; press again in a minute',
      }
    : {
        code: 'not-on-call',
        because: 'Only whoever is on call breaks glass.',
        needed: 'an approver, or the person on call',
      };

/** Why this person does not break glass; undefined when they may. */
export const glassRefusal = async (
  ports: Pick<WorkerPorts, 'config' | 'directory' | 'chance'>,
  person: Pick<Person, 'user'>,
): Promise<Refused | undefined> => {
  if (!ports.config.approval.breakGlass)
    return {
      code: 'break-glass-off',
      because: 'Breaking glass is switched off.',
      needed: 'an approver; `approval.breakGlass` in cordon.config.ts decides',
    };
  const { users, unknown } = await onCallNow(ports);
  return users.includes(person.user) ? undefined : notOnCall(unknown);
};

interface Asked {
  readonly request: Request;
  /** Whose membership decided. */
  readonly because: string;
}

/** The request, when this person may go on with it alone; otherwise they have been told. */
const mayBreak = async (
  ports: WorkerPorts,
  click: Click,
  named: NamedRequest,
): Promise<Asked | undefined> => {
  const request = await ports.requests.get(named.request);
  const about = { request: named.request, ...(request ? { case: request.caseId } : {}) };
  const target = request && targetOf(request.plan);
  const because = await allowed(ports, click, 'respond', about, target);
  if (!because) return undefined;
  const refused = request
    ? await glassRefusal(ports, click.person)
    : { code: 'unknown-request', because: 'This request does not exist.', needed: 'the card' };
  if (refused || !request) {
    if (refused) await refuseClick(ports, click, refused, about);
    return undefined;
  }
  return (await isOwnCase(ports, click, request)) ? undefined : { request, because };
};

export const offerBreakGlass = async (
  ports: WorkerPorts,
  click: Click,
  named: NamedRequest,
): Promise<void> => {
  const asked = await mayBreak(ports, click, named);
  if (!asked) return;
  const name = ports.config.accounts[asked.request.plan.target.account]?.name;
  await show(ports, click, breakGlassView(asked.request, name));
};

export const submitBreakGlass = async (
  ports: WorkerPorts,
  submitted: Click,
  named: NamedRequest & { readonly reason: string },
): Promise<void> => {
  const known = await ports.requests.get(named.request);
  const theCase = known && (await ports.cases.get(known.caseId));
  const click = theCase ? { ...submitted, channel: theCase.channel } : submitted;
  const asked = await mayBreak(ports, click, named);
  if (!asked) return;
  const about = { case: asked.request.caseId, request: asked.request.id };
  if (named.reason.trim() === '')
    return refuseClick(
      ports,
      click,
      { code: 'no-reason', because: 'A reason is missing.', needed: 'why it cannot wait' },
      about,
    );
  const at = isoNow(ports.chance);
  const { planHash } = asked.request;
  const told = await tellRequest(ports, asked.request.id, {
    kind: 'break-glass',
    token: named.token,
    stamp: { at, because: `${asked.because}, on call` },
    glass: { by: click.person, at, reason: named.reason, planHash },
  });
  // Also when it was broken before: the job may have died before it came so far.
  const own = told.kind === 'moved' || told.request?.glass?.by.id === click.person.id;
  if (own && told.request) await carryOut(ports, told.request);
  await ports.wake.wake(asked.request.caseId);
  if (told.kind === 'refused') return refuseTold(ports, click, told, about);
  await answer(ports, click, {
    title: 'Glass broken',
    lines: ['It runs now. The channel and the pager are told, with your reason.'],
  });
};

/** Approvers are paged past Slack, by the next tick; once for each plan. */
export const pageApprovers = async (
  ports: WorkerPorts,
  click: Click,
  named: NamedRequest,
): Promise<void> => {
  const request = await ports.requests.get(named.request);
  const about = { request: named.request, ...(request ? { case: request.caseId } : {}) };
  const target = request && targetOf(request.plan);
  if (!(await allowed(ports, click, 'respond', about, target))) return;
  const told = await tellRequest(ports, named.request, {
    kind: 'call',
    by: click.person,
    token: named.token,
  });
  if (told.kind === 'refused') return refuseTold(ports, click, told, about);
  await ports.wake.wake(told.request.caseId);
};
