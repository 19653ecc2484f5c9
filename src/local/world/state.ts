/**
 * What the simulated AWS remembers, by account and region. Mutable on purpose: handlers and
 * scenarios write it, callers of the SDK only ever get copies.
 */
import type { Finding as GuardDutyFinding } from '@aws-sdk/client-guardduty';

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
}

export interface SecurityGroup {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly vpc: string;
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
  readonly ip: string;
  readonly ipv6: readonly string[];
  readonly publicIp?: string;
  /** Made by an AWS service, which alone may change it. */
  readonly requesterManaged?: boolean;
  /** Seconds; AWS's default when absent. */
  readonly tcpIdleSeconds?: number;
}

export interface Instance {
  readonly id: string;
  readonly vpc: string;
  state: 'pending' | 'running' | 'shutting-down' | 'terminated' | 'stopping' | 'stopped';
  tags: Tags;
  readonly profileArn?: string;
}

export interface AccessKey {
  readonly id: string;
  status: 'Active' | 'Inactive';
  readonly lastUsed?: { readonly at: string; readonly service: string; readonly region: string };
}

export interface User {
  readonly name: string;
  tags: Tags;
  keys: AccessKey[];
}

/** GuardDuty in one account and region. Findings are kept with the administrator. */
export interface Detector {
  readonly id: string;
  /** The administrator account, when this one is a member. */
  readonly administrator?: string;
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

/** What is regional. Maps are by id. */
export interface Partition {
  readonly account: string;
  readonly region: string;
  readonly vpcs: Map<string, Vpc>;
  readonly instances: Map<string, Instance>;
  readonly interfaces: Map<string, NetworkInterface>;
  readonly groups: Map<string, SecurityGroup>;
  detector?: Detector;
  readonly hubFindings: Map<string, HubFinding>;
}

/** What is global in an account. */
export interface Account {
  readonly id: string;
  name: string;
  readonly users: Map<string, User>;
  /** Names of the roles that Cordon may assume there. */
  readonly roles: Set<string>;
}

export const emptyPartition = (account: string, region: string): Partition => ({
  account,
  region,
  vpcs: new Map(),
  instances: new Map(),
  interfaces: new Map(),
  groups: new Map(),
  hubFindings: new Map(),
});
