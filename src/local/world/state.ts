/**
 * What the simulated AWS remembers, by account and region. Mutable on purpose: handlers and
 * scenarios write it, callers of the SDK only ever get copies.
 */
import type { Finding as GuardDutyFinding } from '@aws-sdk/client-guardduty';
import { emptyNetwork, type NetworkState } from './network-state.ts';
import { emptyPosture, type PostureState } from './posture-state.ts';
import {
  emptyServices,
  type GuardDutyFilter,
  type Organization,
  type ServiceState,
} from './service-state.ts';

export type Tags = Record<string, string>;

interface Vpc {
  readonly id: string;
  /** With IPv6, new security groups get an egress rule to ::/0 too. */
  readonly ipv6: boolean;
}

/** One source or destination of one rule. */
export interface SecurityRule {
  /** `-1` is every protocol. */
  readonly protocol: string;
  readonly from?: number;
  readonly to?: number;
  readonly peer: {
    readonly kind: 'ipv4' | 'ipv6' | 'group' | 'prefix-list';
    readonly value: string;
  };
  readonly description?: string;
  /** `sgr-…`; one is derived from the rule where a seed or scenario gave none. */
  readonly id?: string;
}

export interface SecurityGroup {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly vpc: string;
  /** Who shares it, when not the account that sees it. */
  readonly owner?: string;
  tags: Tags;
  ingress: readonly SecurityRule[];
  egress: readonly SecurityRule[];
}

export interface NetworkInterface {
  readonly id: string;
  readonly vpc: string;
  readonly instance: string;
  readonly deviceIndex: number;
  groups: readonly string[];
  /** Milliseconds since the epoch: since when its groups are these. */
  groupsSince?: number;
  readonly ip: string;
  readonly ipv6: readonly string[];
  /** One of AWS's own, that goes with a stop; an Elastic one is in the network's `addresses`. */
  publicIp?: string;
  /** A public address was given back at a stop; start brings another one. */
  publicIpAtStart?: boolean;
  readonly description?: string;
  /** Made by an AWS service, which alone may change it. */
  readonly requesterManaged?: boolean;
  readonly subnet?: string;
  /** Seconds; AWS's defaults when absent. */
  idle?: { readonly tcp: number; readonly udpStream: number; readonly udp: number };
}

export interface Instance {
  readonly id: string;
  readonly vpc: string;
  state: 'pending' | 'running' | 'shutting-down' | 'terminated' | 'stopping' | 'stopped';
  /** Where its state is going by itself; `at` in milliseconds since the epoch. */
  next?: { readonly state: Instance['state']; readonly at: number };
  tags: Tags;
  profileArn?: string;
  /** Of the profile; changes each time that one is put on. */
  profileAssociation?: string;
  /** `t3.micro` when absent. */
  readonly type?: string;
  /** DisableApiTermination. */
  terminationProtected?: boolean;
  /** What a shutdown from inside does; `stop` when absent. */
  shutdown?: 'stop' | 'terminate';
  /** The metadata service is off. */
  metadataOff?: boolean;
  /** Its Auto Scaling group; `next` as for the state of the instance. */
  scaling?: {
    readonly group: string;
    readonly state: string;
    readonly next?: { readonly state: string; readonly at: number };
  };
  /** The AWS service that manages it, and alone may change it. */
  readonly operator?: string;
  /** What its console shows. */
  readonly console?: string;
  readonly rootDevice?: 'ebs' | 'instance-store';
  readonly spot?: boolean;
  /** DisableApiStop. */
  readonly stopProtected?: boolean;
}

/** An EBS volume. */
export interface Volume {
  readonly id: string;
  readonly instance: string;
  readonly device: string;
  /** GiB. */
  readonly size: number;
  readonly encrypted: boolean;
  /** Deleted with the instance when it is terminated. */
  deletedWithInstance?: boolean;
  tags: Tags;
}

export interface Snapshot {
  readonly id: string;
  readonly volume: string;
  /** Who owns it, when not the account that sees it. */
  readonly owner?: string;
  readonly size: number;
  readonly encrypted: boolean;
  readonly description: string;
  state: 'pending' | 'completed' | 'error';
  tags: Tags;
  /** `all`, or account ids. */
  sharedWith: readonly string[];
  lock?: { readonly mode: 'governance' | 'compliance'; readonly days: number };
}

export interface Image {
  readonly id: string;
  readonly name: string;
  /** Who owns it, when not the account that sees it. */
  readonly owner?: string;
  readonly snapshots: readonly string[];
  tags: Tags;
  /** `all`, account ids, ARNs of organisations and of their units. */
  sharedWith: readonly string[];
}

export interface AccessKey {
  readonly id: string;
  /** ISO 8601. */
  readonly created?: string;
  status: 'Active' | 'Inactive';
  readonly lastUsed?: { readonly at: string; readonly service: string; readonly region: string };
}

