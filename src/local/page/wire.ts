/** What the local world answers, as docs/local-world.md describes it. The page trusts these shapes: same origin, same repository. */
import type { KnownBlock, ModalView } from '@slack/types';

/** Cordon's own user in the local workspace; everybody else is a person. */
export const botUser = 'U0CORDON';

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly real_name: string;
  readonly title: string;
  readonly team_id: string;
  readonly guest: boolean;
  readonly groups: readonly string[];
}

interface Group {
  readonly id: string;
  readonly handle: string;
  readonly users: readonly string[];
}

export interface Attachment {
  readonly color?: string;
  readonly text?: string;
  readonly blocks?: readonly KnownBlock[];
}

export interface Message {
  readonly ts: string;
  readonly thread_ts?: string;
  readonly user: string;
  readonly text: string;
  readonly blocks?: readonly KnownBlock[];
  readonly attachments?: readonly Attachment[];
  readonly edited?: boolean;
  readonly reply_broadcast?: boolean;
  readonly replies?: readonly Message[];
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  /** The person, where it is their conversation with the app. */
  readonly with?: string;
  readonly messages: readonly Message[];
}

export interface Modal {
  readonly id: string;
  readonly user: string;
  readonly view: Omit<ModalView, 'blocks'> & { readonly blocks: readonly KnownBlock[] };
  readonly errors?: { readonly [blockId: string]: string };
}

interface HomeTab {
  readonly user: string;
  readonly view: { readonly id: string; readonly blocks: readonly KnownBlock[] };
}

export interface Ephemeral {
  readonly id: string;
  readonly user: string;
  readonly channel: string;
  readonly thread_ts?: string;
  readonly text: string;
  readonly blocks?: readonly KnownBlock[];
  readonly at: string;
}

interface Canvas {
  readonly id: string;
  readonly title: string;
  readonly markdown: string;
}

export interface SlackState {
  /** ISO 8601, the local world's clock. */
  readonly now: string;
  readonly team: { readonly id: string; readonly name: string };
  readonly users: readonly Person[];
  readonly groups: readonly Group[];
  /** In the menu of every message. */
  readonly shortcuts: readonly { readonly callback_id: string; readonly name: string }[];
  readonly channels: readonly Channel[];
  readonly modals: readonly Modal[];
  readonly homes: readonly HomeTab[];
  readonly canvases: readonly Canvas[];
  readonly ephemerals: readonly Ephemeral[];
}

export interface NetworkInterface {
  readonly id: string;
  readonly groups: readonly string[];
  readonly quarantined: boolean;
  readonly ip: string;
  readonly ipv6: readonly string[];
}

export interface Instance {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly vpc: string;
  readonly interfaces: readonly NetworkInterface[];
}

export interface SecurityGroup {
  readonly id: string;
  readonly name: string;
  readonly vpc: string;
  readonly quarantine: boolean;
  readonly ingress: readonly string[];
  readonly egress: readonly string[];
}

interface AccessKey {
  readonly id: string;
  readonly status: string;
  readonly lastUsed?: string;
}

export interface Bucket {
  readonly name: string;
  /** The settings that are on of its block of public access. */
  readonly block?: readonly string[];
  readonly blocked: boolean;
  readonly policy?: string;
  readonly publicPolicy: boolean;
  readonly quarantined: boolean;
}

export interface Role {
  readonly name: string;
  /** Names of its inline policies. */
  readonly policies: readonly string[];
}

/** A snapshot or a machine image. */
export interface Copy {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  /** Taken by Cordon to be kept. */
  readonly evidence: boolean;
  readonly sharedWith: readonly string[];
  readonly locked?: string;
}

/** A function, a key, a network ACL …: what a response changes of it, in words. */
export interface Service {
  readonly kind: string;
  readonly id: string;
  readonly state: string;
  /** Nothing of it is stopped, off or open. */
  readonly normal: boolean;
}

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly instances: readonly Instance[];
  readonly securityGroups: readonly SecurityGroup[];
  readonly copies?: readonly Copy[];
  readonly buckets: readonly Bucket[];
  readonly users: readonly {
    readonly name: string;
    /** Names of its managed policies. */
    readonly policies?: readonly string[];
    readonly keys: readonly AccessKey[];
  }[];
  readonly roles: readonly Role[];
  readonly findings: readonly {
    readonly id: string;
    readonly service: string;
    readonly type: string;
    readonly archived: boolean;
    readonly workflow?: string;
    readonly feedback?: string;
  }[];
  /** Everything else that a response changes, one line each. */
  readonly services?: readonly Service[];
}

export interface AwsState {
  readonly accounts: readonly Account[];
  /** Names of the objects in Cordon's evidence bucket that captures wrote. */
  readonly evidence?: readonly string[];
}

export interface AwsCall {
  readonly n: number;
  readonly at: string;
  readonly function: string;
  readonly role: string;
  readonly account: string;
  readonly region: string;
  readonly service: string;
  readonly operation: string;
  readonly input: unknown;
  readonly error?: unknown;
}

/** The part of an audit entry (src/audit/entry.ts) that the page draws. */
export interface AuditRow {
  readonly seq: number;
  readonly at: string;
  readonly kind: string;
  readonly actor: string;
  readonly because: string;
  readonly request?: string;
  readonly hash?: string;
}

export interface Fault {
  readonly service?: string;
  readonly operation?: string;
  readonly method?: string;
  readonly kind: 'error' | 'throttle' | 'deny' | 'timeout' | 'delay';
  readonly count?: number;
  readonly delayMs?: number;
}

export interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

/** What the web function answered to Slack; `problem` says what Slack would complain about. */
export interface Interaction {
  readonly status?: number;
  readonly body?: unknown;
  readonly problem?: string;
}

export interface EventsAnswer {
  readonly accepted: number;
  readonly dropped: readonly { readonly index: number; readonly because: string }[];
}

/** What `GET /balance` answers (src/flows/alerts/read-balance.ts). */
export interface BalanceReading {
  readonly balance: {
    readonly received: number;
    readonly shown: number;
    readonly grouped: number;
    readonly suppressed: number;
    readonly digest: number;
    readonly ignored: number;
    readonly waiting: number;
    readonly undecided: number;
  };
  readonly queue: { readonly waiting: number; readonly dead: number };
  readonly verdict:
    | { readonly kind: 'balanced' }
    | { readonly kind: 'unbalanced'; readonly lost: number; readonly invented: number };
}

/** Everything the page shows, fetched together. */
export interface World {
  readonly slack: SlackState;
  readonly aws: AwsState;
  readonly calls: readonly AwsCall[];
  readonly audit: readonly AuditRow[];
  readonly balance: BalanceReading;
  readonly faults: readonly Fault[];
  readonly scenarios: readonly Scenario[];
}
