/**
 * The contract of one response action: what it would change, how each change is read, made,
 * checked and taken back. One action, one file, one line in src/actions/index.ts.
 *
 * An action is a list of *registers*: values in AWS that can be read and written. A plan says
 * which register goes from which value to which; execution journals the value before writing it;
 * undo writes the journalled value back. So retry, resume, drift and undo are the same for all
 * actions and live in src/execution/.
 */
import type { Resource } from '../findings/finding.ts';
import type { SuppressionTerms } from '../findings/scope.ts';
import type { Aws, Operation } from './aws.ts';
import type { EvidenceSettings, IsolationSettings } from './instance-choices.ts';
import type { RoleNames } from './role-names.ts';

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/**
 * How much consent an action needs: 0 nobody's, 1 one responder, 2 a responder and another
 * approver, 3 two approvers and a step-up.
 */
export type Tier = 0 | 1 | 2 | 3;

/** The member-account role whose power an action needs (design: opt-in by power). */
export type ResponseRole =
  | 'respond'
  | 'respond-identity'
  | 'respond-findings'
  | 'respond-organization';

/** A role that Cordon assumes in an account: the read role plans, a response role changes. */
export type MemberRole = 'read' | ResponseRole;

/** One register's planned change, in plan order. `before` and `after` are what people see. */
export interface Change {
  /** Stable within the plan and across re-plans: `eni-0abc/groups`. */
  readonly id: string;
  /** Plain words of ours with ids only: `Security groups of eni-0abc`. */
  readonly label: string;
  readonly before: Json;
  readonly after: Json;
  /** It came into being while the rest was contained, and was added then: undo leaves it as it is. */
  readonly appeared?: true;
}

/** A change that people take in or leave out before they ask for the plan. */
export interface Choice {
  readonly change: Change;
  /** Before anybody chose: whether it is taken in unless they say otherwise. */
  readonly chosen: boolean;
  /** Said in the plan while it is left out. */
  readonly without: string;
  /** What of it cannot be undone, in a sentence. */
  readonly lasting?: string;
  /** Why nobody may choose it. */
  readonly barred?: string;
}

type BlastRadius = 'this resource only' | 'shared with others' | 'whole account';

export interface Plan {
  readonly kind: 'plan';
  readonly action: string;
  readonly target: Resource;
  /** One line: what will be done to what. */
  readonly summary: string;
  readonly changes: readonly Change[];
  /** What people may take in or leave out (src/actions/choices.ts): what is chosen is in `changes` too. */
  readonly choices?: readonly Choice[];
  /** What this action does not stop, said before anybody approves. */
  readonly cannot: readonly string[];
  readonly blastRadius: { readonly class: BlastRadius; readonly lines: readonly string[] };
  readonly reversible:
    | { readonly kind: 'yes' }
    | { readonly kind: 'partly' | 'no'; readonly because: string };
  readonly tier: Tier;
  /** Days until it ends by itself, where people were asked. */
  readonly holdsDays?: number;
  /** Hours after which it is undone by itself, where the action has an end of its own. */
  readonly holdsHours?: number;
  /** What Cordon itself hides from then on; the changes are what AWS gets besides, perhaps none. */
  readonly suppresses?: SuppressionTerms;
  /** Id of the drill that it is rehearsed in; never carried out. */
  readonly drill?: string;
  /** The plan of several actions: then `action` is the playbook's id and this is what it consists of. */
  readonly playbook?: PlannedPlaybook;
}

/** In which order an incident is worked through. */
export const phases = ['contain', 'evidence', 'eradicate', 'recover', 'verify'] as const;
export type Phase = (typeof phases)[number];

interface PlacedStep {
  /** Eight hex digits: names the step inside its case. */
  readonly key: string;
  readonly phase: Phase;
  /** `Contain IAM user: ci-deploy`. */
  readonly title: string;
  /** Keys of steps without which this one has no meaning: skipped when one of them was. */
  readonly needs?: readonly string[];
}