export interface User {
  readonly name: string;
  tags: Tags;
  keys: AccessKey[];
  /** Inline policies by name, as JSON text. */
  inline?: Map<string, string>;
  /** The ARN of its permissions boundary. */
  boundary?: string;
  /** ARNs of its managed policies; none when absent. */
  attached?: readonly string[];
  /** Has a console password. */
  password?: boolean;
  readonly mfa?: boolean;
  /** Its credentials beside keys and password. */
  others?: {
    readonly sshKeys: readonly string[];
    readonly certificates?: readonly string[];
    /** Ids by the service they are for: `bedrock.amazonaws.com`. */
    readonly forServices: Readonly<Record<string, string>>;
    /** Ids of those that are inactive; all others are active. */
    readonly inactive?: Set<string>;
  };
}

export interface Role {
  readonly name: string;
  /** `AROA…`, the first half of a session's aws:userid. */
  readonly id: string;
  /** `/`, or the path of a service-linked role or of IAM Identity Center. */
  readonly path: string;
  tags: Tags;
  /** Inline policies by name, as JSON text. */
  readonly policies: Map<string, string>;
  /** Whom its trust policy lets in. */
  readonly trusts: Readonly<Record<string, string>>;
  /** ARNs of the instance profiles that it is in. */
  readonly profiles: readonly string[];
  /** ARNs of its managed policies; none when absent. */
  readonly attached?: readonly string[];
  /** The ARN of its permissions boundary. */
  readonly boundary?: string;
  readonly lastUsed?: { readonly at: string; readonly region: string };
}

/** GuardDuty in one account and region. Findings are kept with the administrator. */
export interface Detector {
  readonly id: string;
  /** The administrator account, when this one is a member. */
  readonly administrator?: string;
  /** True when absent. */
  enabled?: boolean;
  /** What it switches on for every account of the organisation, where it administers one. */
  organization?: { members: 'ALL' | 'NEW' | 'NONE'; plans: string[] };
  tags?: Tags;
  filters?: Map<string, GuardDutyFilter>;
  readonly findings: Map<string, GuardDutyFinding>;
}

export interface HubFinding {
  readonly id: string;
  readonly productArn: string;
  readonly account: string;
  readonly region: string;
  readonly type: string;
  readonly title: string;
  workflow: 'NEW' | 'NOTIFIED' | 'RESOLVED' | 'SUPPRESSED';
}

/** An S3 bucket; its name is its id everywhere. */
export interface Bucket {
  readonly name: string;
  /** The settings that are on of its block of public access; none when absent. */
  block?: readonly string[];
  policy?: string;
  /** To groups, beside the owner's full control: `global/AllUsers`, `s3/LogDelivery`. */
  grants: readonly { readonly group: string; readonly permission: 'READ' | 'WRITE' }[];
  website: boolean;
  /** Encrypted by default with a key of KMS, not with S3's own. */
  kms?: boolean;
  tags: Tags;
}

/** What is regional. Maps are by id. */
export interface Partition {
  readonly account: string;
  readonly region: string;
  readonly vpcs: Map<string, Vpc>;
  readonly instances: Map<string, Instance>;
  readonly interfaces: Map<string, NetworkInterface>;
  readonly groups: Map<string, SecurityGroup>;
  readonly volumes: Map<string, Volume>;
  readonly snapshots: Map<string, Snapshot>;
  readonly images: Map<string, Image>;
  detector?: Detector;
  readonly hubFindings: Map<string, HubFinding>;
  /** By name, which is unique among all accounts and Regions. */
  readonly buckets: Map<string, Bucket>;
  readonly network: NetworkState;
  readonly services: ServiceState;
  readonly posture: PostureState;
}

/** What is global in an account. */
export interface Account {
  readonly id: string;
  name: string;
  readonly users: Map<string, User>;
  /** Of the root user; MFA and no keys when absent. */
  root?: { readonly mfa: boolean; readonly keys: number };
  /** Of the last credential report; milliseconds since the epoch. */
  reportMadeAt?: number;
  /** The settings that are on of the account's block of public access. */
  publicAccessBlock?: readonly string[];
  /** The roles that Cordon may assume there, by name, with their tags. */
  readonly roles: Map<string, Tags>;
  /** Only where its policies are managed. */
  organization?: Organization;
  /** Everybody else's roles, by name. */
  readonly iamRoles: Map<string, Role>;
  /** Managed policies of the account itself, as JSON text by ARN. */
  policies?: Map<string, string>;
}

export const emptyPartition = (account: string, region: string): Partition => ({
  account,
  region,
  vpcs: new Map(),
  instances: new Map(),
  interfaces: new Map(),
  groups: new Map(),
  volumes: new Map(),
  snapshots: new Map(),
  images: new Map(),
  hubFindings: new Map(),
  buckets: new Map(),
  network: emptyNetwork(),
  services: emptyServices(),
  posture: emptyPosture(),
});
