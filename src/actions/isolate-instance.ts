/**
 * Isolates an EC2 instance: every network interface is left with the empty quarantine group only.
 * Per interface, because the instance-level call fails on more than one interface.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyNetworkInterfaceAttribute.html
 */
import type { Instance, NetworkInterface } from '@aws-sdk/client-ec2';
import type { ResourceOf } from '../findings/finding.ts';
import {
  type Change,
  defaultPlanSettings,
  defineAction,
  type Json,
  type Plan,
  type PlanSettings,
  type Refusal,
  type Register,
  refuse,
  type Verification,
} from './action.ts';
import type { Aws } from './aws.ts';
import { exemptInstance, findInstance, instanceState, noInstance } from './find-instance.ts';
import { instanceCannot, instanceReach } from './instance-reach.ts';
import {
  groupsOf,
  interfacesOf,
  isQuarantined,
  readInterface,
  vpcsOf,
} from './network-interfaces.ts';
import {
  describeQuarantine,
  ensureQuarantine,
  type QuarantineState,
  quarantineGroups,
  quarantineName,
  quarantineState,
  usableQuarantine,
} from './quarantine-group.ts';

type Target = ResourceOf<'instance'>;

const groupSuffix = `/${quarantineName}`;
const interfaceSuffix = '/groups';

const refuseInstance = (
  target: Target,
  instance: Instance | undefined,
  settings: PlanSettings,
): Refusal | undefined => {
  if (!instance) return noInstance(target);
  const state = instanceState(instance);
  if (state === 'terminated' || state === 'shutting-down')
    return refuse(
      'wrong-state',
      `${target.id} is ${state}: it has no network to cut.`,
      'Revoke the sessions of its role and keep the snapshots of its volumes.',
    );
  return exemptInstance(target, instance, settings);
};

const refuseInterfaces = (
  target: Target,
  interfaces: readonly NetworkInterface[],
): Refusal | undefined => {
  if (interfaces.length === 0)
    return refuse(
      'wrong-state',
      `${target.id} has no network interface.`,
      'There is nothing to cut. Stop the instance if it must not run.',
    );
  const managed = interfaces.find((each) => each.RequesterManaged || each.Operator?.Managed);
  if (managed)
    return refuse(
      'managed-by-aws',
      `${managed.NetworkInterfaceId} is managed by an AWS service, which lets nobody else change its security groups.`,
      'Contain the instance through that service, or cut its subnet with a network ACL.',
    );
  return undefined;
};

const refuseQuarantine = (
  vpcs: readonly string[],
  stateOf: (vpc: string) => QuarantineState,
): Refusal | undefined => {
  const foreign = vpcs.find((vpc) => stateOf(vpc) === 'not ours');
  if (foreign)
    return refuse(
      'not-ours',
      `${foreign} has a security group ${quarantineName} that Cordon did not make.`,
      'Rename or delete that group, then plan again.',
    );
  const tampered = vpcs.find((vpc) => stateOf(vpc) === 'tampered');
  if (tampered)
    return refuse(
      'tampered',
      `The security group ${quarantineName} of ${tampered} has rules: whatever is in it is not isolated.`,
      'Find out in CloudTrail who added them (AuthorizeSecurityGroupIngress or Egress), revoke them, then plan again.',
    );
  return undefined;
};

const plan = async (
  target: Target,
  aws: Aws,
  settings: PlanSettings = defaultPlanSettings,
): Promise<Plan | Refusal> => {
  const [instance, interfaces, groups] = await Promise.all([
    findInstance(target.id, aws),
    interfacesOf(target.id, aws),
    quarantineGroups(aws),
  ]);
  const vpcs = vpcsOf(interfaces);
  const stateOf = (vpc: string) => quarantineState(groups, vpc);
  const refusal =
    refuseInstance(target, instance, settings) ??
    refuseInterfaces(target, interfaces) ??
    refuseQuarantine(vpcs, stateOf);
  if (refusal) return refusal;
  if (interfaces.every(isQuarantined))
    return refuse(
      'already-contained',
      `Every network interface of ${target.id} is in ${quarantineName} only.`,
      'Nothing needs to be done. Undo the earlier isolation to release it.',
    );
  const groupChanges = vpcs.map(
    (vpc): Change => ({
      id: vpc + groupSuffix,
      label: `Quarantine security group of ${vpc}`,
      before: describeQuarantine(stateOf(vpc)),
      after: describeQuarantine('usable'),
    }),
  );
  const swaps = interfaces.map(
    (each): Change => ({
      id: each.NetworkInterfaceId + interfaceSuffix,
      label: `Security groups of ${each.NetworkInterfaceId}`,
      before: groupsOf(each),
      after: [quarantineName],
    }),
  );
  return {
    kind: 'plan',
    action: isolateInstance.id,
    target,
    summary: `Isolate ${target.id}: only the empty security group ${quarantineName} stays on ${allOf(swaps.length)}.`,
    changes: [...groupChanges, ...swaps],
    cannot: instanceCannot(instance, interfaces),
    blastRadius: instanceReach(instance, interfaces),
    reversible: { kind: 'yes' },
    tier: isolateInstance.tier,
  };
};

