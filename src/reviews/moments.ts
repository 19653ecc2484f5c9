/** What happened in a case, in order, and from where each of it is known. Pure. */
import { toldFindings } from '../cases/case-findings.ts';
import type { Origin } from '../findings/finding.ts';
import { isPerson } from '../requests/requester.ts';
import type { Recorded, ReviewRecord } from './record.ts';

/** What somebody was in the case when they did something: told before any name. */
export type Role = 'responder' | 'requester' | 'approver' | 'rule' | 'cordon' | 'source';

export interface Moment {
  /** ISO 8601 UTC. */
  readonly at: string;
  /** As in the audit: `request.approved`; `finding` for what a source told. */
  readonly kind: string;
  readonly role: Role;
  /** Name or Slack user id of the person, or the rule. */
  readonly who?: string;
  /** What it was about or why, in the words of the record; anybody's. */
  readonly about: string;
  readonly from:
    | { readonly kind: 'finding'; readonly source: Origin }
    | {
        readonly kind: 'comment' | 'aws' | 'audit';
        /** Its place in the audit; absent until it is chained. */
        readonly seq?: number;
      };
}

/** What only Cordon's own machinery needs to know. */
const unsaid = /^(request\.stamped|request\.unverified|case\.review|follow-up\.)/;

/** Known by what was read back from AWS or changed there. */
const fromAws =
  /^(step\.done|request\.(executing|contained|undone|failed|drifted)|containment\.|playbook\.step-)/;

/** The comment is in the detail; of what was asked for, its plan says more than the chosen reason. */
const aboutOf = ({ requests }: ReviewRecord, entry: Recorded): string => {
  const text = entry.detail?.['text'];
  if (entry.kind === 'case.commented' && typeof text === 'string') return text;
  const request = requests.find(({ id }) => id === entry.request);
  return request && entry.kind === 'request.created'
    ? `${request.plan.summary} Why: ${entry.because}`
    : entry.because;
};

const roleOf = ({ requests }: ReviewRecord, { actor, kind, request }: Recorded): Role => {
  if (actor.startsWith('rule:')) return 'rule';
  if (!actor.startsWith('slack:')) return 'cordon';
  if (/^request\.(approved|vote|denied)$/.test(kind)) return 'approver';
  const about = requests.find(({ id }) => id === request);
  return about && isPerson(about.requestedBy) && actor.endsWith(`/${about.requestedBy.user}`)
    ? 'requester'
    : 'responder';
};

/** As Slack showed them when they did something that a request keeps; else their id. */
const namesOf = ({ requests }: ReviewRecord): ReadonlyMap<string, string> =>
  new Map(
    requests
      .flatMap(({ requestedBy, votes }) => [
        ...(isPerson(requestedBy) ? [requestedBy] : []),
        ...votes.map(({ person }) => person),
      ])
      .flatMap(({ user, name }) => (name ? [[user, name] as const] : [])),
  );

const sourceOf = ({ kind, seq }: Recorded): Moment['from'] => ({
  kind: kind === 'case.commented' ? 'comment' : fromAws.test(kind) ? 'aws' : 'audit',
  ...(seq === undefined ? {} : { seq }),
});

const recorded = (record: ReviewRecord): readonly Moment[] => {
  const names = namesOf(record);
  return record.entries
    .filter(({ kind }) => !unsaid.test(kind))
    .map((entry) => {
      const user = /^slack:[^/]+\/(.+)$/.exec(entry.actor)?.[1];
      const who = user ? (names.get(user) ?? user) : /^rule:(.+)$/.exec(entry.actor)?.[1];
      return {
        at: entry.at,
        kind: entry.kind,
        role: roleOf(record, entry),
        ...(who ? { who } : {}),
        about: aboutOf(record, entry),
        from: sourceOf(entry),
      };
    });
};

/** Oldest first. */
export const momentsOf = (record: ReviewRecord): readonly Moment[] => {
  const told = toldFindings(record.theCase).map(
    ({ receivedAt, finding, title }): Moment => ({
      at: receivedAt,
      kind: 'finding',
      role: 'source',
      about: `${finding.severity} ${title}, ${finding.type}`,
      from: { kind: 'finding', source: finding.source },
    }),
  );
  return [...told, ...recorded(record)].toSorted((a, b) => a.at.localeCompare(b.at));
};
