/** What the story needs from outside; src/app/ gives each function the ports it has rights for. */

import type { ResponseRole } from '../actions/action.ts';
import type { Aws } from '../actions/aws.ts';
import type { Scope } from '../actions/session-policy.ts';
import type { Vault } from '../audit/ports.ts';
import type { CordonConfig } from '../config/config.ts';
import type { Drill } from '../drills/drill.ts';
import type { Pace } from '../posture/pace.ts';
import type { Standing } from '../requests/authority.ts';
import type { Person } from '../requests/person.ts';
import type { PreviewCase } from '../rules/suppression-preview.ts';
import type { CanvasMade, CanvasShared } from '../slack/canvases.ts';
import type { DesiredMessage } from '../slack/cards/desired-message.ts';
import type { Delivered } from '../slack/client.ts';
import type { HomeView } from '../slack/home/home-view.ts';
import type { Notice } from '../slack/modals/notice.ts';
import type { ModalView } from '../slack/modals/view.ts';
import type { AboutIndex } from '../store/about.ts';
import type { DirectoryStore } from '../store/account-directory.ts';
import type { AuditIndex } from '../store/audit-index.ts';
import type { AutomationStore } from '../store/automation.ts';
import type { CasesTable } from '../store/cases-table.ts';
import type { Digests } from '../store/digests.ts';
import type { DrillStore } from '../store/drills.ts';
import type { EndedCases } from '../store/ended-cases.ts';
import type { FollowUps } from '../store/follow-ups.ts';
import type { GatheredStore } from '../store/gathered.ts';
import type { Heartbeats } from '../store/heartbeats.ts';
import type { Homes } from '../store/homes.ts';
import type { MemberRoles } from '../store/member-roles.ts';
import type { Pages } from '../store/pages.ts';
import type { Passkeys } from '../store/passkeys.ts';
import type { PostureAnswers } from '../store/posture-answers.ts';
import type { RequestsTable } from '../store/requests-table.ts';
import type { Suppressions } from '../store/suppressions.ts';
import type { Site } from './step-up/webauthn.ts';

/** Time, ids and randomness come from here and nowhere else. */
export interface Chance {
  /** Milliseconds since 1970. */
  now(): number;
  /** At least 128 random bits, letters and digits. */
  id(): string;
}

export const isoNow = (chance: Chance): string => new Date(chance.now()).toISOString();

export const isoIn = (chance: Chance, milliseconds: number): string =>
  new Date(chance.now() + milliseconds).toISOString();

/** Tells the pacer that messages may be out of date: those of a case, or whatever it finds. */
export interface WakeUp {
  wake(caseId?: string, delaySeconds?: number): Promise<void>;
  /** Also in a storm, whose next turn is on its way: something has waited for too long already. */
  hurry(): Promise<void>;
}

/** A task for the worker from ingest, tick or step-up; none can approve by itself. */
export type Work =
  | { readonly kind: 'request-due'; readonly request: string }
  | { readonly kind: 'case-due'; readonly case: string }
  /** Somebody may be looking at a home tab that differs by now. */
  | { readonly kind: 'homes-due' }
  /** Of step-up: a ticket was used. What came of it lies in the passkeys table, which only step-up writes. */
  | { readonly kind: 'stepped-up'; readonly ticket: string }
  /** The time of a digest has come that was not made yet. */
  | { readonly kind: 'digest-due' }
  /** The time of a drill of the schedule has come. */
  | { readonly kind: 'game-day-due' }
  /** The accounts of the organisation are to be read, or to be read on. */
  | { readonly kind: 'accounts-due' };

export interface WorkQueue {
  send(work: Work): Promise<void>;
}

export interface Executions {
  /** Starts the state machine; `exists` when that name was started before. */
  start(name: string, request: string): Promise<'started' | 'exists'>;
  /** `gave-up` when it failed, timed out or was aborted; `other` for whatever else, or if there is none. */
  outcome(name: string): Promise<'gave-up' | 'other'>;
}

export interface AwsAccounts {
  as(session: {
    readonly role: 'read' | ResponseRole;
    readonly account: string;
    readonly region: string;
    readonly requestId: string;
    readonly caseId?: string;
    readonly sourceIdentity?: string;
    /** What the session is for; it can do nothing else. */
    readonly scope?: Scope;
    /** A drill has an AWS of its own. Never left out, so that nobody forgets to ask. */
    readonly drill: Drill | undefined;
  }): Promise<Aws>;
}

