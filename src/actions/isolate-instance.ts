/**
 * Isolates an EC2 instance: it is kept from being terminated, taken out of what would replace it,
 * and every network interface is left with the empty quarantine group only. What is prepared comes
 * before what cuts: a cut instance fails health checks, and whoever sees that may terminate it.
 * https://docs.aws.amazon.com/security-ir/latest/userguide/contain.html
 */
import type { Instance, NetworkInterface } from '@aws-sdk/client-ec2';
import type { ResourceOf } from '../findings/finding.ts';
import {
  defaultPlanSettings,
  defineAction,
  type Plan,
  type PlanSettings,
  type Refusal,
  refuse,
  type Verification,
} from './action.ts';
import type { Aws } from './aws.ts';
import { isAddress } from './elastic-address.ts';
import { findInstance, noInstance } from './find-instance.ts';
import { takesTimeouts } from './idle-timeouts.ts';
import { instanceCannot, instanceReach, sharingProfile } from './instance-reach.ts';
import { isolationChanges, isolationRegisters, settingChanges, unkept } from './isolation-steps.ts';
import { interfacesOf, vpcsOf } from './network-interfaces.ts';
import { quarantineGroups, quarantineName } from './quarantine-group.ts';
import { refuseQuarantine, verifySwap } from './quarantined-interfaces.ts';
import { refuseInstance, refuseInterfaces } from './refuse-isolation.ts';
import { refuseScaling, scalingFacts } from './scaling-group.ts';
import { targetedBy } from './target-groups.ts';
import { refuseTransition, transitionGroups } from './transition-group.ts';

/** When it is refused, by code. */
const refuses = {
  'not-found': 'There is no such instance in the account and Region.',
  exempt: 'It carries the exempt tag.',
  'wrong-state':
    'It is terminated or being so, has no network interface, or is in a state in which its Auto Scaling group lets no instance into standby.',
  'managed-by-aws': 'It, or one of its interfaces, is managed by an AWS service.',
  'not-ours':
    'An interface belongs to another account, or Cordon did not make the group named cordon-quarantine or cordon-transition.',
  tampered: 'The quarantine group of its VPC has rules.',
  'already-contained': 'Every interface is in the quarantine group only, and it is protected.',
} as const;

type Code = keyof typeof refuses;

/** What it never stops. */
const limits: readonly string[] = [
  'A connection that is open and tracked goes on while it carries traffic, and what goes through a NAT gateway, a Network Load Balancer or an interface endpoint is always tracked. A network ACL on its subnet, or stopping it, cuts that too.',
  'DNS through the VPC resolver keeps working: security groups do not filter it, so data can leave in names that it asks for. Route 53 Resolver DNS Firewall stops that.',
];

type Target = ResourceOf<'instance'>;

const names = (target: Target, interfaces: readonly NetworkInterface[]): ReadonlySet<string> =>
  new Set([
    target.id,
    ...interfaces.flatMap(({ PrivateIpAddresses = [], Ipv6Addresses = [] }) => [
      ...PrivateIpAddresses.flatMap(({ PrivateIpAddress }) => PrivateIpAddress ?? []),
      ...Ipv6Addresses.flatMap(({ Ipv6Address }) => Ipv6Address ?? []),
    ]),
  ]);

/** What is around the instance, once it is known not to be refused. */
const neighbours = async (
  target: Target,
  instance: Instance,
  interfaces: readonly NetworkInterface[],
  aws: Aws,
) => {
  const [scaling, targeted, sameProfile, nitro] = await Promise.all([
    scalingFacts(target.id, aws),
    targetedBy(names(target, interfaces), vpcsOf(interfaces), aws),
    sharingProfile(instance, aws),
    takesTimeouts(instance, aws),
  ]);
  return { scaling, targeted, sameProfile, nitro };
};

const plan = async (
  target: Target,
  aws: Aws,
  planSettings: PlanSettings = defaultPlanSettings,
): Promise<Plan | Refusal<Code>> => {
  const chosen = planSettings.isolation;
  const [instance, interfaces, quarantine, transition] = await Promise.all([
    findInstance(target.id, aws),
    interfacesOf(target.id, aws),
    quarantineGroups(aws),
    chosen?.transitionGroup ? transitionGroups(aws) : [],
  ]);
  if (!instance) return noInstance(target);
  const refusal =
    refuseInstance(target, instance, planSettings) ??
    refuseInterfaces(target, interfaces) ??
    refuseQuarantine(vpcsOf(interfaces), quarantine) ??
    refuseTransition(vpcsOf(interfaces), transition);
  if (refusal) return refusal;
  const [around, set] = await Promise.all([
    neighbours(target, instance, interfaces, aws),
    settingChanges(instance, aws),
  ]);
  const notNow = refuseScaling(target, around.scaling);
  if (notNow) return notNow;
  const found = { interfaces, quarantine, transition, around, set };
  const changes = isolationChanges(target, found, chosen);
  if (changes.every(({ before, after }) => JSON.stringify(before) === JSON.stringify(after)))
    return refuse(
      'already-contained',
      `Every network interface of ${target.id} is in ${quarantineName} only, and it is protected.`,
      'Nothing needs to be done. Undo the earlier isolation to release it.',
    );
  return {
    kind: 'plan',
    action: isolateInstance.id,
    target,
    summary: `Isolate ${target.id}: only the empty security group ${quarantineName} stays on ${allOf(interfaces.length)}.`,
    changes,
    cannot: [...limits, ...instanceCannot(instance, interfaces, around)],
    blastRadius: instanceReach(instance, interfaces, { ...around, changes }),
    reversible: { kind: 'yes' },
    tier: isolateInstance.tier,
  };
};

