/** Where a case stands, from what is stored: the words and the next planned step. */

import { isWriteBack } from '../../actions/parts.ts';
import { isDoubted, isOwnWord } from '../../cases/at-source.ts';
import type { Case } from '../../cases/case.ts';
import { isOverAtSource } from '../../cases/case-findings.ts';
import { escalatesAt } from '../../cases/escalation.ts';
import { isChanged, type Request } from '../../requests/request.ts';
import { classificationInWords } from '../modals/case-forms.ts';
import { type MrkdwnText, mention, mrkdwn, ours, time } from '../mrkdwn.ts';
import { safe } from '../text.ts';
import { announcedState } from './announced.ts';
import { haltTitle } from './playbook-blocks.ts';

export interface CaseState {
  readonly state: MrkdwnText;
  readonly next: MrkdwnText;
}

const at = (iso: string): MrkdwnText =>
  time(Date.parse(iso) / 1000, `${iso.slice(0, 16).replace('T', ' ')} UTC`);

const who = (theCase: Case): MrkdwnText => {
  if (theCase.assignee) return mrkdwn`, ${mention(theCase.assignee)} has it`;
  return theCase.acknowledged ? mrkdwn`` : mrkdwn`, nobody has it yet`;
};

/** When somebody has to look at what is in force. */
const review = ({ endsAt, reviewAt }: Request): MrkdwnText => {
  if (endsAt) return mrkdwn`it ends by itself at ${at(endsAt)}`;
  return reviewAt
    ? mrkdwn`look again at ${at(reviewAt)}: is it still needed?`
    : mrkdwn`look again when the threat is gone`;
};

const stopped = (request: Request, owner: MrkdwnText): CaseState => {
  if (!request.halt)
    return {
      state: mrkdwn`:octagonal_sign: *Stopped half-way*${owner}`,
      next: mrkdwn`finish it or undo what was done, in the thread`,
    };
  return {
    state:
      request.halt.kind === 'manual'
        ? mrkdwn`:raised_hand: *Playbook waits for a person*${owner}`
        : mrkdwn`:x: *Playbook stands still, a step failed*${owner}`,
    next: mrkdwn`in the thread: ${safe(haltTitle(request), 150)}`,
  };
};

const inForce = (theCase: Case, request: Request): CaseState | undefined => {
  const owner = who(theCase);
  // A suppression that was broken says nothing any more, even while its finding stays archived.
  if (request.holdsUntil && theCase.suppression?.request !== request.id) return undefined;
  // What cannot be undone (evidence) is no containment that could be ended.
  if (request.plan.reversible.kind === 'no')
    return {
      state: mrkdwn`:white_check_mark: *Done*, verified${owner}`,
      next: mrkdwn`it stays; whatever goes on still has to be contained`,
    };
  if (request.plan.drill && !isChanged(request))
    return {
      state: mrkdwn`:test_tube: *Rehearsed*, nothing was sent to AWS${owner}`,
      next: mrkdwn`work on: undo it if you like, and resolve the case when you are done`,
    };
  if (isChanged(request))
    return {
      state: mrkdwn`:warning: *${ours(request.plan.drill ? 'Rehearsed' : 'Contained')}, but changed since*${owner}`,
      next: mrkdwn`the thread says what was changed: contain it again, or undo what is left`,
    };
  return request.holdsUntil
    ? {
        state: mrkdwn`:white_check_mark: *Suppressed*${owner}`,
        next: mrkdwn`it ends by itself at ${at(request.holdsUntil)}`,
      }
    : {
        state: request.undoneItems
          ? mrkdwn`:lock: *Contained in part*, the rest was undone${owner}`
          : mrkdwn`:lock: *Contained*, verified${owner}`,
        next: review(request),
      };
};

const ofRequest = (theCase: Case, request: Request): CaseState | undefined => {
  const owner = who(theCase);
  switch (request.state) {
    case 'announced':
      return announcedState(request, owner);
    case 'pending':
      return {
        state: mrkdwn`:hourglass_flowing_sand: *Approval needed*${owner}`,
        next: mrkdwn`an approver decides before ${at(request.expiresAt)}, else nothing is changed`,
      };
    case 'approved':
    case 'executing':
      return {
        state: mrkdwn`:arrows_counterclockwise: *${ours(request.kind === 'undo' ? 'Being undone' : 'Containing')}*${owner}`,
        next: mrkdwn`the result is read back from AWS and shown here`,
      };
    case 'stopping':
      return stopped(request, owner);
    case 'contained':
      return inForce(theCase, request);
    case 'failed':
      return {
        state: mrkdwn`:x: *${ours(request.kind === 'undo' ? 'Undo failed' : 'Not contained')}*${owner}`,
        next: mrkdwn`somebody has to act: the thread names the failed step`,
      };
    case 'undoing':
      return {
        state: mrkdwn`:arrows_counterclockwise: *Being undone*${owner}`,
        next: mrkdwn`the restored values are read back and shown here`,
      };
    case 'undone':
      if (request.plan.drill)
        return {
          state: mrkdwn`:test_tube: *Undo rehearsed*, nothing was sent to AWS${owner}`,
          next: mrkdwn`resolve the case when you are done`,
        };
      return {
        state: mrkdwn`:unlock: *Undone*, nothing is contained${owner}`,
        next: mrkdwn`contain again if the threat is not gone`,
      };
    case 'undo-failed':
      return {
        state: mrkdwn`:x: *Undo failed*${owner}`,
        next: mrkdwn`somebody has to act: the thread names the failed step`,
      };
    case 'denied':
    case 'expired':
    case 'withdrawn':
      return undefined;
    default:
      return request.state satisfies never;
  }
};