export interface Chat {
  /** Looks for a message posted earlier under this name; `gone` when there is none to be seen. */
  find(
    channel: string,
    name: string,
    place: { readonly since: string; readonly threadTs?: string },
  ): Promise<Delivered>;
  /** Edits the message at `ts`, else posts; `name` (`case/key`) is kept in its metadata. */
  deliver(
    channel: string,
    name: string,
    message: DesiredMessage,
    place: { readonly ts?: string; readonly threadTs?: string },
  ): Promise<Delivered>;
}

/** Cases opened since a time (ISO 8601 UTC), for previews; throws when they cannot be read. */
type RecentCases = (since: string) => Promise<readonly PreviewCase[]>;

/** How the worker talks to one person. */
export interface Screens {
  /** Fills an open modal; answers false when the person has closed it. */
  update(
    place: { readonly viewId?: string; readonly externalId?: string },
    view: ModalView,
  ): Promise<boolean>;
  /** Shows the person's home tab; false when Slack did not take it. */
  home(user: string, view: HomeView): Promise<boolean>;
  ephemeral(
    place: {
      readonly channel: string;
      readonly user: string;
      readonly threadTs?: string;
      readonly responseUrl?: string;
    },
    notice: Notice,
  ): Promise<void>;
  /** A message to everybody in a channel that belongs to no case. */
  say(channel: string, notice: Notice): Promise<void>;
}

/** Documents that people write in. */
interface Canvases {
  /** Makes one of its own, with Markdown in it. Never throws. */
  create(title: string, markdown: string): Promise<CanvasMade>;
  /** Lets the members of a channel read and write it. Repeatable; never throws. */
  share(canvas: string, channel: string): Promise<CanvasShared>;
}

interface Directory {
  standing(person: Person): Promise<Standing>;
  /** Who is in this user group has changed: what is remembered of it is old. */
  forget(group: string): void;
  /** Members of a user group. Throws when Slack cannot be asked. */
  members(group: string): Promise<ReadonlySet<string>>;
  /** Whether another organisation reads this channel, or is invited to. Throws when Slack cannot be asked. */
  shared(channel: string): Promise<boolean>;
}

export interface Ports {
  readonly config: CordonConfig;
  readonly chance: Chance;
  readonly cases: CasesTable;
  readonly requests: RequestsTable;
  readonly passkeys: Pick<Passkeys, 'of' | 'used'>;
  /** Where the step-up page is. */
  readonly site: Site;
  /** The kill switch, the breakers and the budgets of automation. */
  readonly automation: AutomationStore;
  readonly drills: DrillStore;
  /** The queue of what AWS sends; worker puts the events of drills there. */
  readonly intake: { send(message: object): Promise<void> };
  readonly suppressions: Suppressions;
  readonly recentCases: RecentCases;
  readonly about: AboutIndex;
  readonly auditIndex: AuditIndex;
  readonly pages: Pages;
  readonly homes: Homes;
  readonly digests: Digests<DesiredMessage>;
  readonly followUps: FollowUps;
  readonly endedCases: EndedCases;
  readonly heartbeats: Heartbeats;
  readonly memberRoles: MemberRoles;
  /** The accounts of the organisation, in the requests table: they say where Cordon may act. */
  readonly organization: DirectoryStore;
  /** The same in the cases table, for routes. */
  readonly places: Pick<DirectoryStore, 'keep'>;
  readonly wake: WakeUp;
  readonly work: WorkQueue;
  readonly executions: Executions;
  readonly aws: AwsAccounts;
  readonly posture: PostureAnswers;
  /** How fast posture and evidence may read. */
  readonly pace: Pace;
  /** Evidence as far as it is gathered. */
  readonly gathered: GatheredStore;
  /** The evidence bucket: an object is written once. */
  readonly vault: Pick<Vault, 'put'>;
  readonly chat: Chat;
  readonly screens: Screens;
  readonly canvases: Canvases;
  readonly directory: Directory;
}

/** What the worker has: it neither posts cards nor makes tasks for itself. */
export type WorkerPorts = Omit<Ports, 'chat' | 'work'>;
