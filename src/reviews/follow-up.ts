/** What a review leaves to be done: one item each, with an owner and a day. Pure. */
import { createHash } from 'node:crypto';
import { type AuditDraft, draftIdOf } from '../audit/entry.ts';
import { type Untrusted, untrusted } from '../findings/finding.ts';

export interface FollowUp {
  readonly id: string;
  readonly version: number;
  readonly caseId: string;
  readonly state: 'open' | 'done';
  /** At most as long as the form takes. */
  readonly text: Untrusted;
  /** Slack user id. */
  readonly owner: string;
  /** The day by which it is to be done: `2026-12-01`. */
  readonly due: string;
  /** ISO 8601 UTC. */
  readonly createdAt: string;
  /** Slack user id. */
  readonly by: string;
  /** What its buttons carry. */
  readonly token: string;
  readonly done?: { readonly at: string; readonly by: string };
  readonly outbox: readonly AuditDraft[];
}

/** In UTF-16 units; the form takes no more. */
const longestFollowUp = 1000;

/** The same for one submission of the form, however often it is delivered. `digest`: of the signed request. */
export const followUpIdOf = (digest: string): string =>
  `F${createHash('sha256').update(digest).digest('hex').slice(0, 11).toUpperCase()}`;

/** A day that exists, written as Slack's date picker does. */
export const isDay = (text: string): boolean => {
  const day = new Date(`${text}T00:00:00Z`);
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    !Number.isNaN(day.getTime()) &&
    day.toISOString().startsWith(text)
  );
};

interface Said {
  readonly actor: string;
  /** Slack user id. */
  readonly by: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

const noted = (
  followUp: Omit<FollowUp, 'outbox'>,
  before: readonly AuditDraft[],
  entry: Pick<AuditDraft, 'kind' | 'actor' | 'at' | 'because'>,
): FollowUp => ({
  ...followUp,
  outbox: [
    ...before,
    {
      ...entry,
      id: draftIdOf(followUp.id, followUp.version),
      case: followUp.caseId,
      detail: { followUp: followUp.id, owner: followUp.owner, due: followUp.due },
    },
  ],
});

export const addFollowUp = (
  parts: Pick<FollowUp, 'id' | 'caseId' | 'owner' | 'due' | 'token'> & { readonly text: string },
  { actor, by, at }: Said,
): FollowUp =>
  noted(
    {
      ...parts,
      text: untrusted(parts.text.slice(0, longestFollowUp)),
      version: 1,
      state: 'open',
      createdAt: at,
      by,
    },
    [],
    { kind: 'follow-up.added', actor, at, because: parts.text.slice(0, longestFollowUp) },
  );

/** Undefined when it is in that state already. */
export const turnFollowUp = (
  current: FollowUp,
  to: FollowUp['state'],
  { actor, by, at }: Said,
): FollowUp | undefined => {
  if (current.state === to) return undefined;
  const { outbox, done: _, ...rest } = current;
  return noted(
    {
      ...rest,
      version: current.version + 1,
      state: to,
      ...(to === 'done' ? { done: { at, by } } : {}),
    },
    outbox,
    {
      kind: to === 'done' ? 'follow-up.done' : 'follow-up.reopened',
      actor,
      at,
      because: current.text,
    },
  );
};

/** `today`: `2026-12-01`. */
export const isOverdue = ({ state, due }: FollowUp, today: string): boolean =>
  state === 'open' && due < today;

/** The one that is due first is first. */
export const byDue = (a: FollowUp, b: FollowUp): number =>
  a.due.localeCompare(b.due) || a.createdAt.localeCompare(b.createdAt);
