/** A human's wish to run a plan: what is stored, and the states it can be in. */
import type { Json, Plan, Tier } from '../actions/action.ts';
import { isInPart } from '../actions/choices.ts';
import type { AuditDraft } from '../audit/entry.ts';
import type { Resource } from '../findings/finding.ts';
import type { Deadlines } from './deadlines.ts';
import type { Person } from './person.ts';
import type { Requester } from './requester.ts';
import type { Proof } from './step-up.ts';

/**
 * pending → approved → executing → contained | failed · executing → stopping (then finished or
 * undone) · pending → denied | expired | withdrawn · contained | failed | stopping → undoing →
 * undone | undo-failed. An undo is a request of its own kind that ends in `undone` or `failed`.
 * What a rule asks for is announced → approved | denied (a veto) | withdrawn (its guards).
 */
export type RequestState =
  | 'announced'
  | 'pending'
  | 'approved'
  | 'executing'
  | 'stopping'
  | 'contained'
  | 'failed'
  | 'denied'
  | 'expired'
  | 'withdrawn'
  | 'undoing'
  | 'undone'
  | 'undo-failed';

export interface Reason {
  readonly code: string;
  /** The chosen line of the short list. */
  readonly label: string;
  /** What the person added; stored byte for byte, drawn as plain text. */
  readonly text: string;
}

export interface Vote {
  readonly person: Person;
  readonly verdict: 'approve' | 'deny';
  /** ISO 8601 UTC. */
  readonly at: string;
  /** The plan that was drawn on the card that was pressed. */
  readonly planHash: string;
  /** Of a no: why, in the person's own words; stored byte for byte, drawn as plain text. */
  readonly reason?: string;
  /** Tier 3: what the approver's passkey or issuer signed; the executor checks it. */
  readonly proof?: Proof;
}

/** Tier 2 without an approver: by whoever is on call, with a reason, told to everybody. */
export interface BrokenGlass {
  readonly by: Person;
  readonly at: string;
  readonly reason: string;
  readonly planHash: string;
}

/** The worker's word that the people behind a request may do this, at this moment. */
export interface Stamp {
  readonly at: string;
  readonly because: string;
}

export interface StepReport {
  readonly id: string;
  readonly title: string;
  readonly status: 'waiting' | 'done' | 'failed';
}

/** How a step of a playbook ended; without one it waits or runs. */
interface StepOutcome {
  readonly state: 'done' | 'skipped' | 'undone';
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Who ticked or skipped it; absent where Cordon did it. */
  readonly by?: Person;
  /** What was read back, or why it was skipped; drawn as plain text. */
  readonly lines: readonly string[];
}

/** A value that is not as Cordon left it. */
export interface CounterMove {
  /** The change's id in the plan of the whole. */
  readonly id: string;
  readonly label: string;
  readonly found: Json;
  /** What it is to be. */
  readonly left: Json;
  /** It was made since the plan. */
  readonly appeared?: true;
}

/** Somebody took back what a run had contained, before it was verified; the run puts it back. */
export interface Counter {
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Key of the part that it happened to; empty for a single action. */
  readonly part: string;
  readonly moves: readonly CounterMove[];
}

/** A containment in force that somebody changed. */
interface Changed {
  /** When the newest of it was found; ISO 8601 UTC. */
  readonly at: string;
  readonly moves: readonly CounterMove[];
  /** When it was found as Cordon had left it again. */
  readonly over?: string;
}

/** Why a playbook stands still until a person says how it goes on. */
export interface Halt {
  /** Key of the step. */
  readonly step: string;
  /** `manual`: it waits for a tick. `failed`: it failed at `at`. */
  readonly kind: 'manual' | 'failed';
  /** What failed, `Check` or a register's title; the step's own title where it is manual. */
  readonly at: string;
  readonly because: string;
}

/** A request that nobody pressed a button for. */
export interface Automation {
  readonly mode: 'veto' | 'auto';
  /** What the case was about when its entry was chosen. */
  readonly about: Pick<Resource, 'account' | 'tags'>;
  /** It starts then unless somebody stops it; ISO 8601 UTC. */
  readonly runsAt: string;
  /** Somebody did not want to wait until then. */
  readonly hurried?: { readonly by: Person; readonly at: string };
  /** Somebody looked at what it did. */
  readonly reviewed?: { readonly by: Person; readonly at: string };
}

