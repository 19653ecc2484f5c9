/** What humans work on: findings about the same thing, and what people did with them. */
import { createHash } from 'node:crypto';
import type { AuditDraft } from '../audit/entry.ts';
import type { Finding, Origin, Severity, Untrusted } from '../findings/finding.ts';
import type { CardDecision } from '../rules/rule.ts';
import type { CaseReview, Contained, WrapUp } from './case-review.ts';
import type { DrillMark } from './drill-mark.ts';
import type { Gathering } from './gathering.ts';
import type { Similar } from './similar.ts';

/**
 * The newest known state of one told finding: one that brought something new to the case. Findings
 * that are like the told ones are only counted (src/cases/tally.ts).
 */
export interface CaseFinding {
  readonly finding: Finding;
  /** When Cordon first received it; ISO 8601 UTC. */
  readonly receivedAt: string;
  /** What its own rule says; the card's title and first actions are those of the lead. */
  readonly title: string;
  readonly actions: readonly string[];
}

export interface Suppression {
  readonly until: string;
  readonly reason: string;
  /** Slack user id. */
  readonly by: string;
  readonly request: string;
}

/** What a case turned out to be. */
export const classifications = ['true-positive', 'benign', 'false-positive', 'test'] as const;
export type Classification = (typeof classifications)[number];

/** Somebody said what it was: the case is closed. */
export interface Resolution {
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Slack user id. */
  readonly by: string;
  readonly classification: Classification;
  readonly note: Untrusted;
}

/** What a person wrote in the thread; the whole text is in the audit. */
export interface Comment {
  /** The `ts` of the message: it is kept once, however often Slack delivers it. */
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Slack user id. */
  readonly by: string;
  /** At most `longestComment` characters. */
  readonly text: Untrusted;
}

/** A step of the policy that was taken, because nobody had acknowledged in time. */
export interface Escalated {
  /** Its place in the policy, 0 for the first. */
  readonly step: number;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Slack ids of the people and groups that it called. */
  readonly mention: readonly string[];
  /** Another channel that it told. */
  readonly channel?: string;
  /** True when it calls people past Slack. */
  readonly page?: true;
}

export interface Escalation {
  /** Since when somebody has to acknowledge; ISO 8601 UTC. */
  readonly since: string;
  /** When the next step is due; absent after the last. */
  readonly next?: string;
  readonly done: readonly Escalated[];
}

/** Whoever is behind a principal was asked whether it was them. */
export interface Asked {
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Slack user id of the one who had it asked. */
  readonly by: string;
  /** Slack user id of the one who is asked. */
  readonly user: string;
  /** The user, role session or ARN as the finding names it. */
  readonly principal: Untrusted;
  /** What the two buttons of the question carry. */
  readonly token: string;
  readonly answer?: { readonly at: string; readonly yes: boolean };
}

/** What an entry of the configuration's automation made of the case: decided once. */
export interface Automated {
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Id of the entry. */
  readonly entry: string;
  readonly mode: 'shadow' | 'veto' | 'auto';
  /** Id of the playbook or action. */
  readonly runs: string;
  /** What people call it. */
  readonly title: string;
  /** Ids of the actions it consists of. */
  readonly actions: readonly string[];
  /** `shadow`: what it would have done. `asked`: a request of its own. `held`: nothing, because. */
  readonly outcome: 'shadow' | 'asked' | 'held';
  /** Why not, or one line of what. */
  readonly because: Untrusted;
  /** The changes, one line each. */
  readonly lines: readonly Untrusted[];
  /** Of `held`: the typed reason. */
  readonly code?: string;
  readonly request?: string;
}

/** One thing that people did with it. */
export interface Past {
  /** ISO 8601 UTC. */
  readonly at: string;
  /** As in the audit: `case.snoozed`. */
  readonly kind: string;
  /** Slack user id; absent where Cordon did it. */
  readonly by?: string;
  readonly because: Untrusted;
}

/** Somebody was called past Slack. */
interface Paged {
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Goes on after "paged because". */
  readonly because: string;
}

/** Another case goes on in this one. */
export interface Absorbed {
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Slack user id; absent where Cordon did it. */
  readonly by?: string;
  /** Why Cordon did it. */
  readonly because?: string;
  /** Who had it; they are told where it goes on, unless they did it. */
  readonly had?: string;
}

/** A finding named what another open case is about too. */
export interface Meeting {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly because: string;
  /** When to see whether they can become one; ISO 8601 UTC. */
  readonly next: string;
}

/** What the sources of the findings are told once the case is resolved. */
export interface WriteBack {
  /** ISO 8601 UTC. */
  readonly at: string;
  /** What is still to be asked for: the plan that the person saw to, kept in the requests table. */
  readonly offer?: string;
  /** The request that came of it. */
  readonly request?: string;
  /** Why none did: said in the thread. */
  readonly because?: Untrusted;
}

