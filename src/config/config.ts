/** The one typed configuration file, `cordon.config.ts`. No secrets in it. */
import type { Tier } from '../actions/action.ts';
import type { EvidenceSettings, IsolationSettings } from '../actions/instance-choices.ts';
import type { RoleNames } from '../actions/role-names.ts';
import type { Severity, Source } from '../findings/finding.ts';
import type { EscalationPolicy } from '../rules/escalation.ts';
import type { OnCall, Rotation } from '../rules/on-call.ts';
import type { QuietHours } from '../rules/quiet-hours.ts';
import type { Route } from '../rules/route.ts';
import type { Rule } from '../rules/rule.ts';
import type { AccountSettings, KnownAccount, UnitSettings } from './account-settings.ts';
import type { AutomationSettings } from './automation.ts';
import type { DeploymentSettings } from './deployment-settings.ts';
import type { DrillSettings } from './drill-settings.ts';
import type { NetworkSettings } from './network-settings.ts';
import type { ScopedRole, TierRule } from './scope.ts';

/** Slack people: user ids (`U…`) and user-group ids (`S…`). Nobody when both are empty. */
export interface People {
  readonly users?: readonly string[];
  readonly groups?: readonly string[];
}

/** One human with several Slack accounts, so that they count as one person. */
export interface Identity {
  /** Corporate id, also the AWS source identity: 2–64 of `[\w+=,.@-]`. */
  readonly id: string;
  readonly slack: readonly string[];
  /**
   * Who they are in AWS: IAM user names, role session names, ARNs or the ends of ARNs, `*` for any text.
   * They are asked about findings of these. In a case about one of them they decide nothing.
   */
  readonly aws?: readonly string[] | undefined;
  /**
   * As whom they sign in at `stepUp.oidc`: subjects (`sub`) or e-mail addresses that the issuer has verified.
   * Where `id` is an e-mail address, it counts too.
   */
  readonly signIn?: readonly string[] | undefined;
}

/** An OpenID Connect issuer that people sign in to anew, as a public client with PKCE. */
export interface SignInSettings {
  /** As the issuer spells it: `https://login.example.com`. */
  readonly issuer: string;
  readonly clientId: string;
}

/** What is gathered about a case without being asked. */
export interface GatherSettings {
  /** By account id, and `*` for whatever an account's own entry leaves out. */
  readonly network: Readonly<Record<string, NetworkSettings>>;
  /** Cases of this severity and worse; `off`: only when somebody asks. */
  readonly from: Severity | 'off';
  /** Of one account within an hour, by itself; those after it are gathered when somebody asks. */
  readonly casesPerHour: number;
}

export interface DigestSettings {
  /** Local time, `HH:MM` of 24 hours. On Mondays it tells about the week. */
  readonly at: string;
  /** IANA name: `Europe/Madrid`. */
  readonly timeZone: string;
  /** Channel id (`C…`). */
  readonly channel?: string | undefined;
  /** The targets that the digest measures: from the opening of a case. */
  readonly containMinutes: number;
  readonly resolveHours: number;
}