/** One item of the requests table: state, version, expiry, approvals and outbox together. */
export interface Request extends Omit<Deadlines, 'expiresAt'> {
  readonly id: string;
  /** Grows by one with each transition; every write is conditional on it. */
  readonly version: number;
  readonly kind: 'contain' | 'undo';
  /** Kind undo: the request that is undone. */
  readonly undoes?: string;
  /** Kind undo: the one step of it that is undone; the whole when absent. */
  readonly undoesStep?: string;
  readonly caseId: string;
  readonly state: RequestState;
  readonly plan: Plan;
  readonly planHash: string;
  /** How many plans people were shown: 1, or 2 after a drift. */
  readonly planNumber: number;
  readonly tier: Tier;
  readonly reason: Reason;
  readonly requestedBy: Requester;
  /** Of what a rule asked for. */
  readonly automation?: Automation;
  readonly requestedAt: string;
  /** Approvals count until then; ISO 8601 UTC. */
  readonly expiresAt: string;
  /** Failed requests for the same thing, whose holds this one takes over. */
  readonly follows?: readonly string[];
  /** User and group ids whose approval is asked for; never the requester's own. */
  readonly ask: readonly string[];
  readonly votes: readonly Vote[];
  /** Which plan people were reminded of, and when. */
  readonly reminded: readonly { readonly plan: number; readonly at: string }[];
  /** Somebody has asked for the approvers to be paged now. */
  readonly called?: { readonly by: Person; readonly at: string };
  readonly glass?: BrokenGlass;
  /** What this request's buttons carry; changes with each new plan. */
  readonly token: string;
  /** Number of the execution: 1, 2 after a stop that was finished. */
  readonly run: number;
  readonly approvedAt?: string;
  readonly stamp?: Stamp;
  /** Before-values that changed between plan and start, in words. */
  readonly disclosed: readonly string[];
  readonly steps: readonly StepReport[];
  /** A playbook's steps that have ended, by key. */
  readonly outcomes?: { readonly [key: string]: StepOutcome };
  readonly halt?: Halt;
  readonly stoppedBy?: Person;
  readonly stoppedAt?: string;
  readonly undoStartedAt?: string;
  /** What it was before the undo of a part of it, and is again after that. */
  readonly undoneFrom?: RequestState;
  readonly failure?: { readonly step: string; readonly because: string };
  readonly ended?: { readonly at: string; readonly lines: readonly string[] };
  /** How often verification was tried since the last change. */
  readonly checks: number;
  /** What was taken back while it ran, the oldest first. */
  readonly counters?: readonly Counter[];
  /** When people are asked the next time whether it is still needed. */
  readonly reviewAt?: string;
  /** When they were asked last. */
  readonly reviewAskedAt?: string;
  /** When it is looked at the next time, while it is in force. */
  readonly watchAt?: string;
  /** What the looks found that is not as Cordon left it. */
  readonly changed?: Changed;
  /** Since when it cannot be looked at, and why. */
  readonly unseen?: { readonly at: string; readonly because: string };
  /** When it is undone by itself, where the action has an end of its own. */
  readonly endsAt?: string;
  /** A suppression's end. */
  readonly holdsUntil?: string;
  /** Since when Cordon hides what the plan suppresses. */
  readonly hidesSince?: string;
  /** When people were told that it ends within a day. */
  readonly endAnnouncedAt?: string;
  /** Ids of its changes that were undone while the rest stayed. */
  readonly undoneItems?: readonly string[];
  /** The undo request in charge while undoing. */
  readonly undoneBy?: string;
  readonly outbox: readonly AuditDraft[];
}

/** The state machine's name for one run; Step Functions refuses a second one of the same name. */
export const executionName = (request: Pick<Request, 'id' | 'run'>): string =>
  `${request.id}-${request.run}`;

/** Still able to change AWS, or waiting for people who may make it so. */
export const isOpen = (request: Request): boolean =>
  ['announced', 'pending', 'approved', 'executing', 'stopping', 'undoing'].includes(request.state);

/** A containment that nothing ends by itself, so that people have to be asked. */
export const isReviewed = ({ plan, holdsUntil, endsAt }: Request): boolean =>
  plan.reversible.kind !== 'no' && !holdsUntil && !endsAt;

/** In force by the record, and not as Cordon left it by the last look. */
export const isChanged = ({ state, changed }: Pick<Request, 'state' | 'changed'>): boolean =>
  state === 'contained' && changed !== undefined && !changed.over;

/** A run began: what it is carried out on is settled, and is not planned again. */
export const hasBegun = ({ steps, outcomes }: Request): boolean =>
  steps.length > 0 || outcomes !== undefined;

/** Of an undo that leaves something contained: the ids of the changes that it takes back. */
export const itemsOf = ({
  kind,
  plan,
}: Pick<Request, 'kind' | 'plan'>): readonly string[] | undefined =>
  kind === 'undo' && isInPart(plan) ? plan.changes.map(({ id }) => id) : undefined;

/** A rule asked for it, and no person agreed: whether it may run is asked of the configuration. */
export const isAutomatic = ({
  kind,
  requestedBy,
}: Pick<Request, 'kind' | 'requestedBy'>): boolean =>
  kind === 'contain' && requestedBy.kind === 'rule';

/** It changed something by itself, and nobody has looked at it yet. */
export const needsReview = (request: Request): boolean =>
  isAutomatic(request) &&
  !request.automation?.reviewed &&
  hasBegun(request) &&
  ['contained', 'failed', 'stopping', 'undo-failed'].includes(request.state);

/** Changes may be in force in AWS, so undo makes sense. */
export const canUndo = (request: Request): boolean =>
  request.kind === 'contain' &&
  request.plan.reversible.kind !== 'no' &&
  (request.state === 'contained' ||
    request.state === 'undo-failed' ||
    // A step without an answer may be in force all the same; the undo plan reads live state.
    ((request.state === 'failed' || request.state === 'stopping') && request.steps.length > 0));
