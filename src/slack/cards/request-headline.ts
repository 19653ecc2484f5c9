import { isWriteBack } from '../../actions/parts.ts';
import { staysInCordon } from '../../actions/suppression-plan.ts';
import type { Case } from '../../cases/case.ts';
import { type Halt, isChanged, itemsOf, type Request } from '../../requests/request.ts';
import { approvalsNeeded, countedApprovals } from '../../requests/tiers.ts';
import { type MrkdwnText, mention, mrkdwn, ours, time } from '../mrkdwn.ts';
import { safe } from '../text.ts';
import type { Alone } from './alone.ts';
import { announcedLine, calledOffLine, vetoedLine } from './announced.ts';
import { haltTitle } from './playbook-blocks.ts';

export interface RequestFacts {
  readonly theCase: Case;
  readonly request: Request;
  readonly accountName: string | undefined;
  /** Whom to ask; empty when nobody's approval is needed. */
  readonly approvers: readonly string[];
  readonly quickUndoMinutes: number;
  /** What a responder may do who is alone, where it waits. */
  readonly alone: Alone;
  /** The undo in charge of it. */
  readonly undo: Request | undefined;
}

export const clock = (iso: string): MrkdwnText =>
  time(Date.parse(iso) / 1000, `${iso.slice(0, 16).replace('T', ' ')} UTC`);

const approvers = (facts: RequestFacts): MrkdwnText =>
  facts.approvers.reduce((text, id) => mrkdwn`${text} ${mention(id)}`, mrkdwn``);

const counted = (request: Request): MrkdwnText =>
  mrkdwn`${countedApprovals(request).length} of ${approvalsNeeded(request.tier)} approvals`;

const noun = ({ kind, plan }: Request): MrkdwnText =>
  ours(kind === 'undo' ? 'Undo' : isWriteBack(plan) ? 'Write-back' : 'Containment');

const inForce = (request: Request): MrkdwnText => {
  const since = clock(request.ended?.at ?? request.requestedAt);
  if (request.plan.drill)
    return isChanged(request)
      ? mrkdwn`:warning: *Rehearsed* ${since}, *and changed since* in the drill`
      : mrkdwn`:test_tube: *Rehearsed* ${since}: every step was planned and read back, none was sent to AWS`;
  if (isWriteBack(request.plan))
    return mrkdwn`:white_check_mark: *Written back and verified* ${since}`;
  if (request.plan.playbook && request.plan.reversible.kind === 'no')
    return mrkdwn`:white_check_mark: *Playbook done* ${since}`;
  if (isChanged(request)) return mrkdwn`:warning: *Contained* ${since}, *and changed since*`;
  if (!request.holdsUntil) return mrkdwn`:lock: *Contained and verified* ${since}`;
  return staysInCordon(request.plan)
    ? mrkdwn`:no_bell: *Suppressed* ${since}, until ${clock(request.holdsUntil)}`
    : mrkdwn`:white_check_mark: *Suppressed and verified* ${since}, until ${clock(request.holdsUntil)}`;
};

const over = (request: Request): MrkdwnText => {
  if (request.plan.drill)
    return mrkdwn`:test_tube: *Undo rehearsed*: nothing was sent to AWS, so nothing had to be put back`;
  if (itemsOf(request))
    return mrkdwn`:unlock: *Undone in part*, the chosen values are back and verified; the rest stays contained`;
  return staysInCordon(request.plan)
    ? mrkdwn`:bell: *Ended*, nothing is hidden by it any more`
    : mrkdwn`:unlock: *Undone*, the recorded values are back and verified`;
};

const haltLine = (request: Request, { kind }: Halt): MrkdwnText =>
  kind === 'manual'
    ? mrkdwn`:raised_hand: *A person’s turn:* ${safe(haltTitle(request), 150)}`
    : mrkdwn`:x: *Stands still, a step failed:* ${safe(haltTitle(request), 150)}`;

const deniers = ({ votes }: Request): MrkdwnText => {
  const user = votes.at(-1)?.person.user;
  return user ? mention(user) : mrkdwn`an approver`;
};

export const headline = (facts: RequestFacts): MrkdwnText => {
  const { request } = facts;
  switch (request.state) {
    case 'announced':
      return announcedLine(request, approvers(facts));
    case 'pending':
      return mrkdwn`:hourglass_flowing_sand: *Approval needed*${approvers(facts)} · ${counted(request)} · expires ${clock(request.expiresAt)}`;
    case 'approved':
      return mrkdwn`:arrows_counterclockwise: *${noun(request)} approved*, starting`;
    case 'executing':
      return mrkdwn`:arrows_counterclockwise: *${noun(request)} running*, ${request.steps.filter(({ status }) => status === 'done').length} of ${request.steps.length} steps done`;
    case 'stopping':
      if (request.halt) return haltLine(request, request.halt);
      return mrkdwn`:octagonal_sign: *Stopped* by ${request.stoppedBy ? mention(request.stoppedBy.user) : mrkdwn`Cordon`} after the step that was running`;
    case 'contained':
      return inForce(request);
    case 'failed':
      return mrkdwn`:x: *${noun(request)} failed* at ${safe(request.failure?.step ?? 'a step', 150)}`;
    case 'denied':
      if (request.automation) return vetoedLine(request);
      return mrkdwn`:no_entry: *Denied* by ${deniers(request)}; nothing was changed`;
    case 'expired':
      return mrkdwn`:alarm_clock: *Expired* ${clock(request.expiresAt)}; nothing was changed`;
    case 'withdrawn':
      return request.automation
        ? calledOffLine()
        : mrkdwn`:leftwards_arrow_with_hook: *Withdrawn* by the requester; nothing was changed`;
    case 'undoing':
      return facts.undo?.state === 'stopping'
        ? mrkdwn`:octagonal_sign: *Its undo was stopped half-way*`
        : mrkdwn`:arrows_counterclockwise: *Being undone*`;
    case 'undone':
      return over(request);
    case 'undo-failed':
      return mrkdwn`:x: *Undo failed*; parts may still be contained`;
    default:
      return request.state satisfies never;
  }
};