/** What the author of `cordon.config.ts` writes. */
export interface CordonConfigInput {
  /** Slack team id (`T…`) the app is installed in; clicks from any other are refused. */
  readonly workspace: string;
  /** Slack organisation id (`E…`), where the workspace belongs to one; clicks of any other, or of none, are refused. */
  readonly enterprise?: string | undefined;
  /** Channel id (`C…`) for cards. */
  readonly channel: string;
  /**
   * Channels that more people read than may act. Account ids, key ids, ARNs and addresses are masked
   * there; Details on a card shows them to who may see them, alone.
   */
  readonly wideChannels?: readonly string[];
  readonly responders: People;
  readonly approvers: People;
  /** Responders and approvers for some accounts, tags or actions only. */
  readonly scopedRoles?: readonly ScopedRole[];
  /** Who may look (commands, Home, plans) and nothing else. */
  readonly viewers?: People;
  /** Who may look, and withdraw anybody's request; they neither respond nor approve by that. */
  readonly admins?: People;
  /** Mentioned on cards at or above `severity.mention`, and again when nobody acknowledges in time. */
  readonly onCall?: People & { readonly rotation?: Rotation | undefined };
  /** Who is told, and how, when nobody acknowledges in time. */
  readonly escalation?: Partial<EscalationPolicy>;
  readonly identities?: readonly Identity[];
  /**
   * Known accounts by twelve-digit id; with `deployment.organization` those of Organizations too. Any other
   * account is shown, and never acted on.
   */
  readonly accounts: { readonly [accountId: string]: AccountSettings };
  /** Where response is on and by which actions, by the path of an organisational unit (`workloads/prod`). */
  readonly units?: { readonly [ou: string]: UnitSettings };
  /** Administrator account of GuardDuty and Security Hub, where findings are archived; among `accounts`. */
  readonly securityAccount: string;
  /** Home region of Cordon and of the security services' aggregation. */
  readonly homeRegion: string;
  /** Whose findings are read, every source's when left out; the others' are counted as ignored. */
  readonly sources?: readonly Source[];
  readonly severity?: {
    /** On-call people are mentioned from here on. */
    readonly mention?: Severity;
    /** Findings become cards from here on. */
    readonly card?: Severity;
    /**
     * From here on they are told in the digest; what is below is not even delivered. From `card` on when
     * it is not below that: then nothing is told by the digest alone.
     */
    readonly digest?: Severity;
  };
  /** Where cards go other than to `channel`; the first that matches a finding decides. */
  readonly routes?: readonly Route[];
  /**
   * When nobody is mentioned for what is below HIGH. Without effect unless `severity.mention` is
   * below HIGH; cards are shown at any hour.
   */
  readonly quietHours?:
    | (Pick<QuietHours, 'timeZone'> & Partial<Omit<QuietHours, 'timeZone'>>)
    | undefined;
  /** Tiers other than an action's own, by account, tag or action; before `tiers`. */
  readonly tierRules?: readonly TierRule[];
  /** Tiers other than an action's own, by action id. No action goes without consent, so not 0. */
  readonly tiers?: { readonly [actionId: string]: Exclude<Tier, 0> };
  /** Defaults to the built-in rules. */
  readonly rules?: readonly Rule[];
  readonly approval?: {
    /** Minutes, by tier. */
    readonly tier2Minutes?: number;
    readonly tier3Minutes?: number;
    /** Minutes after verification in which requester or approver may undo alone. */
    readonly quickUndoMinutes?: number;
    /** Hours after which a new passkey counts for approvals of tier 3. */
    readonly newPasskeyHours?: number;
    /** Minutes after a request at which people are told again that nobody has answered. */
    readonly reminderMinutes?: readonly number[];
    /**
     * Minutes after a request at which approvers are paged, past Slack; at half of its time when left
     * out. `[0, 2, 5]` where a lone responder can break no glass.
     */
    readonly pageMinutes?: readonly number[] | undefined;
    /**
     * Whether whoever is on call may go on without an approver: at tier 2, with a reason, told to
     * everybody in the channel and by the pager.
     */
    readonly breakGlass?: boolean;
  };
  /** Other ways than a passkey to confirm an approval of tier 3. */
  readonly stepUp?: { readonly oidc?: SignInSettings | undefined };
  readonly resolve?: {
    /**
     * Whether resolving a case also archives its findings in GuardDuty and sets their workflow in Security
     * Hub. Needs the findings role in the administrator account.
     */
    readonly writeBack?: boolean;
  };
  readonly containment?: {
    /**
     * Minutes after its verification at which a containment in force is read from AWS, to see whether
     * somebody changed it; the last one is repeated. An empty list: never.
     */
    readonly watchMinutes?: readonly number[];
  };
  readonly suppression?: {
    readonly defaultDays?: number;
    readonly maximumDays?: number;
    readonly maximumDaysCritical?: number;
  };
  /** What runs without waiting for people; nothing when left out. */
  readonly automation?: Partial<AutomationSettings>;
  /** When the digest is posted, and where when not in `channel`. */
  readonly digest?: Partial<DigestSettings>;
  /** When a closed case gets a review: true positives from this severity on. */
  readonly review?: { readonly from?: Severity };
  /** Rehearsals: where, how long, what goes wrong on purpose, and which come by themselves. */
  readonly drills?: Partial<DrillSettings>;
  /** Whether a service's own sample findings may be acted on; true only for rehearsal. */
  readonly actOnSamples?: boolean;
  /** EC2 instances or users that carry this tag key are never planned. */
  readonly exemptTag?: string;
  /** The key of the tag of an account, in Organizations, that says whom to ask about it. */
  readonly ownerTag?: string;
  /**
   * IAM roles of people for emergencies, by name (`ops/break-glass` with its path), the same in every
   * account. A bucket is only quarantined where at least one is named, and it stays open to them.
   */
  readonly breakGlassRoles?: readonly string[];
  /** What the roles of Cordon are called, its functions' and those in accounts (docs/install.md). */
  readonly roleNames?: Partial<RoleNames>;
  /** What is gathered about a case, and captured of an instance beyond what AWS itself shows. */
  readonly evidence?: Partial<EvidenceSettings & GatherSettings>;
  /** What isolating an instance does beyond the rest (docs/actions.md). */
  readonly isolation?: Partial<IsolationSettings>;
  /** How infra/ deploys Cordon. */
  readonly deployment?: Partial<DeploymentSettings>;
}