export type PlannedStep =
  /** An action with its own plan; its changes are in the whole plan too, their ids behind `key/`. */
  | (PlacedStep & { readonly kind: 'action'; readonly plan: Plan })
  /** A person does it and says so; the run waits for them. */
  | (PlacedStep & { readonly kind: 'manual'; readonly instructions: readonly string[] })
  /** Every action of the run is read back once more. */
  | (PlacedStep & { readonly kind: 'check' });

interface PlannedPlaybook {
  readonly title: string;
  /** In the order in which they run. */
  readonly steps: readonly PlannedStep[];
}

export type RefusalCode =
  | 'not-found'
  | 'already-contained'
  | 'wrong-state'
  | 'not-supported'
  | 'not-ours'
  | 'exempt'
  | 'own-resource'
  | 'temporary-credentials'
  | 'root'
  | 'managed-by-aws'
  | 'not-permitted'
  | 'tampered'
  | 'unknown-account'
  | 'observed'
  | 'role-missing'
  | 'role-outdated'
  | 'sample'
  | 'needs-people';

/** Why an action will not be planned, and what to do instead. */
export interface Refusal<C extends RefusalCode = RefusalCode> {
  readonly kind: 'refusal';
  readonly code: C;
  readonly because: string;
  readonly instead: string;
}

/** A value in AWS that a plan changes. Reading and writing are idempotent. */
export interface Register {
  /** The change's id that it carries out. */
  readonly id: string;
  /** What the step is called while it runs: `Swap security groups of eni-0abc`. */
  readonly title: string;
  /** What is leased while it runs, `account/region/resource`. */
  readonly resource: string;
  /** False for what stays behind after undo (a quarantine group). */
  readonly undoable: boolean;
  /** Not undoable, and yet somebody may take it back, so that it is looked at: a deleted password. */
  readonly holds?: true;
  /** Values that are no weaker than what a containment leaves, so that nothing is put back: a deleted key. */
  readonly harmless?: readonly Json[];
  /**
   * The AWS operations that it uses to read and write, where they are fewer than the action's of a
   * phase: its session can make no other call.
   */
  readonly uses?: readonly Operation[];
  /**
   * Neighbours in the plan that name the same stage are written side by side: their order does not
   * matter. Without one, a register is written when the one before it is done.
   */
  readonly stage?: string;
  /** The live value, in the form that the plan's before and after use. */
  read(aws: Aws): Promise<Json>;
  /** Makes the live value equal `value`; throws AWS's error when it cannot. */
  write(value: Json, aws: Aws): Promise<void>;
  /**
   * Values that a write goes through on its way: found there after a crash, they are its own doing, so
   * the write and its undo go on from there.
   */
  readonly passes?: readonly Json[];
  /**
   * For a value that AWS brings about slowly (an instance that stops): `read` answers where it is
   * going, and nothing is called contained or undone before it is at rest.
   */
  readonly settles?: {
    readonly withinSeconds: number;
    atRest(aws: Aws): Promise<boolean>;
  };
}

export type Verification =
  | { readonly kind: 'verified'; readonly lines: readonly string[] }
  | { readonly kind: 'not-verified'; readonly because: string };

/** What the configuration says about planning. */
export interface PlanSettings {
  /** What carries this tag key is never planned. */
  readonly exemptTag: string;
  /** Accounts that the configuration names, by id: what is shared with them stays shared. */
  readonly accounts?: Readonly<Record<string, unknown>>;
  /** Roles of people for emergencies, by name: whatever denies everybody else leaves them in. */
  readonly breakGlassRoles?: readonly string[];
  /** What Cordon's own roles are called; `defaultRoleNames` when left out. */
  readonly roleNames?: RoleNames;
  /** What is captured of an instance beyond what AWS itself shows; nothing when left out. */
  readonly evidence?: EvidenceSettings;
  /** What isolating an instance does beyond the rest; none of it when left out. */
  readonly isolation?: IsolationSettings;
}

