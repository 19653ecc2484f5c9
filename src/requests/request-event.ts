/** What can happen to a request, and the shape of the answer: the next state, or why not. */
import type { Plan } from '../actions/action.ts';
import { type AuditDraft, draftIdOf } from '../audit/entry.ts';
import type { Deadlines } from './deadlines.ts';
import type { Person } from './person.ts';
import {
  type BrokenGlass,
  type CounterMove,
  type Halt,
  itemsOf,
  type Request,
  type Stamp,
  type StepReport,
  type Vote,
} from './request.ts';
import { requesterUser } from './requester.ts';

export type RequestEvent =
  /** Somebody stops what a rule announced. */
  | { readonly kind: 'veto'; readonly by: Person; readonly token: string }
  /** Its time is over, or an approver does not want to wait. */
  | {
      readonly kind: 'launch';
      readonly stamp: Stamp;
      readonly hurried?: { readonly by: Person; readonly token: string };
    }
  /** Its guards do not hold any more. */
  | { readonly kind: 'call-off'; readonly code: string; readonly because: string }
  /** Somebody looked at what ran by itself. */
  | { readonly kind: 'reviewed'; readonly by: Person; readonly token: string }
  | { readonly kind: 'vote'; readonly vote: Vote; readonly token: string; readonly stamp: Stamp }
  | {
      readonly kind: 'withdraw';
      readonly by: Person;
      readonly token: string;
      /** An administrator takes back what somebody else asked for. */
      readonly admin?: true;
    }
  | {
      readonly kind: 'break-glass';
      readonly glass: BrokenGlass;
      readonly token: string;
      readonly stamp: Stamp;
    }
  /** The approvers are to be paged now. */
  | { readonly kind: 'call'; readonly by: Person; readonly token: string }
  /** Nobody has answered: people are told again. */
  | { readonly kind: 'remind' }
  | { readonly kind: 'expire' }
  | { readonly kind: 'restamp'; readonly stamp: Stamp }
  /** Its execution is dead: a new one takes up the journal. */
  | { readonly kind: 'revive'; readonly stamp: Stamp }
  | {
      readonly kind: 'drift';
      readonly plan: Plan;
      readonly token: string;
      readonly deadlines: Deadlines;
    }
  | {
      readonly kind: 'start';
      readonly plan: Plan;
      readonly disclosed: readonly string[];
      readonly steps: readonly StepReport[];
    }
  | { readonly kind: 'progress'; readonly steps: readonly StepReport[] }
  | { readonly kind: 'stop'; readonly by: Person; readonly token: string }
  | {
      readonly kind: 'finish';
      readonly by: Person;
      readonly token: string;
      readonly stamp: Stamp;
      /** What the person says of the step at which a playbook halted; the step is tried again when absent. */
      readonly says?: { readonly state: 'done' | 'skipped'; readonly because: string };
    }
  /** A step of a playbook is done and read back, or has no meaning any more. */
  | {
      readonly kind: 'step-end';
      readonly step: string;
      readonly state: 'done' | 'skipped';
      readonly lines: readonly string[];
    }
  /** A playbook stands still: a step failed, or it is a person's turn. */
  | { readonly kind: 'halt'; readonly halt: Halt; readonly token: string }
  | { readonly kind: 'check-again' }
  /** What was contained is not so any more: told before it is put back. `plan` and `steps` as they are then. */
  | {
      readonly kind: 'counter';
      readonly part: string;
      readonly moves: readonly CounterMove[];
      readonly plan: Plan;
      readonly steps: readonly StepReport[];
    }
  | {
      readonly kind: 'succeed';
      readonly lines: readonly string[];
      readonly reviewAt?: string;
      /** When it is looked at for the first time. */
      readonly watchAt?: string;
      /** Who carried it out, where nothing changed in AWS: not the executor. */
      readonly by?: 'cordon:worker';
    }
  | { readonly kind: 'fail'; readonly step: string; readonly because: string }
  /** A suppression's end finds that somebody else already changed what it left. */
  | { readonly kind: 'release'; readonly because: string; readonly restored: boolean }
  /** What the plan suppresses is hidden from now on. */
  | { readonly kind: 'hides' }
  /** A suppression ends within a day. */
  | { readonly kind: 'ends-soon' }
  /** It was looked at: what is not as Cordon left it, or why nothing could be read. */
  | {
      readonly kind: 'watch';
      readonly moves: readonly CounterMove[];
      readonly unseen?: string;
      /** None where the configuration wants no more looks. */
      readonly nextAt?: string;
    }
  /** People are asked whether it is still needed, and again at `nextAt`. */
  | { readonly kind: 'review'; readonly nextAt: string }
  | ({ readonly kind: 'undo-start'; readonly undo: string } & UndoneParts)
  | ({ readonly kind: 'undo-end'; readonly undo: string; readonly undone: boolean } & UndoneParts);