/** The loaded configuration: every default filled in. */
export interface CordonConfig {
  readonly workspace: string;
  readonly enterprise: string | undefined;
  readonly channel: string;
  readonly wideChannels: readonly string[];
  readonly responders: Required<People>;
  readonly approvers: Required<People>;
  readonly scopedRoles: readonly ScopedRole[];
  readonly viewers: Required<People>;
  readonly admins: Required<People>;
  readonly onCall: OnCall;
  readonly escalation: EscalationPolicy;
  readonly identities: readonly Identity[];
  readonly accounts: { readonly [accountId: string]: KnownAccount };
  /** How old the accounts of Organizations are; only in force, and only with `deployment.organization`. */
  readonly directory?: {
    /** ISO 8601 UTC; absent before the first reading. */
    readonly readAt?: string;
    readonly failing?: { readonly since: string; readonly because: string };
  };
  readonly units: { readonly [ou: string]: UnitSettings };
  readonly ownerTag: string;
  readonly securityAccount: string;
  readonly homeRegion: string;
  readonly sources: readonly Source[];
  readonly severity: {
    readonly mention: Severity;
    readonly card: Severity;
    readonly digest: Severity;
  };
  readonly routes: readonly Route[];
  readonly quietHours: QuietHours | undefined;
  readonly tierRules: readonly TierRule[];
  readonly tiers: { readonly [actionId: string]: Tier };
  readonly rules: readonly Rule[];
  readonly approval: {
    readonly tier2Minutes: number;
    readonly tier3Minutes: number;
    readonly quickUndoMinutes: number;
    readonly newPasskeyHours: number;
    readonly reminderMinutes: readonly number[];
    readonly pageMinutes: readonly number[] | undefined;
    readonly breakGlass: boolean;
  };
  readonly stepUp: { readonly oidc?: SignInSettings | undefined };
  readonly resolve: { readonly writeBack: boolean };
  readonly containment: {
    readonly watchMinutes: readonly number[];
  };
  readonly suppression: {
    readonly defaultDays: number;
    readonly maximumDays: number;
    readonly maximumDaysCritical: number;
  };
  readonly automation: AutomationSettings;
  readonly digest: DigestSettings;
  readonly review: { readonly from: Severity };
  readonly drills: DrillSettings;
  readonly actOnSamples: boolean;
  readonly exemptTag: string;
  readonly breakGlassRoles: readonly string[];
  readonly roleNames: RoleNames;
  readonly evidence: EvidenceSettings & GatherSettings;
  readonly isolation: IsolationSettings;
  readonly deployment: DeploymentSettings;
}
