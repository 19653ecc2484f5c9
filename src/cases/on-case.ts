/** What people and the clock do with a case: pure, one version and at most one audit entry each. */
import { type Severity, severities, untrusted } from '../findings/finding.ts';
import {
  type Asked,
  type Case,
  type Comment,
  type Escalated,
  type Escalation,
  isActive,
  longestComment,
  type Resolution,
  type Suppression,
} from './case.ts';
import { draft, type Entry, endSuppression, withPast } from './change.ts';
import { absorb, splitOff } from './merge.ts';

/** `actor` is the person as the audit names them, `user` and `by` their Slack user id. */
interface ByPerson {
  readonly actor: string;
  readonly by: string;
}

export type CaseEvent =
  | { readonly kind: 'acknowledge'; readonly user: string; readonly actor: string }
  /** `escalation`: from now on somebody has to acknowledge again. */
  | (ByPerson & { readonly kind: 'unacknowledge'; readonly escalation: Escalation | undefined })
  | (ByPerson & { readonly kind: 'assign'; readonly to: string })
  | { readonly kind: 'comment'; readonly comment: Comment; readonly actor: string }
  | (ByPerson & { readonly kind: 'snooze'; readonly until: string; readonly reason: string })
  | {
      readonly kind: 'snooze-end';
      readonly because: string;
      readonly actor: string;
      /** Slack user id; absent where the clock did it. */
      readonly by?: string;
      readonly escalation: Escalation | undefined;
    }
  | {
      readonly kind: 'escalate';
      readonly done: Omit<Escalated, 'at'>;
      readonly next: string | undefined;
    }
  | (ByPerson & {
      readonly kind: 'resolve';
      readonly classification: Resolution['classification'];
      readonly note: string;
    })
  /** Whoever opens it again has it, unless somebody had it. */
  | (ByPerson & { readonly kind: 'reopen'; readonly because: string })
  | (ByPerson & { readonly kind: 'merge'; readonly into: string })
  | (ByPerson & { readonly kind: 'absorb'; readonly other: Case })
  | (ByPerson & { readonly kind: 'split'; readonly finding: string; readonly into: string })
  | (ByPerson & { readonly kind: 'ask'; readonly asked: Omit<Asked, 'at' | 'by' | 'answer'> })
  | (ByPerson & { readonly kind: 'answer'; readonly yes: boolean; readonly severity: Severity })
  | { readonly kind: 'request'; readonly request: string }
  | { readonly kind: 'suppress'; readonly suppression: Suppression }
  | { readonly kind: 'suppression-end'; readonly request: string; readonly because: string }
  | (ByPerson & { readonly kind: 'glass'; readonly request: string; readonly reason: string })
  | { readonly kind: 'page'; readonly key: string; readonly because: string };

/** What an event makes of a case. */
interface Change {
  readonly set?: Partial<Case>;
  readonly drop?: readonly (
    | 'acknowledged'
    | 'snoozed'
    | 'resolved'
    | 'escalation'
    | 'suppression'
  )[];
  /** Absent where somebody else records it. */
  readonly entry?: Omit<Entry, 'at'>;
  /** Slack user id of the one who did it, for the timeline. */
  readonly by?: string;
}

type Handler<K extends CaseEvent['kind']> = (
  current: Case,
  event: Extract<CaseEvent, { kind: K }>,
  at: string,
) => Change | undefined;

/** More than that is read in Slack itself. */
const mostComments = 50;

const acknowledged = (current: Case, by: string, at: string): Partial<Case> => ({
  acknowledged: current.acknowledged ?? { by, at },
  firstAcknowledgedAt: current.firstAcknowledgedAt ?? current.acknowledged?.at ?? at,
});

const withEscalation = (escalation: Escalation | undefined): Change =>
  escalation ? { set: { escalation } } : { drop: ['escalation'] };

const higher = (a: Severity, b: Severity): boolean => severities.indexOf(a) > severities.indexOf(b);

const knowsSuppression = (current: Case, request: string): boolean =>
  current.suppression?.request === request || current.suppressionEnded?.request === request;

