/** What people and the clock can do with a case, and the shape of what that makes of it. */
import type { Severity } from '../findings/finding.ts';
import type {
  Asked,
  Automated,
  Case,
  Comment,
  Escalated,
  Escalation,
  Resolution,
  Suppression,
} from './case.ts';
import type { CaseReview, Contained } from './case-review.ts';
import type { Entry } from './change.ts';
import type { DrillEnd } from './drill-mark.ts';
import type { GatheredEvidence } from './gathering.ts';

/** `actor` is the person as the audit names them, `user` and `by` their Slack user id. */
interface ByPerson {
  readonly actor: string;
  readonly by: string;
}

/** A person, or Cordon with its reason. */
export type ByWhom = ByPerson | { readonly actor: string; readonly because: string };

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
      /** Whether a review is drafted. */
      readonly review: boolean;
      /** The plan for its sources, or why there is none; absent where none is wanted. */
      readonly writeBack?: { readonly offer: string } | { readonly because: string };
    })
  | { readonly kind: 'wrote-back'; readonly offer: string; readonly request: string }
  | { readonly kind: 'not-written-back'; readonly offer: string; readonly because: string }
  /** Whoever opens it again has it, unless somebody had it. */
  | (ByPerson & { readonly kind: 'reopen'; readonly because: string })
  | (ByWhom & { readonly kind: 'merge'; readonly into: string })
  | (ByWhom & { readonly kind: 'absorb'; readonly other: Case })
  /** The other case was looked at; `next` (ISO 8601 UTC) when it has to be once more. */
  | { readonly kind: 'met'; readonly other: string; readonly next: string | undefined }
  | (ByPerson & { readonly kind: 'split'; readonly finding: string; readonly into: string })
  | (ByPerson & { readonly kind: 'ask'; readonly asked: Omit<Asked, 'at' | 'by' | 'answer'> })
  | (ByPerson & { readonly kind: 'answer'; readonly yes: boolean; readonly severity: Severity })
  | { readonly kind: 'request'; readonly request: string }
  | { readonly kind: 'suppress'; readonly suppression: Suppression }
  | { readonly kind: 'suppression-end'; readonly request: string; readonly because: string }
  | (ByPerson & { readonly kind: 'glass'; readonly request: string; readonly reason: string })
  | { readonly kind: 'page'; readonly key: string; readonly because: string }
  | (ByPerson & { readonly kind: 'review-wanted' })
  /** A canvas is about to be made, by whoever has this id. */
  | { readonly kind: 'review-claim'; readonly id: string }
  /** It was not made. */
  | { readonly kind: 'review-unclaim'; readonly id: string }
  /** `since`: the wish that it answers; a later one stays. */
  | {
      readonly kind: 'reviewed';
      readonly since: string;
      readonly review: Pick<CaseReview, 'canvas' | 'because' | 'sections'>;
    }
  /** `instead`: people of the channel cannot open the canvas; then the thread says what is in it. */
  | {
      readonly kind: 'review-shared';
      readonly instead?: Required<Pick<CaseReview, 'because' | 'sections'>>;
    }
  /** `since`: of the wish that was done; one that came meanwhile stays. */
  | { readonly kind: 'wrapped-up'; readonly since: string; readonly contained?: Contained }
  /** The drill that it is has ended. */
  | { readonly kind: 'drill-end'; readonly ended: DrillEnd }
  /** Nothing in it when no entry speaks for the case. */
  | { readonly kind: 'automate'; readonly automated?: Automated }
  /** Evidence is wanted; `by` is absent where Cordon wants it by itself. */
  | {
      readonly kind: 'gather';
      readonly actor: string;
      readonly by?: string;
      readonly because: string;
    }
  /** There was no time for all of it; `next`: ISO 8601 UTC. */
  | { readonly kind: 'gather-later'; readonly number: number; readonly next: string }
  | { readonly kind: 'gather-skip'; readonly number: number; readonly because: string }
  | {
      readonly kind: 'gathered';
      readonly number: number;
      readonly found: GatheredEvidence;
      readonly objects: readonly { readonly key: string; readonly sha256: string }[];
    };

/** What an event makes of a case. */
export interface Change {
  readonly set?: Partial<Case>;
  readonly drop?: readonly (
    | 'acknowledged'
    | 'snoozed'
    | 'resolved'
    | 'escalation'
    | 'suppression'
    | 'automationDue'
    | 'gatherDue'
    | 'wrapUp'
    | 'over'
  )[];
  /** Absent where somebody else records it. */
  readonly entry?: Omit<Entry, 'at'>;
  /** Slack user id of the one who did it, for the timeline. */
  readonly by?: string | undefined;
}

type Handler<K extends CaseEvent['kind']> = (
  current: Case,
  event: Extract<CaseEvent, { kind: K }>,
  at: string,
) => Change | undefined;

/** One handler for each of these kinds. */
export type Handlers<K extends CaseEvent['kind']> = { readonly [P in K]: Handler<P> };
