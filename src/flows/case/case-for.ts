/** The case that a person's click is about, when they may do this to it; otherwise they have been told. */

import { type Case, isActive } from '../../cases/case.ts';
import { caseFindings, leadFinding, mainResource } from '../../cases/case-findings.ts';
import { isAffected } from '../../requests/affected.ts';
import { isOpen } from '../../requests/request.ts';
import { requesterUser } from '../../requests/requester.ts';
import type { Target } from '../../requests/scope.ts';
import { allowed, type Click, type Refused, refuseClick } from '../click.ts';
import { requestsOf } from '../pacing/show-case.ts';
import type { WorkerPorts } from '../ports.ts';

/** What a click names; the token has to be the stored one. */
export interface Named {
  readonly caseId: string;
  readonly token: string;
}

export interface Wanted {
  /** `active`: it must not be closed, merged or over. */
  readonly state: 'active' | 'any';
  /** True for what ends or quietens a case: nobody does that to one about themselves. */
  readonly quietens: boolean;
}

const oldCard: Refused = {
  code: 'old-card',
  because: 'This button belongs to no open case.',
  needed: 'the buttons of the card as it is now',
};

const closed = (theCase: Case): Refused => {
  if (theCase.merged)
    return {
      code: 'merged',
      because: `This case goes on in case ${theCase.merged.into}.`,
      needed: 'the card of that case',
      ...(theCase.merged.by ? { who: theCase.merged.by } : {}),
    };
  if (theCase.drill?.ended)
    return {
      code: 'drill-over',
      because: 'This drill is over.',
      needed: 'nothing; /cordon drill begins another',
    };
  return theCase.resolved
    ? {
        code: 'resolved',
        because: 'This case is resolved.',
        needed: 'to re-open it first',
        who: theCase.resolved.by,
      }
    : {
        code: 'over',
        because: 'Its source says that it is over.',
        needed: 'nothing; should it come back, the thread says so',
      };
};

/** `over` alone closes nothing: whoever archived it may be the attacker, so people may still decide. */
const isClosed = (theCase: Case): boolean =>
  !isActive(theCase) &&
  (theCase.resolved !== undefined ||
    theCase.merged !== undefined ||
    theCase.drill?.ended !== undefined);

/** Whether somebody is responder for a case is asked about what its card names. */
export const targetOfCase = (theCase: Case): Target => {
  const finding = leadFinding(theCase);
  return { resource: mainResource(finding) ?? { account: finding.account } };
};

export const caseFor = async (
  ports: WorkerPorts,
  click: Click,
  named: Named,
  wanted: Wanted,
): Promise<Case | undefined> => {
  const about = { case: named.caseId };
  const refuse = async (refused: Refused): Promise<undefined> => {
    await refuseClick(ports, click, refused, about);
    return undefined;
  };
  const theCase = await ports.cases.get(named.caseId);
  const target = theCase && targetOfCase(theCase);
  if (!(await allowed(ports, click, 'respond', about, target))) return undefined;
  if (!theCase || theCase.token !== named.token) return refuse(oldCard);
  if (wanted.state === 'active' && isClosed(theCase)) return refuse(closed(theCase));
  if (wanted.quietens && isAffected(click.person, caseFindings(theCase), ports.config.identities))
    return refuse({
      code: 'affected',
      because: 'This case is about you: nobody closes or quietens their own.',
      needed: 'another responder',
    });
  return theCase;
};

/** What still runs or waits would end in a case that nobody looks at any more. */
export const openRequest = async (
  ports: WorkerPorts,
  theCase: Case,
): Promise<Refused | undefined> => {
  const open = (await requestsOf(ports, theCase.requests)).find(isOpen);
  return (
    open && {
      code: 'request-open',
      because: `A request of this case is ${open.state}.`,
      needed: 'its end: withdraw it, or wait for it',
      who: requesterUser(open.requestedBy),
    }
  );
};
