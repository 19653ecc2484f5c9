/** When a case was seen, taken up, decided about, contained and closed, and how long each took. Pure. */
import { planTitle } from '../actions/parts.ts';
import { caseFindings } from '../cases/case-findings.ts';
import type { Contained } from '../cases/case-review.ts';
import { isContainment, type ReviewRecord } from './record.ts';

export interface Milestone {
  readonly what:
    | 'seen'
    | 'detected'
    | 'acknowledged'
    | 'decided'
    | 'approved'
    | 'contained'
    | 'resolved';
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Since the opening of the case; below zero for what was before it. */
  readonly afterMs: number;
  /** How long it may take; absent where nothing is demanded. */
  readonly targetMs?: number;
}

type Facts = Pick<ReviewRecord, 'theCase' | 'requests' | 'entries'>;

const earliest = (times: readonly (string | undefined)[]): string | undefined =>
  times.filter((at) => at !== undefined).sort()[0];

/** The first containment that was verified, or rehearsed in a drill: when, and by which request. */
const firstContained = ({ theCase, requests, entries }: Facts) => {
  const done = theCase.drill ? 'request.rehearsed' : 'request.contained';
  const own = new Map(requests.filter(isContainment).map((request) => [request.id, request]));
  const entry = entries.find(({ kind, request }) => kind === done && own.has(request ?? ''));
  const request = own.get(entry?.request ?? '');
  return entry && request ? { at: entry.at, request } : undefined;
};

/** What contained the case first; undefined where nothing did. */
export const containedOf = (facts: Facts): Contained | undefined => {
  const first = firstContained(facts);
  return (
    first && {
      title: planTitle(first.request.plan),
      afterMs: Math.max(0, Date.parse(first.at) - Date.parse(facts.theCase.openedAt)),
    }
  );
};

/** In the order in which they are told; what did not happen is left out. */
export const milestonesOf = (record: ReviewRecord): readonly Milestone[] => {
  const { theCase, requests, within } = record;
  const wanted = requests.filter(isContainment);
  const opened = Date.parse(theCase.openedAt);
  const times: readonly (readonly [
    Milestone['what'],
    string | undefined,
    (number | undefined)?,
  ])[] = [
    ['seen', earliest(caseFindings(theCase).map(({ firstSeen }) => firstSeen))],
    ['detected', theCase.openedAt],
    [
      'acknowledged',
      theCase.firstAcknowledgedAt ?? theCase.acknowledged?.at,
      within.acknowledge[theCase.severity],
    ],
    ['decided', earliest(wanted.map(({ requestedAt }) => requestedAt))],
    ['approved', earliest(wanted.map(({ approvedAt }) => approvedAt))],
    ['contained', firstContained(record)?.at, within.contain],
    ['resolved', theCase.resolved?.at, within.resolve],
  ];
  return times.flatMap(([what, at, targetMs]) =>
    at === undefined
      ? []
      : [
          {
            what,
            at,
            afterMs: Date.parse(at) - opened,
            ...(targetMs === undefined ? {} : { targetMs }),
          },
        ],
  );
};

export const isLate = ({ afterMs, targetMs }: Milestone): boolean =>
  targetMs !== undefined && afterMs > targetMs;
