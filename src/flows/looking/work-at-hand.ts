/** What waits for somebody now: open cases and requests, read by index. */
import type { Case } from '../../cases/case.ts';
import type { Person } from '../../requests/person.ts';
import type { Request } from '../../requests/request.ts';
import type { FollowUp } from '../../reviews/follow-up.ts';
import { authorityOf } from '../click.ts';
import type { Ports } from '../ports.ts';

/** How many of each quarter of the open ones are read: more than that nobody reads. */
const mostOpen = 50;

export const openCaseIds = (ports: Pick<Ports, 'cases'>): Promise<readonly string[]> =>
  ports.cases.open(mostOpen);

export const casesOf = async (
  ports: Pick<Ports, 'cases'>,
  ids: readonly string[],
): Promise<readonly Case[]> => {
  const found = await Promise.all(ids.map((id) => ports.cases.get(id)));
  return found.filter((theCase) => theCase !== undefined);
};

export const openRequests = (ports: Pick<Ports, 'requests'>): Promise<readonly Request[]> =>
  ports.requests.open(mostOpen);

export const openFollowUps = (ports: Pick<Ports, 'followUps'>): Promise<readonly FollowUp[]> =>
  ports.followUps.open(mostOpen);

/** Their vote is asked for: they may approve, did not ask for it, and have not voted on this plan. */
export const awaits = (request: Request, person: Person): boolean =>
  request.state === 'pending' &&
  request.requestedBy.id !== person.id &&
  !request.votes.some((vote) => vote.person.id === person.id && vote.planHash === request.planHash);

export interface AtHand {
  /** Requests whose approval the person may give. */
  readonly approvals: readonly Request[];
  /** Open cases that the person has, the worst first. */
  readonly cases: readonly Case[];
  /** All open cases, the worst first. */
  readonly open: readonly Case[];
  readonly requests: readonly Request[];
}

export const atHandOf = async (
  ports: Pick<Ports, 'cases' | 'requests' | 'config' | 'directory'>,
  person: Person,
): Promise<AtHand> => {
  const [ids, requests, approver] = await Promise.all([
    openCaseIds(ports),
    openRequests(ports),
    authorityOf(ports, person, 'approve'),
  ]);
  const open = await casesOf(ports, ids);
  return {
    approvals: approver.kind === 'allowed' ? requests.filter((one) => awaits(one, person)) : [],
    cases: open.filter(({ assignee }) => assignee === person.user),
    open,
    requests,
  };
};