export interface Case {
  readonly id: string;
  readonly version: number;
  /** The key for which it was opened (src/rules/grouping.ts). */
  readonly groupKey: string;
  readonly openedAt: string;
  readonly channel: string;
  /** Highest severity among its findings. */
  readonly severity: Severity;
  /** About the lead. */
  readonly decision: CardDecision;
  /** Canonical id of the finding that the card describes: the first of the highest severity. */
  readonly lead: string;
  /** The told ones by canonical id: few, however many are counted. */
  readonly findings: { readonly [canonicalId: string]: CaseFinding };
  /** What the card's buttons carry. */
  readonly token: string;
  readonly acknowledged?: { readonly by: string; readonly at: string };
  /** Kept when the acknowledgement is taken back; ISO 8601 UTC. */
  readonly firstAcknowledgedAt?: string;
  /** Absent where nobody has to acknowledge in time. */
  readonly escalation?: Escalation;
  /** Slack user id of the owner. */
  readonly assignee?: string;
  /** The last time that somebody gave it to somebody else: said in a new message. */
  readonly assigned?: { readonly at: string; readonly to: string; readonly by: string };
  /** Nobody is called until then, unless somebody new appears. */
  readonly snoozed?: { readonly until: string; readonly by: string; readonly reason: Untrusted };
  /** Why the last snooze is over: said in a new message. */
  readonly snoozeEnded?: { readonly at: string; readonly because: string };
  /** Closed; then it is in no list of open cases. */
  readonly resolved?: Resolution;
  /** It was closed, and is not any more: said in a new message. `by` is absent where Cordon did it. */
  readonly reopened?: { readonly at: string; readonly because: string; readonly by?: string };
  readonly writeBack?: WriteBack;
  readonly asked?: Asked;
  /** Since when worker is to decide whether something runs by itself; ISO 8601 UTC. */
  readonly automationDue?: string;
  readonly automated?: Automated;
  /** Since when worker is to gather evidence; ISO 8601 UTC. */
  readonly gatherDue?: string;
  /** The newest last. */
  readonly gatherings?: readonly Gathering[];
  /** The severity before somebody said that it was them; a finding above it raises the case again. */
  readonly lowered?: { readonly from: Severity; readonly at: string };
  /** The newest, oldest first. */
  readonly comments?: readonly Comment[];
  /** It goes on in another case; then it is closed too. `by` is absent where Cordon did it. */
  readonly merged?: {
    readonly into: string;
    readonly at: string;
    readonly by?: string;
    readonly because?: string;
  };
  /** Cases that go on in this one. */
  readonly absorbed?: readonly Absorbed[];
  /** Other open cases, by id, that are to become one with this (src/cases/meeting.ts). */
  readonly meets?: { readonly [caseId: string]: Meeting };
  /** What people did with it, the newest, oldest first; all of it is in the audit. */
  readonly past?: readonly Past[];
  /** Ids of its requests, oldest first. */
  readonly requests: readonly string[];
  readonly suppression?: Suppression;
  /** Why the last suppression is over: said in a new message. */
  readonly suppressionEnded?: {
    readonly at: string;
    readonly because: string;
    readonly request: string;
  };
  /** The last rise in severity: said in a new message. */
  readonly raised?: { readonly at: string; readonly to: Severity };
  /** A finding that was over at its source is there again: said in a new message. */
  readonly returned?: { readonly at: string; readonly finding: string };
  /** The last finding that its source ended while people worked on it: said in a new message. */
  readonly silenced?: {
    readonly at: string;
    readonly finding: string;
    readonly source: Origin;
    /** A suppression of Cordon's was in force then: that is over now, and it is no riddle all the same. */
    readonly suppressed?: true;
  };
  /** Its sources say of every finding that it is over. */
  readonly over?: true;
  /** Requests whose glass was broken: people are paged for each. */
  readonly glass?: readonly string[];
  /** Earlier cases of the same kind, as they stood when it was opened. */
  readonly similar?: readonly Similar[];
  /** What worker still has to do since it was closed. */
  readonly wrapUp?: WrapUp;
  readonly review?: CaseReview;
  /** What contained it first; known once it is wrapped up. */
  readonly contained?: Contained;
  /** Pages that were sent, by key (src/cases/paging.ts). */
  readonly pages?: { readonly [key: string]: Paged };
  /** It is rehearsed: nothing of it is real. */
  readonly drill?: DrillMark;
  readonly outbox: readonly AuditDraft[];
}

/** Longest comment that is kept on the case, in UTF-16 units. */
export const longestComment = 500;

/** Somebody may still have to do something about it. */
export const isActive = ({ over, resolved, merged, drill }: Case): boolean =>
  !over && !resolved && !merged && !drill?.ended;

/**
 * Twelve letters and digits for a finding, from its canonical id: 72 bits of its SHA-256. Sets of
 * these are counted, so they are short.
 */
export const findingKey = (canonicalId: string): string =>
  createHash('sha256').update(canonicalId).digest().subarray(0, 9).toString('base64url');

/** Ten letters and digits, the same whoever computes it: a case is named by what opened it. */
export const caseIdOf = (canonicalId: string): string =>
  `C${createHash('sha256').update(canonicalId).digest('hex').slice(0, 9).toUpperCase()}`;
