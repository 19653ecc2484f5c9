/** What happened to a case, and what happens next, as values: from what is stored, and nothing else. */

import type { Case } from '../../cases/case.ts';
import { toldFindings } from '../../cases/case-findings.ts';
import { stepsToCome } from '../../cases/escalation.ts';
import { originName } from '../../findings/services.ts';
import { finishBy } from '../../requests/during-run.ts';
import type { Request } from '../../requests/request.ts';
import { isPerson, requesterName, requesterUser } from '../../requests/requester.ts';
import type { EscalationPolicy, EscalationStep } from '../../rules/escalation.ts';

export interface Moment {
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Drawn literally. */
  readonly what: string;
  /** Slack user id of the one who did it. */
  readonly by?: string | undefined;
}

export interface Timeline {
  /** Oldest first. */
  readonly past: readonly Moment[];
  /** Soonest first. */
  readonly planned: readonly Moment[];
}

export interface TimelineFacts {
  readonly theCase: Case;
  readonly requests: readonly Request[];
  readonly policy: EscalationPolicy;
  /** ISO 8601 UTC. */
  readonly now: string;
}

const words: Readonly<Record<string, string>> = {
  'case.acknowledged': 'Acknowledged',
  'case.unacknowledged': 'Acknowledgement taken back',
  'case.assigned': 'Assigned',
  'case.commented': 'Comment',
  'case.snoozed': 'Snoozed',
  'case.snooze-ended': 'Snooze over',
  'case.escalated': 'Escalated',
  'case.resolved': 'Resolved',
  'case.reopened': 'Re-opened',
  'case.merged': 'Merged',
  'case.absorbed': 'Another case merged in',
  'case.split': 'Split',
  'case.owner-asked': 'Asked: was this you?',
  'case.owner-answered': 'Answered',
  'case.evidence-asked': 'Evidence asked for',
  'case.evidence-stored': 'Evidence stored',
  'case.evidence-skipped': 'No evidence gathered',
  'case.suppressed': 'Suppressed',
  'case.paged': 'Paged',
  'automation.shadow': 'Automation would have run',
  'automation.asked': 'Automation announced',
  'automation.held': 'Automation does not run',
};

const byPeople = ({ past = [] }: Case): readonly Moment[] =>
  past.map(({ at, kind, by, because }) => ({
    at,
    what: `${words[kind] ?? kind}: ${because}`,
    ...(by ? { by } : {}),
  }));

const byFindings = (theCase: Case): readonly Moment[] => [
  ...toldFindings(theCase).map(({ receivedAt, finding, title }, place) => ({
    at: receivedAt,
    what: `${place === 0 ? 'Opened' : 'New finding'}: ${finding.severity} ${title}`,
  })),
  ...(theCase.raised
    ? [{ at: theCase.raised.at, what: `Severity rose to ${theCase.raised.to}` }]
    : []),
  ...(theCase.silenced
    ? [{ at: theCase.silenced.at, what: `Over in ${originName(theCase.silenced.source)}` }]
    : []),
  ...(theCase.returned ? [{ at: theCase.returned.at, what: 'It was over, and came back' }] : []),
  ...(theCase.reopened && !theCase.reopened.by
    ? [{ at: theCase.reopened.at, what: `Re-opened: ${theCase.reopened.because}` }]
    : []),
  ...(theCase.suppressionEnded
    ? [
        {
          at: theCase.suppressionEnded.at,
          what: `Suppression over: ${theCase.suppressionEnded.because}`,
        },
      ]
    : []),
];

const ofRequest = (request: Request): readonly Moment[] => {
  const { plan, requestedAt, requestedBy, votes, ended, failure } = request;
  return [
    {
      at: requestedAt,
      what: isPerson(requestedBy)
        ? `Asked for: ${plan.summary}`
        : `Announced by ${requesterName(requestedBy)}: ${plan.summary}`,
      by: requesterUser(requestedBy),
    },
    ...votes.map(({ at, verdict, person }) => ({
      at,
      what: `${verdict === 'approve' ? 'Approved' : 'Denied'}: ${plan.summary}`,
      by: person.user,
    })),
    ...(ended
      ? [
          {
            at: ended.at,
            what: `${failure ? `Failed at ${failure.step}` : `Now ${request.state}`}: ${plan.summary}`,
          },
        ]
      : []),
  ];
};

const stepInWords = ({ mention, channel, page }: EscalationStep): string =>
  [
    ...(mention ? [mention === 'on-call' ? 'calls whoever is on call' : 'calls more people'] : []),
    ...(channel ? ['tells another channel'] : []),
    ...(page ? ['pages past Slack'] : []),
  ].join(', ');

const plannedFor = (request: Request): readonly Moment[] => {
  const { plan, state } = request;
  const moments: readonly (Moment | undefined)[] = [
    state === 'pending'
      ? { at: request.expiresAt, what: `The request expires: ${plan.summary}` }
      : undefined,
    state === 'stopping'
      ? { at: finishBy(request), what: `Given up, unless finished or undone: ${plan.summary}` }
      : undefined,
    state === 'contained' && request.reviewAt && !request.holdsUntil && !request.endsAt
      ? { at: request.reviewAt, what: `To be looked at again: ${plan.summary}` }
      : undefined,
    state === 'contained' && request.endsAt
      ? { at: request.endsAt, what: `Ends by itself: ${plan.summary}` }
      : undefined,
    state === 'contained' && request.holdsUntil
      ? { at: request.holdsUntil, what: `The suppression ends: ${plan.summary}` }
      : undefined,
  ];
  return moments.filter((one) => one !== undefined);
};

const inOrder = (moments: readonly Moment[]): readonly Moment[] =>
  moments.toSorted((a, b) => a.at.localeCompare(b.at));

export const timelineOf = ({ theCase, requests, policy, now }: TimelineFacts): Timeline => ({
  past: inOrder([...byFindings(theCase), ...byPeople(theCase), ...requests.flatMap(ofRequest)]),
  planned: inOrder([
    ...stepsToCome(theCase, policy).map(({ at, step }) => ({
      at,
      what: `Unless somebody acknowledges: ${stepInWords(step)}`,
    })),
    ...(theCase.snoozed ? [{ at: theCase.snoozed.until, what: 'The snooze ends' }] : []),
    ...requests.flatMap(plannedFor),
  ]).filter(({ at }) => at >= now),
});
