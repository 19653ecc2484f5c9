/** Where a case stands, from what is stored: the words and the next planned step. */
import type { Case } from '../../cases/case.ts';
import type { Request } from '../../requests/request.ts';
import { type MrkdwnText, mention, mrkdwn, ours, time } from '../mrkdwn.ts';

export interface CaseState {
  readonly state: MrkdwnText;
  readonly next: MrkdwnText;
}

const at = (iso: string): MrkdwnText =>
  time(Date.parse(iso) / 1000, `${iso.slice(0, 16).replace('T', ' ')} UTC`);

const who = (theCase: Case): MrkdwnText =>
  theCase.assignee ? mrkdwn`, ${mention(theCase.assignee)} has it` : mrkdwn`, nobody has it yet`;

const ofRequest = (theCase: Case, request: Request): CaseState | undefined => {
  const owner = who(theCase);
  switch (request.state) {
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
      return {
        state: mrkdwn`:octagonal_sign: *Stopped half-way*${owner}`,
        next: mrkdwn`finish it or undo what was done, in the thread`,
      };
    case 'contained':
      return request.holdsUntil
        ? {
            state: mrkdwn`:white_check_mark: *Suppressed*${owner}`,
            next: mrkdwn`it ends by itself ${at(request.holdsUntil)}`,
          }
        : {
            state: mrkdwn`:lock: *Contained*, verified${owner}`,
            next: request.reviewAt
              ? mrkdwn`look again ${at(request.reviewAt)}: is it still needed?`
              : mrkdwn`look again when the threat is gone`,
          };
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

/** What matters most decides: a containment request before a suppression, the newest first. */
export const caseState = (theCase: Case, requests: readonly Request[]): CaseState => {
  const telling = requests
    .toReversed()
    .filter(({ kind, state }) => kind === 'contain' || state !== 'undone');
  for (const request of telling.filter(({ kind }) => kind === 'contain').concat(telling)) {
    const state = ofRequest(theCase, request);
    if (state && request.state !== 'undone') return state;
  }
  const undone = telling.find(({ state }) => state === 'undone');
  if (undone) return ofRequest(theCase, undone) ?? open(theCase);
  return open(theCase);
};

const open = (theCase: Case): CaseState =>
  theCase.acknowledged
    ? {
        state: mrkdwn`:eyes: *Acknowledged*${who(theCase)}`,
        next: mrkdwn`decide: contain it, or suppress it with a reason`,
      }
    : {
        state: mrkdwn`:bell: *Open*${who(theCase)}`,
        next: mrkdwn`a responder acknowledges or asks for a plan`,
      };