const handlers: { readonly [K in CaseEvent['kind']]: Handler<K> } = {
  acknowledge: (current, { user, actor }, at) =>
    current.acknowledged && current.assignee
      ? undefined
      : {
          set: { ...acknowledged(current, user, at), assignee: current.assignee ?? user },
          entry: { kind: 'case.acknowledged', actor, because: 'a responder took it' },
          by: user,
        },
  unacknowledge: (current, { actor, by, escalation }) => {
    if (!current.acknowledged || !isActive(current)) return undefined;
    const { set, drop = [] } = withEscalation(escalation);
    return {
      ...(set ? { set } : {}),
      drop: ['acknowledged', ...drop],
      entry: { kind: 'case.unacknowledged', actor, because: 'the acknowledgement was taken back' },
      by,
    };
  },
  assign: (current, { to, by, actor }, at) =>
    current.assignee === to || !isActive(current)
      ? undefined
      : {
          set: {
            ...(to === by ? acknowledged(current, by, at) : {}),
            assignee: to,
            assigned: { at, to, by },
          },
          entry: {
            kind: 'case.assigned',
            actor,
            because: to === by ? 'a responder took it' : 'a responder gave it to somebody',
            detail: { to },
          },
          by,
        },
  comment: (current, { comment, actor }) =>
    current.comments?.some(({ id }) => id === comment.id)
      ? undefined
      : {
          set: {
            comments: [
              ...(current.comments ?? []).slice(1 - mostComments),
              { ...comment, text: untrusted(comment.text.slice(0, longestComment)) },
            ],
          },
          entry: {
            kind: 'case.commented',
            actor,
            because: 'somebody wrote in the thread',
            detail: { message: comment.id, text: comment.text },
          },
          by: comment.by,
        },
  snooze: (current, { until, by, reason, actor }, at) =>
    isActive(current)
      ? {
          set: {
            ...acknowledged(current, by, at),
            assignee: current.assignee ?? by,
            snoozed: { until, by, reason: untrusted(reason) },
          },
          entry: { kind: 'case.snoozed', actor, because: reason, detail: { until } },
          by,
        }
      : undefined,
  'snooze-end': (current, { because, actor, by, escalation }, at) => {
    if (!current.snoozed) return undefined;
    const { set, drop = [] } = withEscalation(escalation);
    return {
      set: { ...set, snoozeEnded: { at, because } },
      drop: ['snoozed', ...drop],
      entry: { kind: 'case.snooze-ended', actor, because },
      ...(by ? { by } : {}),
    };
  },
  escalate: ({ escalation }, { done, next }, at) => {
    if (!escalation || escalation.done.some(({ step }) => step === done.step)) return undefined;
    const { next: _, ...rest } = escalation;
    return {
      set: {
        escalation: {
          ...rest,
          done: [...rest.done, { ...done, at }],
          ...(next ? { next } : {}),
        },
      },
      entry: {
        kind: 'case.escalated',
        actor: 'cordon:worker',
        because: 'nobody acknowledged it in time',
        detail: {
          step: done.step,
          mention: done.mention,
          ...(done.channel ? { channel: done.channel } : {}),
          ...(done.page ? { page: true } : {}),
        },
      },
    };
  },
  resolve: (current, { actor, by, classification, note }, at) =>
    current.resolved || current.merged
      ? undefined
      : {
          set: {
            ...acknowledged(current, by, at),
            resolved: { at, by, classification, note: untrusted(note) },
          },
          drop: ['snoozed', 'escalation'],
          entry: {
            kind: 'case.resolved',
            actor,
            because: note,
            detail: { classification },
          },
          by,
        },
  reopen: (current, { actor, by, because }, at) =>
    current.resolved
      ? {
          set: {
            acknowledged: { by, at },
            assignee: current.assignee ?? by,
            reopened: { at, because, by },
          },
          drop: ['resolved'],
          entry: { kind: 'case.reopened', actor, because },
          by,
        }
      : undefined,
  merge: (current, { actor, by, into }, at) =>
    current.merged
      ? undefined
      : {
          set: { ...acknowledged(current, by, at), merged: { into, at, by } },
          drop: ['snoozed', 'escalation'],
          entry: {
            kind: 'case.merged',
            actor,
            because: `it goes on in case ${into}`,
            detail: { into },
          },
          by,
        },
  absorb: (current, { actor, by, other }, at) =>
    current.absorbed?.some(({ id }) => id === other.id)
      ? undefined
      : {
          set: absorb(current, { other, by, at }),
          entry: {
            kind: 'case.absorbed',
            actor,
            because: `case ${other.id} goes on here`,
            detail: { from: other.id },
          },
          by,
        },
  split: (current, { actor, by, finding, into }) => {
    const rest = splitOff(current, finding);
    return (
      rest && {
        set: rest,
        entry: {
          kind: 'case.split',
          actor,
          because: `a finding of it is case ${into} now`,
          detail: { finding, into },
        },
        by,
      }
    );
  },
  ask: (current, { actor, by, asked }, at) =>
    current.asked && !current.asked.answer
      ? undefined
      : {
          set: { asked: { ...asked, at, by } },
          entry: {
            kind: 'case.owner-asked',
            actor,
            because: 'whoever is behind the principal is asked whether it was them',
            detail: { user: asked.user, principal: asked.principal },
          },
          by,
        },
  answer: (current, { actor, by, yes, severity }, at) => {
    const { asked } = current;
    if (!asked || asked.answer) return undefined;
    return {
      set: {
        asked: { ...asked, answer: { at, yes } },
        severity,
        ...(higher(severity, current.severity) ? { raised: { at, to: severity } } : {}),
        ...(higher(current.severity, severity)
          ? { lowered: { from: current.lowered?.from ?? current.severity, at } }
          : {}),
      },
      entry: {
        kind: 'case.owner-answered',
        actor,
        because: yes ? 'they say that it was them' : 'they say that it was not them',
        detail: { yes, principal: asked.principal, severity },
      },
      by,
    };
  },
  request: (current, { request }) =>
    current.requests.includes(request)
      ? undefined
      : { set: { requests: [...current.requests, request] } },
  suppress: (current, { suppression }) =>
    // Told again after it was broken: what broke it still holds.
    knowsSuppression(current, suppression.request)
      ? undefined
      : {
          set: { suppression },
          entry: {
            kind: 'case.suppressed',
            actor: 'cordon:worker',
            because: suppression.reason,
            detail: { until: suppression.until, request: suppression.request },
          },
          by: suppression.by,
        },
  'suppression-end': (current, { request, because }, at) =>
    current.suppression?.request === request
      ? {
          set: endSuppression(
            { ...current, version: current.version + 1 },
            { at, actor: 'cordon:worker', because },
          ),
          drop: ['suppression'],
        }
      : undefined,
  glass: (current, { request, actor, by, reason }) =>
    current.glass?.includes(request)
      ? undefined
      : {
          set: { glass: [...(current.glass ?? []), request] },
          entry: { kind: 'case.glass-broken', actor, because: reason, detail: { request } },
          by,
        },
  page: (current, { key, because }, at) =>
    current.pages?.[key]
      ? undefined
      : {
          set: { pages: { ...current.pages, [key]: { at, because } } },
          entry: {
            kind: 'case.paged',
            actor: 'cordon:tick',
            because,
            detail: { page: key },
          },
        },
};

const changeOf = <K extends CaseEvent['kind']>(
  current: Case,
  event: Extract<CaseEvent, { kind: K }>,
  at: string,
): Change | undefined => handlers[event.kind as K](current, event, at);

/** The next case, or undefined when nothing changes. */
export const onCase = (current: Case, event: CaseEvent, at: string): Case | undefined => {
  const change = changeOf(current, event, at);
  if (!change) return undefined;
  const dropped: readonly string[] = change.drop ?? [];
  const kept = Object.fromEntries(
    Object.entries({ ...current, ...change.set }).filter(([name]) => !dropped.includes(name)),
  ) as unknown as Case;
  const next: Case = { ...kept, version: current.version + 1 };
  if (!change.entry) return next;
  const entry = { at, ...change.entry };
  return {
    ...next,
    past: withPast(next, entry, change.by),
    outbox: [...next.outbox, draft(next, entry)],
  };
};
