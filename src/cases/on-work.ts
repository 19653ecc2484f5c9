/** Who has a case, until when it can wait, and what they wrote. */
import { untrusted } from '../findings/finding.ts';
import { type Escalation, isActive, longestComment } from './case.ts';
import type { Change, Handlers } from './case-event.ts';
import { acknowledged } from './change.ts';

/** More than that is read in Slack itself. */
const mostComments = 50;

const withEscalation = (escalation: Escalation | undefined): Change =>
  escalation ? { set: { escalation } } : { drop: ['escalation'] };

export const onWork: Handlers<
  'acknowledge' | 'unacknowledge' | 'assign' | 'comment' | 'snooze' | 'snooze-end' | 'escalate'
> = {
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
};
