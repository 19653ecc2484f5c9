/**
 * What the simulated AWS remembers of the services beside EC2, IAM and S3, by account and region.
 * Mutable on purpose, as src/local/world/state.ts.
 */
import type { Tags } from './state.ts';

/** Where a value is going by itself; `at` in milliseconds since the epoch. */
interface Becoming<T> {
  readonly to: T;
  readonly at: number;
}

export interface LambdaFunction {
  readonly name: string;
  /** Of the role that it runs as. */
  readonly role: string;
  /** Seconds. */
  readonly timeout: number;
  tags: Tags;
  /** Reserved concurrency; none when absent. */
  reserved?: number;
  /** By version or alias. */
  readonly provisioned: Map<string, number>;
  /** ARNs of queues and streams. */
  readonly sources: readonly string[];
  /** JSON text of its resource policy. */
  policy?: string;
  /** The function that this one is a replica of, at the edge. */
  readonly replicaOf?: string;
}

export interface KmsKey {
  readonly id: string;
  state:
    | 'Enabled'
    | 'Disabled'
    | 'PendingDeletion'
    | 'PendingReplicaDeletion'
    | 'PendingImport'
    | 'Unavailable'
    | 'Updating';
  readonly manager: 'AWS' | 'CUSTOMER';
  readonly multiRegion?: boolean;
  /** JSON text; the usual one when absent. */
  policy?: string;
  tags: Tags;
  /** ISO 8601. */
  deletionAt?: string;
  /** Its key policy does not let the account's own policies in. */
  readonly closed?: boolean;
}

export interface Trail {
  readonly name: string;
  /** The account that owns it, when not the one that sees it. */
  readonly owner?: string;
  readonly homeRegion: string;
  readonly organization?: boolean;
  /** Of its home Region only; of all when absent. */
  oneRegion?: boolean;
  readonly bucket: string;
  logging: boolean;
  /** ISO 8601. */
  stoppedAt?: string;
  deliveryError?: string;
  tags: Tags;
}

/** A call in CloudTrail's history. */
export interface ApiCall {
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  /** `CreateUser` of `iam.amazonaws.com`. */
  readonly name: string;
  readonly source: string;
  /** The user name, or the name of the session; `root`. */
  readonly user: string;
  readonly key: string;
  readonly from: string;
  readonly agent: string;
  readonly error?: string;
  /** Names of what it touched. */
  readonly resources?: readonly string[];
}

export interface Recorder {
  readonly name: string;
  recording: boolean;
  /** The service that it belongs to. */
  readonly servicePrincipal?: string;
}

/** What AWS Config recorded of a resource at one time. */
interface RecordedItem {
  /** ISO 8601. */
  readonly at: string;
  readonly status: 'OK' | 'ResourceDiscovered' | 'ResourceDeleted';
  readonly configuration: object;
  /** What Config calls supplementary, each as JSON: the policy of a bucket is there. */
  readonly beside?: Readonly<Record<string, string>>;
}

export interface Secret {
  readonly name: string;
  /** Six characters at the end of its ARN. */
  readonly suffix: string;
  readonly owningService?: string;
  readonly rotationFunction?: string;
  readonly primaryRegion?: string;
  /** JSON text of its resource policy. */
  policy?: string;
  tags: Tags;
  current: string;
  pending?: string;
  /** When the rotation function is done with `pending`; never when it fails. */
  rotatedAt?: number;
  rotationFails?: boolean;
  /** ISO 8601. */
  deletedAt?: string;
  readonly lastAccessed?: string;
}

export interface EcsTask {
  readonly cluster: string;
  readonly id: string;
  readonly group: string;
  readonly launchType: 'FARGATE' | 'EC2';
  readonly image: string;
  tags: Tags;
  status: 'RUNNING' | 'STOPPING' | 'STOPPED';
  becoming?: Becoming<'STOPPED'>;
}

export interface EcsService {
  readonly cluster: string;
  readonly name: string;
  readonly strategy: 'REPLICA' | 'DAEMON';
  readonly launchType: 'FARGATE' | 'EC2';
  readonly targetGroup?: string;
  status: 'ACTIVE' | 'DRAINING' | 'INACTIVE';
  tags: Tags;
  desired: number;
  running: number;
  becoming?: Becoming<number>;
  /** What Application Auto Scaling holds of it; nothing when absent. */
  scaling?: { readonly minimum: number; readonly maximum: number; suspended: readonly string[] };
}

export interface DbInstance {
  readonly id: string;
  readonly cluster?: string;
  readonly engine: string;
  /** Its storage is encrypted. */
  readonly encrypted?: boolean;
  readonly port: number;
  publiclyAccessible: boolean;
  status: string;
  becoming?: Becoming<string>;
  tags: Tags;
  readonly groups: readonly string[];
}

