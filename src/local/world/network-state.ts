/**
 * What the simulated AWS remembers of networks beside security groups, in one account and Region:
 * Auto Scaling, load balancing, network ACLs, web ACLs, and the connections that are open.
 */
import type { Tags } from './state.ts';

export interface ScalingGroup {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  desired: number;
  /** ARNs of the target groups that it puts its instances into. */
  readonly targetGroups: readonly string[];
}

export interface Target {
  /** Of an instance, or an address. */
  readonly id: string;
  readonly port: number;
  readonly zone?: string;
  /** Deregistered: gone then, in milliseconds since the epoch. */
  readonly drainingUntil?: number;
  readonly unhealthy?: boolean;
}

export interface TargetGroup {
  readonly arn: string;
  readonly name: string;
  readonly vpc: string;
  readonly type: 'instance' | 'ip';
  targets: readonly Target[];
}

export interface AclEntry {
  readonly number: number;
  readonly egress: boolean;
  readonly action: 'allow' | 'deny';
  /** `-1` is every protocol. */
  readonly protocol: string;
  /** IPv4 or IPv6. */
  readonly cidr: string;
}

export interface NetworkAcl {
  readonly id: string;
  readonly vpc: string;
  readonly isDefault: boolean;
  /** Who owns it, when the subnet is shared by another account. */
  readonly owner?: string;
  tags: Tags;
  /** Beside the one that AWS puts last, which denies the rest. */
  entries: readonly AclEntry[];
  /** Subnet by the id of the association. */
  readonly associations: Map<string, string>;
}

export interface IpSet {
  readonly id: string;
  readonly name: string;
  readonly version: 'IPV4' | 'IPV6';
  addresses: readonly string[];
  /** Changes with each update. */
  lock: number;
}

export interface ElasticAddress {
  /** `eipalloc-…` */
  readonly id: string;
  readonly ip: string;
  /** Has a new id each time. */
  association?: { readonly id: string; readonly interface: string; readonly privateIp: string };
}

/** One connection of an interface that is open now. */
export interface Connection {
  readonly id: string;
  readonly interface: string;
  readonly peer: string;
  /** Untracked ones end with the rule that allowed them. */
  tracked: boolean;
  /** Through what AWS always tracks: a NAT gateway, a Network Load Balancer, an interface endpoint. */
  readonly always?: boolean;
  /** Seconds between packets; at any moment when absent. */
  readonly everySeconds?: number;
  /** Milliseconds since the epoch when it last carried traffic; absent while it goes on. */
  readonly silentSince?: number;
}

export interface NetworkState {
  readonly scalingGroups: Map<string, ScalingGroup>;
  /** By ARN. */
  readonly targetGroups: Map<string, TargetGroup>;
  readonly acls: Map<string, NetworkAcl>;
  readonly ipSets: Map<string, IpSet>;
  readonly connections: Map<string, Connection>;
  /** Security groups in the Region: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
  groupQuota: number;
  /** Elastic IP addresses, by allocation id. */
  readonly addresses: Map<string, ElasticAddress>;
}

export const emptyNetwork = (): NetworkState => ({
  scalingGroups: new Map(),
  targetGroups: new Map(),
  acls: new Map(),
  ipSets: new Map(),
  connections: new Map(),
  groupQuota: 2500,
  addresses: new Map(),
});