/** Only this is undone, and the rest is as it was; the whole where it names nothing. */
interface UndoneParts {
  /** Key of one step of a playbook. */
  readonly step?: string;
  /** Ids of changes. */
  readonly items?: readonly string[];
}

/** What an undo request takes back, for whoever tells the request that it undoes. */
export const undoneParts = (undo: Request): UndoneParts => {
  const items = itemsOf(undo);
  return {
    ...(undo.undoesStep ? { step: undo.undoesStep } : {}),
    ...(items ? { items } : {}),
  };
};

export type TransitionRefusal = {
  readonly kind: 'refused';
  readonly code:
    | 'other-plan'
    | 'expired'
    | 'already-voted'
    | 'step-up-needed'
    | 'own-request'
    | 'wrong-state'
    | 'not-yours'
    | 'not-this-tier'
    | 'already-called'
    | 'undone-by-another';
  readonly because: string;
  /** Slack user id of the one who decided before. */
  readonly who?: string;
};

export type Moved = { readonly kind: 'moved'; readonly request: Request };

export const refused = (code: TransitionRefusal['code'], because: string): TransitionRefusal => ({
  kind: 'refused',
  code,
  because,
});

interface Next {
  readonly change: Partial<Request>;
  readonly audit: string;
  readonly actor: string;
  readonly because: string;
  readonly detail?: AuditDraft['detail'];
}

export const moved = (request: Request, at: string, next: Next): Moved => {
  const version = request.version + 1;
  const draft: AuditDraft = {
    id: draftIdOf(request.id, version),
    at,
    kind: next.audit,
    actor: next.actor,
    case: request.caseId,
    request: request.id,
    because: next.because,
    ...(next.detail ? { detail: next.detail } : {}),
  };
  return {
    kind: 'moved',
    request: { ...request, ...next.change, version, outbox: [...request.outbox, draft] },
  };
};

/** What became of a request, for the one who came too late. */
export const outcome = (request: Request): string => {
  switch (request.state) {
    case 'announced':
      return 'it is announced and counts down';
    case 'pending':
      return 'it is still waiting for approval';
    case 'approved':
    case 'executing':
      return request.votes.length > 0
        ? 'it is already approved and running'
        : 'it is already running';
    case 'stopping':
      return request.halt ? 'it stands still at a step' : 'it was stopped';
    case 'contained':
      return 'it is already done and verified';
    case 'denied':
      return request.automation ? 'somebody stopped it' : 'it was denied';
    case 'expired':
      return 'it expired before it had its approvals';
    case 'withdrawn':
      return request.automation ? 'it was called off' : 'the requester withdrew it';
    case 'failed':
      return 'it already ran and failed';
    case 'undoing':
      return 'it is being undone';
    case 'undone':
      return 'it is already undone';
    case 'undo-failed':
      return 'its undo failed';
    default:
      return request.state satisfies never;
  }
};

/** Slack user id of the one whose decision stands; nobody's where a rule decided. */
export const decidedBy = (request: Request): string | undefined =>
  request.state === 'stopping' && request.stoppedBy
    ? request.stoppedBy.user
    : (request.glass?.by.user ??
      request.votes.at(-1)?.person.user ??
      request.automation?.hurried?.by.user ??
      requesterUser(request.requestedBy));

export const wrongState = (request: Request): TransitionRefusal => {
  const who = decidedBy(request);
  return { ...refused('wrong-state', `Too late: ${outcome(request)}.`), ...(who ? { who } : {}) };
};

export const oldCard = (request: Request, token: string): TransitionRefusal | undefined =>
  token === request.token
    ? undefined
    : refused(
        'other-plan',
        'This card shows an older plan. Live state changed, and a new plan waits in the thread.',
      );