export interface DbSnapshot {
  readonly id: string;
  /** The instance or cluster that it is of. */
  readonly of: string;
  readonly kind: 'instance' | 'cluster';
  readonly owner?: string;
  readonly encrypted: boolean;
  tags: Tags;
  /** `all`, or account ids. */
  sharedWith: readonly string[];
}

/** A filter of GuardDuty; `ARCHIVE` hides findings that fit. */
export interface GuardDutyFilter {
  readonly name: string;
  readonly description: string;
  readonly action: 'NOOP' | 'ARCHIVE';
  /** Values that a finding's field must equal one of, by GuardDuty's name of the field. */
  readonly criteria: Readonly<Record<string, readonly string[]>>;
}

export interface ServiceState {
  readonly functions: Map<string, LambdaFunction>;
  readonly keys: Map<string, KmsKey>;
  readonly trails: Map<string, Trail>;
  readonly apiCalls: ApiCall[];
  /** Of CloudWatch Logs, by name. */
  readonly logGroups: Map<string, LogGroup>;
  /** Tables of Athena, by `database.table`. */
  readonly logTables: Map<string, LogGroup>;
  /** Queries that were started, by id. */
  readonly logQueries: Map<string, LogQuery>;
  readonly recorders: Map<string, Recorder>;
  /** By `type/id`, the oldest first. */
  readonly recorded: Map<string, readonly RecordedItem[]>;
  /** Whether Config has somewhere to deliver to. */
  deliveryChannel: boolean;
  readonly secrets: Map<string, Secret>;
  /** By `cluster/id`. */
  readonly tasks: Map<string, EcsTask>;
  /** By `cluster/name`. */
  readonly services: Map<string, EcsService>;
  readonly databases: Map<string, DbInstance>;
  readonly dbSnapshots: Map<string, DbSnapshot>;
  readonly ssm: SsmState;
}

interface SsmState {
  /** What its agent runs on, by instance. */
  readonly agents: Map<string, 'Linux' | 'Windows'>;
  /** The content of each version, from 1 on, by name. */
  readonly documents: Map<string, readonly string[]>;
  /** By id. */
  readonly commands: Map<string, SsmCommand>;
}

export interface SsmCommand {
  readonly id: string;
  readonly instance: string;
  readonly content: string;
  /** Milliseconds since the epoch. */
  readonly sentAt: number;
}

export const emptyServices = (): ServiceState => ({
  functions: new Map(),
  keys: new Map(),
  trails: new Map(),
  apiCalls: [],
  logGroups: new Map(),
  logTables: new Map(),
  logQueries: new Map(),
  recorders: new Map(),
  recorded: new Map(),
  deliveryChannel: true,
  secrets: new Map(),
  tasks: new Map(),
  services: new Map(),
  databases: new Map(),
  dbSnapshots: new Map(),
  ssm: { agents: new Map(), documents: new Map(), commands: new Map() },
});

/** A service control policy. */
export interface ControlPolicy {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** JSON text. */
  content: string;
}

/** One record with the fields that Logs Insights finds in it; `at` in ISO 8601 UTC. */
export type LogRecord = { readonly at: string } & Readonly<Record<string, string | number>>;

/** A group of CloudWatch Logs, or a table of Athena with its workgroup. */
export interface LogGroup {
  /** Of the group, or of the workgroup. */
  tags: Tags;
  readonly records: LogRecord[];
  /** How long a query takes; none when absent. */
  querySeconds?: number;
  /** How a query ends, when not as complete. */
  queryEnds?: 'Failed' | 'Timeout';
}

interface LogQuery {
  /** Milliseconds since the epoch. */
  readonly readyAt: number;
  readonly status: 'Complete' | 'Failed' | 'Timeout';
  readonly rows: readonly Readonly<Record<string, string>>[];
  readonly scanned: number;
  /** The token that it was started under. */
  readonly token?: string;
}

/** The organisation as its delegated administrator for policies sees it. */
export interface Organization {
  readonly id: string;
  readonly management: string;
  readonly policies: Map<string, ControlPolicy>;
  /** Ids of the policies by the account, unit or root that they are attached to. */
  readonly attached: Map<string, readonly string[]>;
  /** Accounts and units by the unit or root that they are in. */
  readonly units?: Map<string, readonly string[]>;
  /** Of units, by id. */
  readonly names?: Map<string, string>;
  /** Of accounts, where they are not active. */
  readonly states?: Map<string, string>;
  /** Of accounts. */
  readonly tags?: Map<string, Readonly<Record<string, string>>>;
}