const allOf = (interfaces: number): string => {
  if (interfaces === 1) return 'its network interface';
  return interfaces === 2 ? 'both network interfaces' : `all ${interfaces} network interfaces`;
};

const groupRegister = (change: Change, { target }: Plan): Register => {
  const vpc = change.id.slice(0, -groupSuffix.length);
  return {
    id: change.id,
    title: `Prepare ${quarantineName} in ${vpc}`,
    resource: `${target.account}/${target.region}/${vpc}`,
    undoable: false,
    read: async (aws) => describeQuarantine(quarantineState(await quarantineGroups(aws), vpc)),
    write: (_value, aws) => ensureQuarantine(vpc, aws),
  };
};

/** Group ids for the wire; the quarantine group is checked again, now. */
const resolveGroups = async (
  id: string,
  groups: readonly string[],
  aws: Aws,
): Promise<string[]> => {
  if (!groups.includes(quarantineName)) return [...groups];
  const [networkInterface, quarantine] = await Promise.all([
    readInterface(id, aws),
    quarantineGroups(aws),
  ]);
  const group = usableQuarantine(quarantine, networkInterface.VpcId ?? '');
  return groups.map((each) => (each === quarantineName ? group : each));
};

/** Gone, and not an error, so that undo says what it was instead of failing. */
const readGroups = async (id: string, aws: Aws): Promise<Json> => {
  try {
    return groupsOf(await readInterface(id, aws));
  } catch (error) {
    if (error instanceof Error && error.name === 'InvalidNetworkInterfaceID.NotFound')
      return 'gone';
    throw error;
  }
};

const interfaceRegister = (change: Change, { target }: Plan): Register => {
  const id = change.id.slice(0, -interfaceSuffix.length);
  return {
    id: change.id,
    title: `Swap security groups of ${id}`,
    resource: `${target.account}/${target.region}/${id}`,
    undoable: true,
    read: (aws) => readGroups(id, aws),
    write: async (value, aws) => {
      if (!Array.isArray(value)) throw new Error(`${change.id} is a list of security groups`);
      const Groups = await resolveGroups(id, value.map(String), aws);
      await aws.call('ec2:ModifyNetworkInterfaceAttribute', { NetworkInterfaceId: id, Groups });
    },
  };
};

const verify = async ({ target }: Plan, aws: Aws): Promise<Verification> => {
  const [interfaces, groups] = await Promise.all([
    interfacesOf(target.id, aws),
    quarantineGroups(aws),
  ]);
  const open = interfaces.filter((each) => !isQuarantined(each));
  if (interfaces.length === 0 || open.length > 0)
    return {
      kind: 'not-verified',
      because:
        interfaces.length === 0
          ? `AWS lists no network interface of ${target.id}`
          : `Not only in ${quarantineName}: ${open.map((each) => each.NetworkInterfaceId).join(', ')}`,
    };
  const bad = vpcsOf(interfaces).find((vpc) => quarantineState(groups, vpc) !== 'usable');
  if (bad !== undefined)
    return {
      kind: 'not-verified',
      because: `${quarantineName} of ${bad} is ${describeQuarantine(quarantineState(groups, bad))}`,
    };
  return {
    kind: 'verified',
    lines: [
      ...interfaces.map((each) => `${each.NetworkInterfaceId} is in ${quarantineName} only.`),
      `${quarantineName} has no rule, in or out, and is ours.`,
    ],
  };
};

export const isolateInstance = defineAction<Target>({
  id: 'isolate-instance',
  title: 'Isolate EC2 instance',
  label: 'Isolate instance',
  on: 'instance',
  tier: 2,
  role: 'respond',
  permissions: {
    plan: ['ec2:DescribeInstances', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSecurityGroups'],
    execute: [
      'ec2:CreateSecurityGroup',
      'ec2:CreateTags',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSecurityGroups',
      'ec2:ModifyNetworkInterfaceAttribute',
      'ec2:RevokeSecurityGroupEgress',
    ],
    verify: ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSecurityGroups'],
    undo: [
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSecurityGroups',
      'ec2:ModifyNetworkInterfaceAttribute',
    ],
  },
  reviewAfterHours: 4,
  expires: false,
  offeredFor: () => true,
  plan,
  registers: (planned) =>
    planned.changes.map((change) =>
      change.id.endsWith(groupSuffix)
        ? groupRegister(change, planned)
        : interfaceRegister(change, planned),
    ),
  verify,
  undoCannot: [
    `The empty security group ${quarantineName} stays in its VPC.`,
    'Connections that broke do not come back by themselves.',
  ],
});
