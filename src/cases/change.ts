/** What changes of a case have in common: the audit draft of its version, and ends that several bring. */
import { type AuditDraft, draftIdOf } from '../audit/entry.ts';
import { untrusted } from '../findings/finding.ts';
import type { Case, Past } from './case.ts';

export type Entry = Pick<AuditDraft, 'at' | 'kind' | 'actor' | 'because' | 'detail'>;

/** Of one version of a case; `part` tells several apart that one version writes. */
export const draft = (
  theCase: Pick<Case, 'id' | 'version'>,
  entry: Entry,
  part?: string,
): AuditDraft => ({
  ...entry,
  id: `${draftIdOf(theCase.id, theCase.version)}${part ? `/${part}` : ''}`,
  case: theCase.id,
});

/** More than that makes no timeline clearer, and no item may grow without end. */
const mostPast = 40;

/** What people did is also kept for the case's timeline. `by`: Slack user id. */
export const withPast = (
  { past = [] }: Pick<Case, 'past'>,
  { at, kind, because }: Pick<Entry, 'at' | 'kind' | 'because'>,
  by?: string,
): readonly Past[] => [
  ...past.slice(1 - mostPast),
  { at, kind, because: untrusted(because.slice(0, 300)), ...(by ? { by } : {}) },
];

/** Somebody has it from now on, unless somebody had it. `by`: Slack user id. */
export const acknowledged = (
  current: Pick<Case, 'acknowledged' | 'firstAcknowledgedAt'>,
  by: string,
  at: string,
): Partial<Case> => ({
  acknowledged: current.acknowledged ?? { by, at },
  firstAcknowledgedAt: current.firstAcknowledgedAt ?? current.acknowledged?.at ?? at,
});

interface End {
  readonly at: string;
  readonly actor: string;
  readonly because: string;
}

/** The same value where nothing is snoozed. */
export const endSnooze = (current: Case, end: End): Case => {
  if (!current.snoozed) return current;
  const { snoozed: _, ...rest } = current;
  return {
    ...rest,
    snoozeEnded: { at: end.at, because: end.because },
    outbox: [...rest.outbox, draft(current, { ...end, kind: 'case.snooze-ended' }, 'snooze')],
  };
};

/** What was closed needs people again, and somebody to acknowledge it; the same value where it is open. */
export const reopenBy = (current: Case, end: End): Case => {
  if (!current.resolved) return current;
  const { resolved: _, acknowledged: __, ...rest } = current;
  return {
    ...rest,
    reopened: { at: end.at, because: end.because },
    outbox: [...rest.outbox, draft(current, { ...end, kind: 'case.reopened' }, 'reopened')],
  };
};

export const endSuppression = (current: Case, end: End): Case => {
  const { suppression, silenced, ...rest } = current;
  return {
    ...rest,
    // What ended the finding is known, also when the suppression is not there any more.
    ...(silenced ? { silenced: suppression ? { ...silenced, suppressed: true } : silenced } : {}),
    suppressionEnded: {
      at: end.at,
      because: end.because,
      request: suppression?.request ?? '',
    },
    outbox: [...rest.outbox, draft(current, { ...end, kind: 'case.suppression-ended' })],
  };
};