/** What needs people first, then what runs, then what is in force. Lower is told first. */
const rank = (request: Request): number => {
  switch (request.state) {
    case 'failed':
    case 'undo-failed':
    case 'stopping':
      return 1;
    case 'announced':
    case 'pending':
      return 2;
    case 'approved':
    case 'executing':
    case 'undoing':
      return 3;
    case 'contained':
      if (isChanged(request)) return 1;
      return request.holdsUntil ? 5 : 4;
    case 'undone':
      return 6;
    case 'denied':
    case 'expired':
    case 'withdrawn':
      return 7;
    default:
      return request.state satisfies never;
  }
};

/** A failure is over when the same thing was tried again, or undone, with another end; a change too. */
const superseded = (request: Request, later: readonly Request[]): boolean =>
  (request.state === 'failed' || request.state === 'undo-failed' || isChanged(request)) &&
  later.some(
    (next) =>
      next.plan.action === request.plan.action &&
      next.plan.target.id === request.plan.target.id &&
      !['denied', 'expired', 'withdrawn'].includes(next.state),
  );

/** Its own end is told by the request that it undid. */
const toldByAnother = (request: Request): boolean =>
  request.kind === 'undo' && (request.state === 'undone' || request.state === 'failed');

/** What needs people decides; of equals the newest. `requests` are oldest first. */
export const caseState = (
  theCase: Case,
  requests: readonly Request[],
  counted: number,
): CaseState => {
  const ended = closed(theCase);
  if (ended) return ended;
  const telling = requests
    .filter((request, position) => !superseded(request, requests.slice(position + 1)))
    .filter((request) => !toldByAnother(request) && !isWriteBack(request.plan))
    .toReversed()
    .toSorted((a, b) => rank(a) - rank(b));
  for (const request of telling) {
    const state = ofRequest(theCase, request);
    if (state) return state;
  }
  if (theCase.snoozed) return snoozed(theCase, theCase.snoozed);
  if (!isOverAtSource(theCase, counted) || isOwnWord(theCase)) return open(theCase);
  return isDoubted(theCase) ? doubted(theCase) : over(theCase);
};

const whoMerged = ({ by, because }: NonNullable<Case['merged']>): MrkdwnText =>
  by ? mrkdwn` by ${mention(by)}` : mrkdwn`: ${safe(because ?? '', 200)}`;

/** What people said it was, or where it goes on; undefined while it is open. */
const closed = ({ merged, resolved, drill }: Case): CaseState | undefined => {
  if (drill?.ended)
    return {
      state: mrkdwn`:checkered_flag: *The drill is over* ${at(drill.ended.at)}`,
      next: mrkdwn`read the score in the thread`,
    };
  if (merged)
    return {
      state: mrkdwn`:twisted_rightwards_arrows: *Merged* into case ${safe(merged.into, 20)}${whoMerged(merged)}`,
      next: mrkdwn`what comes later is on the card of that case`,
    };
  return (
    resolved && {
      state: mrkdwn`:white_check_mark: *Resolved* as *${ours(classificationInWords(resolved.classification))}* by ${mention(resolved.by)} ${at(resolved.at)}`,
      next: mrkdwn`nothing; something new about the same thing opens it again`,
    }
  );
};

const snoozed = (theCase: Case, { until }: NonNullable<Case['snoozed']>): CaseState => ({
  state: mrkdwn`:zzz: *Snoozed* until ${at(until)}${who(theCase)}`,
  next: mrkdwn`it wakes up at ${at(until)}, earlier if it gets worse or somebody new appears`,
});

/** Whoever can archive in the account may be the attacker: it is said, and stays quiet. */
const over = (theCase: Case): CaseState => ({
  state: mrkdwn`:ballot_box_with_check: *Over at its source*${who(theCase)}`,
  next: mrkdwn`nothing, if you know who archived or mended it; should it come back, the thread says so`,
});

/** Its source is not believed: credentials are supposed to be stolen. */
const doubted = (theCase: Case): CaseState => ({
  state: mrkdwn`:warning: *Still open*, though its source says that it is over${who(theCase)}`,
  next: mrkdwn`find out who ended it there: it may be whoever has the credentials; then resolve the case`,
});

const open = (theCase: Case): CaseState =>
  theCase.acknowledged
    ? {
        state: mrkdwn`:eyes: *Acknowledged*${who(theCase)}`,
        next: mrkdwn`decide: contain it, or resolve it with what it was`,
      }
    : {
        state: mrkdwn`:bell: *Open*${who(theCase)}`,
        next: mrkdwn`a responder acknowledges or asks for a plan${louder(theCase)}`,
      };

const louder = (theCase: Case): MrkdwnText => {
  const next = escalatesAt(theCase);
  return next ? mrkdwn`; it escalates at ${at(next)}` : mrkdwn``;
};