/** What holds where the caller has no configuration at hand. */
export const defaultPlanSettings: PlanSettings = { exemptTag: 'ir-exempt' };

/**
 * `T` is the kind of resource it works on, `C` are the codes of the refusals that its planning can
 * give; a list of actions holds `Action`.
 */
export interface Action<T extends Resource = Resource, C extends RefusalCode = RefusalCode> {
  /** kebab-case, stable for ever: it is in audit entries and buttons. */
  readonly id: string;
  /** What it does, for lists: `Isolate EC2 instance`. */
  readonly title: string;
  /** One sentence or two for docs/actions.md: which values it changes, in their order. */
  readonly does: string;
  /** The button: at most 30 characters. */
  readonly label: string;
  readonly on: T['kind'];
  readonly tier: Tier;
  readonly role: ResponseRole;
  /** The first version of that role that allows all it does (src/actions/role-version.ts); else 1. */
  readonly needsRoleVersion?: number;
  /** IAM actions by phase; the policies are generated from them. */
  readonly permissions: {
    readonly plan: readonly Operation[];
    readonly execute: readonly Operation[];
    readonly verify: readonly Operation[];
    readonly undo: readonly Operation[];
  };
  /** Nothing takes it back, whatever the target; its plans say why. */
  readonly lasting?: true;
  /**
   * It only tells the service that keeps a finding what people said of it, and contains nothing: asked
   * for by resolving a case, offered on no card, counted and reviewed as no containment.
   */
  readonly closes?: true;
  /** Hours until the card asks "still needed?" after verification. */
  readonly reviewAfterHours: number;
  /**
   * Seconds between the last change and reading back, where AWS applies a change late (IAM): what
   * was taken back in that time is then seen. None when absent.
   */
  readonly settleSeconds?: number;
  /** Whether the people are asked until when it shall hold (a suppression). */
  readonly expires: boolean;
  /**
   * Offered wherever one of these is, behind what the rule itself names: what nearly every finding
   * about the resource makes worth looking at.
   */
  readonly offeredWith?: readonly string[];
  /** When it is refused, by code, in words: docs/actions.md lists it, and the compiler holds it to `plan`. */
  readonly refuses: Readonly<{ [code in C]?: string }>;
  /** What it never stops, whatever the target: every plan says it in `cannot`. */
  readonly limits: readonly string[];
  /** True when this action can be offered for the resource at all; no AWS call. */
  offeredFor(target: T): boolean;
  plan(target: T, aws: Aws, settings?: PlanSettings): Promise<Plan | Refusal<C>>;
  /** One register for each change, same order. */
  registers(plan: Plan): readonly Register[];
  /**
   * What the plan promises to contain and did not name, because it was not there yet: a key that was
   * made since. Asked where reading back finds something else than was promised, and later now and then.
   */
  readonly appeared?: (plan: Plan, aws: Aws) => Promise<readonly Change[]>;
  /** Reads back everything that the plan promised. */
  verify(plan: Plan, aws: Aws): Promise<Verification>;
  /** What makes AWS refuse the undo as things are now, where no register of the plan shows it. */
  readonly refuseUndo?: (plan: Plan, aws: Aws) => Promise<Refusal | undefined>;
  /** What undo cannot bring back, said in the undo plan. */
  readonly undoCannot: readonly string[];
  /**
   * The same with the AWS CLI, for somebody without Cordon: docs/playbooks.md has them. Words in
   * capitals stand for names and ids; a line that starts with `#` is told, not typed.
   */
  readonly byHand: readonly string[];
}

/** Keeps the literal types and freezes the definition. Each code of `C` needs its words. */
export const defineAction = <T extends Resource, C extends RefusalCode>(
  action: Action<T, C> & { readonly refuses: Readonly<Record<C, string>> },
): Action<T, C> => Object.freeze(action);

/** Shorthand for a typed refusal. */
export const refuse = <C extends RefusalCode>(
  code: C,
  because: string,
  instead: string,
): Refusal<C> => ({
  kind: 'refusal',
  code,
  because,
  instead,
});