const allOf = (interfaces: number): string => {
  if (interfaces === 1) return 'its network interface';
  return interfaces === 2 ? 'both network interfaces' : `all ${interfaces} network interfaces`;
};

const verify = async (planned: Plan, aws: Aws): Promise<Verification> => {
  const { target } = planned;
  const [interfaces, groups, wrong] = await Promise.all([
    interfacesOf(target.id, aws),
    quarantineGroups(aws),
    unkept(planned, aws),
  ]);
  const swapped = verifySwap(target.id, interfaces, groups);
  if (swapped.kind === 'not-verified') return swapped;
  if (wrong.length > 0) return { kind: 'not-verified', because: wrong.join('; ') };
  const standby = planned.changes.some(({ id }) => id === `${target.id}/auto-scaling`);
  const targets = planned.changes.filter(({ id }) => id.endsWith('/targets')).length;
  return {
    kind: 'verified',
    lines: [
      ...swapped.lines,
      'Its metadata service is off. A shutdown from inside stops it, and no volume is deleted with it.',
      ...(standby ? ['It is on standby in its Auto Scaling group.'] : []),
      ...(targets > 0
        ? [`It is out of ${targets} target group${targets === 1 ? '' : 's'} of load balancers.`]
        : []),
      ...planned.changes.filter(isAddress).map(({ label }) => `${label} is not associated.`),
    ],
  };
};

export const isolateInstance = defineAction<Target, Code>({
  id: 'isolate-instance',
  title: 'Isolate EC2 instance',
  does: 'Protects the instance from termination, takes it out of its Auto Scaling group and target groups, shortens the idle timeouts of tracked connections, leaves every network interface with one empty security group only (IPv4 and IPv6), and switches its metadata service off. Where `isolation` in the configuration says so, its interfaces pass a transition group on the way, and its Elastic IP addresses are taken off.',
  label: 'Isolate instance',
  on: 'instance',
  tier: 2,
  role: 'respond',
  permissions: {
    plan: [
      'autoscaling:DescribeAutoScalingGroups',
      'autoscaling:DescribeAutoScalingInstances',
      'ec2:DescribeInstanceAttribute',
      'ec2:DescribeInstances',
      'ec2:DescribeInstanceTypes',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSecurityGroups',
      'elasticloadbalancing:DescribeTargetGroups',
      'elasticloadbalancing:DescribeTargetHealth',
    ],
    execute: [
      'autoscaling:DescribeAutoScalingInstances',
      'autoscaling:EnterStandby',
      'ec2:AuthorizeSecurityGroupEgress',
      'ec2:AuthorizeSecurityGroupIngress',
      'ec2:CreateSecurityGroup',
      'ec2:CreateTags',
      'ec2:DeleteSecurityGroup',
      'ec2:DescribeAddresses',
      'ec2:DescribeInstanceAttribute',
      'ec2:DescribeInstances',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSecurityGroups',
      'ec2:DisassociateAddress',
      'ec2:ModifyInstanceAttribute',
      'ec2:ModifyInstanceMetadataOptions',
      'ec2:ModifyNetworkInterfaceAttribute',
      'ec2:RevokeSecurityGroupEgress',
      'elasticloadbalancing:DeregisterTargets',
      'elasticloadbalancing:DescribeTargetHealth',
    ],
    verify: [
      'autoscaling:DescribeAutoScalingInstances',
      'ec2:DescribeAddresses',
      'ec2:DescribeInstanceAttribute',
      'ec2:DescribeInstances',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSecurityGroups',
      'elasticloadbalancing:DescribeTargetHealth',
    ],
    undo: [
      'autoscaling:DescribeAutoScalingInstances',
      'autoscaling:ExitStandby',
      'ec2:AssociateAddress',
      'ec2:DescribeAddresses',
      'ec2:DescribeInstanceAttribute',
      'ec2:DescribeInstances',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSecurityGroups',
      'ec2:ModifyInstanceAttribute',
      'ec2:ModifyInstanceMetadataOptions',
      'ec2:ModifyNetworkInterfaceAttribute',
      'elasticloadbalancing:DescribeTargetHealth',
      'elasticloadbalancing:RegisterTargets',
    ],
  },
  reviewAfterHours: 4,
  expires: false,
  refuses,
  limits,
  offeredFor: () => true,
  plan,
  registers: isolationRegisters,
  verify,
  undoCannot: [
    `The empty security group ${quarantineName} stays in its VPC.`,
    'Connections that broke do not come back by themselves.',
    'The replacement that an Auto Scaling group started stays: the group then wants one instance more.',
    'Idle timeouts that were AWS’s default are written as that default; the newest Nitro instances had 350 seconds for TCP.',
  ],
  byHand: [
    "aws ec2 describe-instances --instance-ids INSTANCE --query 'Reservations[].Instances[].NetworkInterfaces[].[NetworkInterfaceId,VpcId,Groups]'",
    '# Write the groups of every interface down: undo needs them.',
    'aws ec2 modify-instance-attribute --instance-id INSTANCE --disable-api-termination',
    "aws ec2 create-security-group --group-name cordon-by-hand --description 'No traffic' --vpc-id VPC",
    'aws ec2 revoke-security-group-egress --group-id QUARANTINE_GROUP --ip-permissions \'[{"IpProtocol":"-1","IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]\'',
    'aws ec2 modify-network-interface-attribute --network-interface-id INTERFACE --groups QUARANTINE_GROUP',
    '# The last line once for each interface. Tracked connections go on: stop the instance if that is not enough.',
  ],
});
